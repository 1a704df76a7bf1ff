"""Quizzes that are offered, attempts in lists, and results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.publishing import queries as publishing
from trainer.publishing.models import RevisionRow
from trainer.quizzes.domain import QUIZ
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.letters import to_letters
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.quiz import Review
from trainer.quizzes.domain.score import rounded
from trainer.quizzes.domain.showing import Correction
from trainer.quizzes.domain.showing import Marked
from trainer.quizzes.domain.showing import Offered
from trainer.quizzes.domain.showing import Result
from trainer.quizzes.domain.showing import Source
from trainer.quizzes.domain.showing import Tried
from trainer.quizzes.domain.showing import may_review
from trainer.quizzes.domain.taking import AskedItem
from trainer.quizzes.domain.types.base import Solution
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import JudgementRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.queries.attempts import asked_items
from trainer.quizzes.queries.attempts import face_of
from trainer.quizzes.queries.attempts import own_attempt
from trainer.quizzes.queries.attempts import papers
from trainer.quizzes.queries.attempts import practice_names
from trainer.quizzes.queries.opening import OpenBank
from trainer.quizzes.queries.opening import open_banks
from trainer.quizzes.queries.opening import open_quiz
from trainer.quizzes.queries.withheld import withheld


def offered(session: Session, on: date, *, reader: Actor) -> list[Offered]:
    """Give the quizzes in force on a day, with the reader's own tries, by title."""
    held = publishing.in_force(session, on, reader=reader, kinds=[QUIZ])
    own: dict[str, list[Tried]] = defaultdict(list)
    for tried in own_tries(session, reader=reader, quizzes=[r.slug for r in held]):
        own[tried.quiz].append(tried)
    return sorted(
        (
            Offered(
                revision=revision,
                quiz=open_quiz(session, revision),
                tried=tuple(own[revision.slug]),
            )
            for revision in held
        ),
        key=lambda each: each.revision.header.title,
    )


def offer(session: Session, slug: str, on: date, *, reader: Actor) -> Offered:
    """Give one quiz in force on a day.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    revision = publishing.revision_on(session, slug, on, reader=reader, kinds=[QUIZ])
    return Offered(
        revision=revision,
        quiz=open_quiz(session, revision),
        tried=tuple(own_tries(session, reader=reader, quizzes=[slug])),
    )


def own_tries(
    session: Session, *, reader: Actor, quizzes: Collection[str] | None = None
) -> list[Tried]:
    """Give the attempts of whoever asks, the latest first."""
    return tried_of(session, own_rows(session, reader=reader, quizzes=quizzes))


def own_rows(
    session: Session, *, reader: Actor, quizzes: Collection[str] | None = None
) -> list[AttemptRow]:
    """Give the rows of one's own attempts, the latest first."""
    query = select(AttemptRow).where(AttemptRow.person_id == reader.person)
    if quizzes is not None:
        query = query.where(AttemptRow.quiz.in_(quizzes))
    return [*session.scalars(query.order_by(AttemptRow.id.desc()))]


def may_review_row(row: AttemptRow, at: datetime) -> bool:
    """Tell whether the taker of an attempt may see what is right."""
    return may_review(Review(row.review), row.closes_at, State(row.state), at)


def tried_of(session: Session, rows: Collection[AttemptRow]) -> list[Tried]:
    """Give rows as lists show them, with the titles of their quizzes."""
    if not rows:
        return []
    keys = {row.revision_id for row in rows if row.revision_id}
    found = session.execute(
        select(RevisionRow.id, RevisionRow.title).where(RevisionRow.id.in_(keys))
    )
    titles = {key: title for key, title in found}  # noqa: C416  (a row is no pair)
    named = practice_names(session, {row.quiz for row in rows if not row.revision_id})
    return [
        Tried(
            id=row.id,
            person=row.person_id,
            quiz=row.quiz,
            title=titles[row.revision_id] if row.revision_id else named[row.quiz],
            number=row.number,
            mode=Mode(row.mode),
            state=State(row.state),
            began_at=row.began_at,
            ended_at=row.ended_at,
            full=Decimal(row.full),
            earned=None if row.earned is None else Decimal(row.earned),
            passed=row.passed,
        )
        for row in rows
    ]


