"""Keeping answers, one at a time or a whole page, and showing what is right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.quizzes.domain import attempts
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.attempts import ClosedAttemptError
from trainer.quizzes.domain.letters import to_keys
from trainer.quizzes.domain.quiz import Navigation
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.quiz import Review
from trainer.quizzes.domain.taking import AlreadyShownError
from trainer.quizzes.domain.taking import Kept
from trainer.quizzes.domain.taking import NotShownError
from trainer.quizzes.domain.taking import OlderPageError
from trainer.quizzes.domain.taking import PassedByError
from trainer.quizzes.domain.taking import Save
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.queries.attempts import attempt_of
from trainer.quizzes.queries.attempts import face_of
from trainer.quizzes.queries.opening import OpenBank
from trainer.quizzes.queries.opening import open_banks
from trainer.quizzes.queries.rulings import rulings_on
from trainer.quizzes.queries.withheld import must_be_told
from trainer.quizzes.service.locking import locked
from trainer.quizzes.service.scoring import judge
from trainer.quizzes.service.scoring import judged

UNKEPT = (BadAnswerError, PassedByError, AlreadyShownError, OlderPageError)
"""Why one answer of a page is not kept; the others are."""


def save(session: Session, key: int, command: Save, *, by: Actor, at: datetime) -> Kept:
    """Keep the answer to one question, unless a later one is kept already.

    The same save twice, or one that comes late, changes nothing; so a browser may send
    each until it is acknowledged.

    Raises:
        NotFoundError: there is no such attempt of this person, or question in it.
        ClosedAttemptError: it has ended, or its time is up.
        BadAnswerError: this is no answer to the question.
        PassedByError: the quiz goes forward only, and the taker is further on.
        AlreadyShownError: the practice has shown what is right.
    """
    row = locked(session, key, by=by)
    item = item_at(session, row, command.position)
    bank = open_banks(session, {item.revision_id})[item.revision_id]
    keep(row, item, bank, command, at=at)
    left = attempt_of(row).left(at)
    seconds = None if left is None else int(left.total_seconds())
    return Kept(position=item.position, number=item.number, left=seconds)


def save_all(
    session: Session, key: int, commands: Sequence[Save], *, by: Actor, at: datetime
) -> list[tuple[int, str]]:
    """Keep the answers of a whole page; what cannot be read is told, the rest kept.

    A page that was left open while another window went on has old answers to what was
    answered there: they change nothing.

    Returns:
        Positions of the answers that were not kept, each with a sentence.

    Raises:
        NotFoundError: there is no such attempt of this person, or question in it.
        ClosedAttemptError: it has ended, or its time is up.
    """
    row = locked(session, key, by=by)
    if not attempt_of(row).is_open(at):
        raise ClosedAttemptError
    wrong = []
    items = {
        command.position: item_at(session, row, command.position)
        for command in commands
    }
    banks = open_banks(session, {item.revision_id for item in items.values()})
    for command in commands:
        item = items[command.position]
        bank = banks[item.revision_id]
        try:
            if command.known is None or command.known >= item.number:
                keep(row, item, bank, command, at=at)
            must_be_kept(item, bank, command)
        except UNKEPT as error:
            wrong.append((command.position, error.message))
    return wrong


def go_to(session: Session, key: int, place: int, *, by: Actor, at: datetime) -> None:
    """Note where the taker is, so that another window opens there.

    Forward only, a place behind the one he was at changes nothing.
    """
    row = locked(session, key, by=by)
    item_at(session, row, place)
    if attempt_of(row).is_open(at):
        _move(row, place)


def show(
    session: Session, key: int, position: int, *, by: Actor, at: datetime
) -> PaperRow:
    """Show what is right, in a practice that does; the answer counts as it is.

    Raises:
        NotFoundError: there is no such attempt of this person, or question in it.
        NotShownError: this is no such practice, nothing was answered yet, or an exam
            of the same person has the question too.
        ClosedAttemptError: it has ended.
    """
    row = locked(session, key, by=by)
    item = item_at(session, row, position)
    if row.review != Review.EACH:
        raise NotShownError(N_("这份测验要交卷以后才能看解析"))
    if item.checked_at is not None:
        return item
    if not attempt_of(row).is_open(at):
        raise ClosedAttemptError
    if not item.answer:
        raise NotShownError(N_("先作答，再看解析"))
    must_be_told(session, Place(item.bank, item.item), at, reader=by)
    banks = open_banks(session, {item.revision_id})
    ruling = rulings_on(session, [item]).get((item.bank, item.item, item.wording))
    item.checked_at = at
    judge(session, row, item, judged(item, banks, ruling), at=at)
    session.flush()
    return item


def keep(
    row: AttemptRow, item: PaperRow, bank: OpenBank, command: Save, *, at: datetime
) -> None:
    """Write a save into its row, as the rules of an attempt allow."""
    known = attempt_of(row, item)
    if command.number <= item.number:
        return  # a replay, or one that came late
    face = face_of(item, bank)
    body = bank.questions[item.item].body
    answer = body.read(to_keys(face, command.given), tuple(item.drawn))
    after = attempts.saved(known, item.position, answer, command.number, at=at)
    if row.navigation == Navigation.FORWARD and item.position < row.place:
        raise PassedByError
    if item.checked_at is not None:
        raise AlreadyShownError
    kept = after.answers[item.position]
    item.answer, item.number, item.saved_at = [*kept.answer], kept.number, at
    item.flagged = command.flagged
    elapsed = int((at - row.began_at).total_seconds())
    item.seconds = max(item.seconds, min(command.seconds, elapsed))
    row.edit = max(row.edit, command.number)
    _move(row, item.position)


def must_be_kept(item: PaperRow, bank: OpenBank, command: Save) -> None:
    """Stop here when another answer, of another window, stands in the way."""
    given = to_keys(face_of(item, bank), command.given)
    told = bank.questions[item.item].body.read(given, tuple(item.drawn))
    if told != tuple(item.answer):
        raise OlderPageError


def _move(row: AttemptRow, place: int) -> None:
    if row.navigation == Navigation.FREE or place > row.place:
        row.place = place


def item_at(session: Session, row: AttemptRow, position: int) -> PaperRow:
    """Give a question of an attempt by its place.

    Raises:
        NotFoundError: there is none.
    """
    item = session.get(PaperRow, (row.id, position))
    if item is None:
        raise NotFoundError(N_("这份答卷没有第 {n} 题", n=position))
    return item
