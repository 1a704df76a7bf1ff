"""Beginning an attempt: what is asked is drawn and frozen, once."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.wording import N_
from trainer.people import service as people
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.quizzes.domain import QUIZ
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.answers import shuffled
from trainer.quizzes.domain.attempts import Attempt
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.drawing import Candidate
from trainer.quizzes.domain.drawing import drawn
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.quiz import Navigation
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.quiz import Quiz
from trainer.quizzes.domain.quiz import Review
from trainer.quizzes.domain.quiz import Shuffle
from trainer.quizzes.domain.taking import NoMoreAttemptsError
from trainer.quizzes.domain.taking import NothingToAskError
from trainer.quizzes.domain.taking import NotOpenError
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.queries import drawable
from trainer.quizzes.queries.opening import open_bank
from trainer.quizzes.queries.opening import open_quiz
from trainer.quizzes.queries.pool import Pool
from trainer.quizzes.queries.withheld import practisable
from trainer.quizzes.service.closing import settle
from trainer.quizzes.service.locking import note

WHY_NOTHING = {
    Mode.EXAM: N_("现在没有可以出的题；请告诉出题的编辑"),
    Mode.PRACTICE: N_(
        "现在没有可以练的题；正在考的、截止前不能看解析的题，要等考完、截止以后才能练"
    ),
}
"""Why nothing can be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an attempt is begun with; practices made for one person have no quiz."""

    quiz: str
    revision: int | None = None
    mode: Mode = Mode.PRACTICE
    navigation: Navigation = Navigation.FREE
    review: Review = Review.EACH
    limit: timedelta | None = None
    closes_at: datetime | None = None
    pass_percent: int = 100
    options: bool = True


def begin(
    session: Session, slug: str, *, by: Actor, at: datetime, dice: Dice
) -> AttemptRow:
    """Begin a quiz, or go on with the attempt that is open.

    Args:
        session: A session.
        slug: The quiz.
        by: Who takes it.
        at: Now, by the server.
        dice: Chance.

    Raises:
        DeniedError: nobody in particular asks.
        NotFoundError: there is no such quiz today.
        NotOpenError: it is not open yet, or not any more.
        NoMoreAttemptsError: all tries are used up.
        NothingToAskError: no question can be drawn.
    """
    lock_person(session, by)
    if found := open_attempt(session, slug, by=by, at=at):
        return found
    today = day_of(at)
    revision = publishing.revision_on(session, slug, today, reader=by, kinds=[QUIZ])
    quiz = open_quiz(session, revision)
    _must_be_open(quiz, at)
    number = next_number(session, slug, by)
    if quiz.mode is Mode.EXAM and number > quiz.attempts:
        raise NoMoreAttemptsError(quiz.attempts)
    pool = drawable(session, today)
    free = pool.candidates
    if quiz.mode is Mode.PRACTICE:
        free = practisable(session, at, reader=by)
    chosen = _chosen(session, quiz, free, by=by, dice=dice)
    rules = _rules_of(quiz, revision)
    return _write(session, rules, number, chosen, pool, by=by, at=at, dice=dice)


def begin_practice(
    session: Session,
    name: str,
    places: Sequence[Place],
    *,
    by: Actor,
    at: datetime,
    dice: Dice,
) -> AttemptRow:
    """Begin a practice of chosen questions, or go on with the one that is open.

    Args:
        session: A session.
        name: Which practice, see ``domain.taking.practice_name``.
        places: What is asked; what may not be practised now is left out.
        by: Who takes it.
        at: Now.
        dice: Chance.

    Raises:
        NothingToAskError: nothing is left.
    """
    lock_person(session, by)
    if found := open_attempt(session, name, by=by, at=at):
        return found
    pool = drawable(session, day_of(at))
    known = {each.place: each for each in practisable(session, at, reader=by)}
    chosen = [known[place] for place in places if place in known]
    number = next_number(session, name, by)
    rules = Rules(quiz=name)
    return _write(session, rules, number, chosen, pool, by=by, at=at, dice=dice)


def seen(session: Session, person: int) -> Mapping[Place, int]:
    """Tell how often somebody was asked each question, in whatever quiz."""
    rows = session.execute(
        select(PaperRow.bank, PaperRow.item, func.count())
        .join(AttemptRow, AttemptRow.id == PaperRow.attempt_id)
        .where(AttemptRow.person_id == person)
        .group_by(PaperRow.bank, PaperRow.item)
    )
    return {Place(bank, item): count for bank, item, count in rows}


def _rules_of(quiz: Quiz, revision: Revision) -> Rules:
    return Rules(
        quiz=revision.slug,
        revision=revision.id,
        mode=quiz.mode,
        navigation=quiz.navigation,
        review=quiz.review,
        limit=None if quiz.minutes is None else timedelta(minutes=quiz.minutes),
        closes_at=quiz.closes,
        pass_percent=quiz.pass_percent,
        options=Shuffle.OPTIONS in quiz.shuffle,
    )


def lock_person(session: Session, by: Actor) -> None:
    """Let one person begin one thing at a time, in however many windows."""
    by.must_be_somebody(N_("登录后才能答题，成绩才记得到您名下"))
    people.hold_person(session, by.person)


def open_attempt(
    session: Session, quiz: str, *, by: Actor, at: datetime
) -> AttemptRow | None:
    """Give the attempt that is still open; one whose time is up is closed first."""
    row = session.scalars(
        select(AttemptRow).where(
            AttemptRow.person_id == by.person,
            AttemptRow.quiz == quiz,
            AttemptRow.state == State.IN_PROGRESS,
        )
    ).first()
    if row is None:
        return None
    settle(session, row, at=at)
    return row if row.state == State.IN_PROGRESS else None


def _must_be_open(quiz: Quiz, at: datetime) -> None:
    if quiz.opens and at < quiz.opens:
        raise NotOpenError(
            N_("这份测验还没有开放；开放时间 {day}", day=f"{quiz.opens:%Y-%m-%d %H:%M}")
        )
    if quiz.closes and at >= quiz.closes:
        raise NotOpenError(
            N_("这份测验已经截止；截止时间 {day}", day=f"{quiz.closes:%Y-%m-%d %H:%M}")
        )


def next_number(session: Session, quiz: str, by: Actor) -> int:
    """Give the number of somebody's next try; he is held."""
    last = session.scalar(
        select(func.max(AttemptRow.number)).where(
            AttemptRow.person_id == by.person, AttemptRow.quiz == quiz
        )
    )
    return 1 + (last or 0)