def own_result(session: Session, key: int, at: datetime, *, reader: Actor) -> Result:
    """Give the result of an attempt to its taker, with what he may see of it.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    row = own_attempt(session, key, reader=reader)
    seen = may_review_row(row, at)
    return result_of(session, row, at, reader=reader, may_see=seen)


def result_of(
    session: Session, row: AttemptRow, at: datetime, *, reader: Actor, may_see: bool
) -> Result:
    """Give a result; without ``may_see`` nothing in it tells what is right.

    Nor does it tell of a question that a reader has in an exam of his own.
    """
    items = papers(session, [row.id])
    free = _told(session, items, at, reader=reader) if may_see else []
    ended = row.ended_at or row.began_at
    return Result(
        tried=tried_of(session, [row])[0],
        pass_percent=row.pass_percent,
        seconds=int((ended - row.began_at).total_seconds()),
        may_review=may_see,
        review=Review(row.review),
        closes_at=row.closes_at,
        waiting=sum(not item.share and not item.is_void for item in items),
        withheld=len(items) - len(free) if may_see else 0,
        marked=tuple(marked(session, row, free, reader=reader)) if may_see else (),
        competencies=_by_competency(items),
    )


def shown_already(
    session: Session, key: int, at: datetime, *, reader: Actor
) -> dict[int, Marked]:
    """Give the questions of one's own attempt whose answer a practice has shown.

    Raises:
        NotFoundError: there is no such attempt, or it is somebody else's.
    """
    row = own_attempt(session, key, reader=reader)
    if row.review != Review.EACH:
        return {}
    checked = [item for item in papers(session, [row.id]) if item.checked_at]
    free = _told(session, checked, at, reader=reader)
    told = marked(session, row, free, reader=reader)
    return {each.asked.position: each for each in told}


def _told(
    session: Session, items: Collection[PaperRow], at: datetime, *, reader: Actor
) -> list[PaperRow]:
    """Leave out what a reader may not be told yet."""
    hidden = withheld(session, at, reader=reader)
    return [item for item in items if Place(item.bank, item.item) not in hidden]


def marked(
    session: Session, row: AttemptRow, items: Collection[PaperRow], *, reader: Actor
) -> Iterable[Marked]:
    """Give the questions of a paper with what is right."""
    items = [*items]
    banks = open_banks(session, {item.revision_id for item in items})
    corrections = _corrections(session, row.id)
    sources = sources_of(session, items, banks, day_of(row.began_at), reader=reader)
    for asked, item in zip(asked_items(row, items, banks), items, strict=True):
        share = Fraction(item.share) if item.share else None
        yield Marked(
            asked=asked,
            place=f"{item.bank}#{item.item}",
            solution=solution_of(item, banks[item.revision_id], asked),
            why=banks[item.revision_id].explanation(item.item),
            share=share,
            earned=None if share is None else rounded(Fraction(item.marks) * share),
            is_void=item.is_void,
            sources=sources[item.position],
            corrections=corrections.get(item.position, ()),
        )


def solution_of(item: PaperRow, bank: OpenBank, asked: AskedItem) -> Solution:
    """Give what is right, in the letters that the page shows."""
    face = face_of(item, bank)
    found = bank.questions[item.item].body.solution(tuple(item.drawn))
    keys = [choice.key for choice in face.choices]
    return Solution(
        answer=to_letters(face, found.answer) if asked.type != "essay" else (),
        words=found.words,
        whys={
            to_letters(face, (key,))[0]: why
            for key, why in found.whys.items()
            if key in keys
        },
    )


def _by_competency(items: Iterable[PaperRow]) -> list[tuple[str, Decimal, Decimal]]:
    """Add up marks by competency, the weakest first; what is ungraded is left out."""
    earned: dict[str, Fraction] = defaultdict(Fraction)
    full: dict[str, Fraction] = defaultdict(Fraction)
    for item in items:
        if item.share and not item.is_void:
            earned[item.competency] += Fraction(item.marks) * Fraction(item.share)
            full[item.competency] += Fraction(item.marks)
    told = sorted(full, key=lambda code: (earned[code] / full[code], code))
    return [(code, rounded(earned[code]), rounded(full[code])) for code in told]


def _corrections(session: Session, key: int) -> Mapping[int, tuple[Correction, ...]]:
    rows = session.scalars(
        select(JudgementRow)
        .where(JudgementRow.attempt_id == key)
        .order_by(JudgementRow.id)
    )
    found: dict[int, tuple[Correction, ...]] = {}
    for row in rows:
        correction = Correction(
            at=row.at,
            before=Fraction(row.before) if row.before else None,
            after=Fraction(row.after) if row.after else None,
            is_void=row.is_void,
            reason=row.reason,
            points=tuple(row.points),
        )
        found[row.position] = (*found.get(row.position, ()), correction)
    return found


def sources_of(
    session: Session,
    items: Iterable[PaperRow],
    banks: Mapping[int, OpenBank],
    on: date,
    *,
    reader: Actor,
) -> dict[int, tuple[Source, ...]]:
    """Give by position what each question rests on, as far as the reader sees it."""
    cites = {
        item.position: banks[item.revision_id].questions[item.item].cites
        for item in items
    }
    pairs = {(c.slug, c.section) for found in cites.values() for c in found}
    targets = publishing.targets_on(session, pairs, on, reader=reader)
    return {
        position: tuple(
            source_of((cite.slug, cite.section), target)
            for cite in found
            if (target := targets.get((cite.slug, cite.section)))
        )
        for position, found in cites.items()
    }


def source_of(address: tuple[str, str], target: publishing.Target) -> Source:
    """Name what a question rests on; ``address`` is its slug and section."""
    section = f" {target.section.name}" if target.section else ""
    name = f"《{target.revision.header.title}》{section}".rstrip()
    return Source(slug=address[0], section=address[1], name=name)
