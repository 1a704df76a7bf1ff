"""Taking a placement test: one question after the other, each chosen by the answers.

It is an attempt that grows. An answer that is acknowledged is in the attempt; the
ledger hears of all of them when the test ends, so that nothing can be read off while
it runs. Decision: ``docs/decisions/0030``.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.wording import N_
from trainer.quizzes.domain import attempts
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.attempts import ClosedAttemptError
from trainer.quizzes.domain.placing import LASTS
from trainer.quizzes.domain.placing import Told
from trainer.quizzes.domain.placing import UnansweredError
from trainer.quizzes.domain.quiz import Navigation
from trainer.quizzes.domain.quiz import Review
from trainer.quizzes.domain.taking import NothingToAskError
from trainer.quizzes.domain.taking import OlderPageError
from trainer.quizzes.domain.taking import PassedByError
from trainer.quizzes.domain.taking import Save
from trainer.quizzes.domain.taking import quiz_of
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.queries import drawable
from trainer.quizzes.queries.attempts import attempt_of
from trainer.quizzes.queries.attempts import papers
from trainer.quizzes.queries.opening import OpenBank
from trainer.quizzes.queries.opening import open_banks
from trainer.quizzes.queries.placing import must_be_line
from trainer.quizzes.queries.placing import must_be_placement
from trainer.quizzes.service.answering import item_at
from trainer.quizzes.service.answering import keep
from trainer.quizzes.service.answering import must_be_kept
from trainer.quizzes.service.beginning import Rules
from trainer.quizzes.service.beginning import item_of
from trainer.quizzes.service.beginning import lock_person
from trainer.quizzes.service.beginning import make_row
from trainer.quizzes.service.beginning import next_number
from trainer.quizzes.service.beginning import open_attempt
from trainer.quizzes.service.closing import end
from trainer.quizzes.service.locking import locked
from trainer.quizzes.service.locking import note
from trainer.quizzes.service.placed import Point
from trainer.quizzes.service.placed import chosen
from trainer.quizzes.service.placed import stand


def begin_placement(
    session: Session, line: str, *, by: Actor, at: datetime, dice: Dice
) -> AttemptRow:
    """Begin the placement test of a business line, or go on with the open one.

    Raises:
        DeniedError: nobody in particular asks.
        NotFoundError: there is no such line.
        NothingToAskError: nothing can be asked now.
    """
    lock_person(session, by)
    must_be_line(session, line)
    quiz = quiz_of(line)
    if found := open_attempt(session, quiz, by=by, at=at):
        return found
    rules = Rules(
        quiz=quiz,
        navigation=Navigation.FORWARD,
        review=Review.SUBMIT,
        limit=LASTS,
        pass_percent=0,
    )
    row = make_row(rules, next_number(session, quiz, by), by.person, at)
    point = stand(session, row, [], at)
    if not point.free:
        raise NothingToAskError(
            N_("这条业务线现在没有可以问的题：都是最近见过的、正在考的，或者还没有出题")
        )
    session.add(row)
    session.flush()
    _ask(session, row, point, at=at, dice=dice)
    note(session, row, "begun", by.person, at=at)
    return row


def go_on(
    session: Session, key: int, told: Told, *, by: Actor, at: datetime, dice: Dice
) -> AttemptRow:
    """Keep an answer and ask the next question, or end; the same twice changes nothing.

    Raises:
        NotFoundError: there is no such test of this person, or question in it.
        PassedByError: another answer to this question was given and passed.
        OlderPageError: another window has saved another answer since.
        ClosedAttemptError: the test has ended, or its time is up.
        UnansweredError: nothing is given, and the taker does not say that he skips.
        BadAnswerError: this is no answer to the question.
    """
    row = locked(session, key, by=by)
    must_be_placement(row)
    item = item_at(session, row, told.position)
    bank = open_banks(session, {item.revision_id})[item.revision_id]
    if item.position < row.place:
        _must_be_passed_so(item, bank, told)
        return row
    if not attempt_of(row).is_open(at):
        raise ClosedAttemptError
    _write_down(row, item, bank, told, at=at)
    row.place = item.position + 1
    point = stand(session, row, papers(session, [row.id]), at)
    if point.ending:
        end(session, row, attempts.submitted(attempt_of(row), at), by.person, at=at)
    else:
        _ask(session, row, point, at=at, dice=dice)
    return row


def _write_down(
    row: AttemptRow, item: PaperRow, bank: OpenBank, told: Told, *, at: datetime
) -> None:
    """Keep the answer to the question that is asked now."""
    is_older = told.known is not None and told.known < item.number
    if told.skips:
        if is_older and any(item.answer):
            raise OlderPageError
        item.answer, item.saved_at = [], at
        return
    if not any(told.given):
        raise UnansweredError
    save = _save(told)
    if not is_older:
        keep(row, item, bank, save, at=at)
    must_be_kept(item, bank, save)


def _must_be_passed_so(item: PaperRow, bank: OpenBank, told: Told) -> None:
    """Stop here when something else was answered before the taker went on."""
    if told.skips or not any(told.given):
        if any(item.answer):
            raise PassedByError
        return
    try:
        must_be_kept(item, bank, _save(told))
    except (OlderPageError, BadAnswerError) as error:
        raise PassedByError from error


def _save(told: Told) -> Save:
    return Save(
        position=told.position, given=told.given, number=told.number, known=told.known
    )


def _ask(
    session: Session, row: AttemptRow, point: Point, *, at: datetime, dice: Dice
) -> None:
    """Add the next question; there is one."""
    candidate = chosen(session, point, row, at)
    assert candidate is not None  # noqa: S101  (a test without any has ended)
    pool, place = drawable(session, day_of(at)), point.asked + 1
    session.add(
        item_of(session, row.id, place, candidate, pool, options=True, dice=dice)
    )
    session.flush()