def _chosen(
    session: Session,
    quiz: Quiz,
    pool: Sequence[Candidate],
    *,
    by: Actor,
    dice: Dice,
) -> list[Candidate]:
    """Give what is asked, in its order; stale questions are not in the pool."""
    known = {candidate.place: candidate for candidate in pool}
    places = [place for place in quiz.questions if place in known]
    if quiz.draw:
        places = drawn(quiz.draw, pool, seen(session, by.person), dice)
    chosen = [known[place] for place in places]
    if Shuffle.QUESTIONS in quiz.shuffle:
        return _mixed(chosen, dice)
    return chosen


def _mixed(chosen: Iterable[Candidate], dice: Dice) -> list[Candidate]:
    """Let chance order the questions; those of a case stay together, in order."""
    stories: dict[Place, list[Candidate]] = {}
    for each in chosen:
        stories.setdefault(each.story, []).append(each)
    return [each for told in shuffled([*stories.values()], dice) for each in told]


def _write(  # noqa: PLR0913  (likewise)
    session: Session,
    rules: Rules,
    number: int,
    chosen: Sequence[Candidate],
    pool: Pool,
    *,
    by: Actor,
    at: datetime,
    dice: Dice,
) -> AttemptRow:
    if not chosen:
        raise NothingToAskError(WHY_NOTHING[rules.mode])
    row = make_row(rules, number, by.person, at)
    session.add(row)
    session.flush()
    items = [
        item_of(session, row.id, place, each, pool, options=rules.options, dice=dice)
        for place, each in enumerate(chosen, start=1)
    ]
    session.add_all(items)
    row.full = f"{sum((Decimal(item.marks) for item in items), Decimal(0)):f}"
    session.flush()
    note(session, row, "begun", by.person, at=at)
    return row


def make_row(rules: Rules, number: int, person: int, at: datetime) -> AttemptRow:
    """Make the row of an attempt that is begun, without questions."""
    begun = Attempt(began_at=at, limit=rules.limit, closes_at=rules.closes_at)
    return AttemptRow(
        person_id=person,
        quiz=rules.quiz,
        number=number,
        revision_id=rules.revision,
        mode=rules.mode,
        navigation=rules.navigation,
        review=rules.review,
        limit_seconds=int(rules.limit.total_seconds()) if rules.limit else None,
        closes_at=rules.closes_at,
        due_at=begun.deadline,
        pass_percent=rules.pass_percent,
        state=State.IN_PROGRESS,
        began_at=at,
        place=1,
        edit=0,
        full="0",
    )


def item_of(  # noqa: PLR0913  (likewise)
    session: Session,
    attempt: int,
    position: int,
    candidate: Candidate,
    pool: Pool,
    *,
    options: bool,
    dice: Dice,
) -> PaperRow:
    """Make the row of a question; chance decides what it leaves open, once."""
    revision = pool.revisions[candidate.bank]
    question = open_bank(session, revision).questions[candidate.question.id]
    return PaperRow(
        attempt_id=attempt,
        position=position,
        revision_id=revision.id,
        bank=candidate.bank,
        item=question.id,
        wording=candidate.question.wording,
        competency=question.competency,
        marks=f"{question.marks:f}",
        drawn=[*question.body.draw(dice, shuffle=options)],
        number=0,
        answer=[],
        seconds=0,
        flagged=False,
        share="",
        fact="",
        is_void=False,
    )
