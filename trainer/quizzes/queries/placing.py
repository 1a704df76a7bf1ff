"""Placement tests: what may be asked, what is open, and what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.competence import queries as competence
from trainer.competence.domain.placement import REST_DAYS
from trainer.competence.domain.sitting import Advice
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.people.models import PersonRow
from trainer.publishing import queries as publishing
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.drawing import Candidate
from trainer.quizzes.domain.placing import Ending
from trainer.quizzes.domain.placing import Figure
from trainer.quizzes.domain.placing import Lesson
from trainer.quizzes.domain.placing import Offer
from trainer.quizzes.domain.placing import Placed
from trainer.quizzes.domain.placing import fresh
from trainer.quizzes.domain.placing import of_line
from trainer.quizzes.domain.placing import read_back
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.showing import Source
from trainer.quizzes.domain.taking import PLACEMENTS
from trainer.quizzes.domain.taking import line_of
from trainer.quizzes.domain.taking import quiz_of
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.models import PlacementRow
from trainer.quizzes.queries.attempts import own_attempt
from trainer.quizzes.queries.opening import open_bank
from trainer.quizzes.queries.overseen import overseen
from trainer.quizzes.queries.overseen import overseen_attempt
from trainer.quizzes.queries.pool import drawable
from trainer.quizzes.queries.showing import source_of
from trainer.quizzes.queries.withheld import practisable
from trainer.topics import queries as topics

MOST_SOURCES = 3
"""Sections named for one competency: where to begin, not all there is."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A test of somebody's that has ended, in a list."""

    attempt: int
    line: str
    ended_at: datetime


def askable(
    session: Session, line: str, at: datetime, *, reader: Actor
) -> list[Candidate]:
    """Give the questions of a line that whoever asks might be asked now.

    None of them is stale or withheld; some he may have met lately, see
    :func:`met_lately`.
    """
    needs = competence.line_needs(session, line)
    return of_line(practisable(session, at, reader=reader), needs, line)


def met_lately(session: Session, person: int, at: datetime) -> frozenset[Place]:
    """Give the questions somebody was asked within the last days, in whatever quiz."""
    found = session.execute(
        select(PaperRow.bank, PaperRow.item)
        .join(AttemptRow, AttemptRow.id == PaperRow.attempt_id)
        .where(
            AttemptRow.person_id == person,
            AttemptRow.began_at > at - timedelta(days=REST_DAYS),
        )
        .distinct()
    )
    return frozenset(Place(bank, item) for bank, item in found)


def placement_offers(session: Session, at: datetime, *, reader: Actor) -> list[Offer]:
    """Give the lines with questions, each with the reader's own tests, in their order.

    A line of which nothing can be asked, and that was never taken, is left out.
    """
    framework = topics.competencies(session)
    if framework is None or not reader.person:
        return []
    pool = practisable(session, at, reader=reader)
    met = met_lately(session, reader.person, at)
    own = _own(session, reader)
    found = []
    for line in topics.topics(session).lines:
        needs = competence.needs_of(line, framework)
        rows = own.get(quiz_of(line.code), [])
        last = next((row for row in rows if row.ended_at), None)
        found.append(
            Offer(
                line=line.code,
                name=line.name,
                questions=len(fresh(of_line(pool, needs, line.code), met)),
                open_attempt=next((row.id for row in rows if not row.ended_at), 0),
                last=last.id if last else 0,
                ended_at=last.ended_at if last else None,
            )
        )
    return [each for each in found if each.questions or each.open_attempt or each.last]


def own_placement(
    session: Session, key: int, at: datetime, *, reader: Actor
) -> Placed | None:
    """Give what came of one's own test; None while it is open.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    row = own_attempt(session, key, reader=reader)
    must_be_placement(row)
    kept = session.get(PlacementRow, key)
    return _placed(session, row, kept, at, reader=reader) if kept else None


def overseen_placement(
    session: Session, key: int, at: datetime, *, reader: Actor
) -> tuple[str, Placed]:
    """Give what came of the test of somebody the reader looks after, with his name.

    Raises:
        NotGradersError: the reader looks after nobody.
        NotFoundError: there is none, or not for this reader.
    """
    row, name = overseen_attempt(session, key, day_of(at), reader=reader)
    must_be_placement(row)
    kept = session.get_one(PlacementRow, key)
    return name, _placed(session, row, kept, at, reader=reader)


def overseen_placements(
    session: Session, person: int, on: date, *, reader: Actor
) -> list[Taken]:
    """Give the tests of somebody the reader looks after, the latest first."""
    rows = session.execute(
        select(AttemptRow.id, AttemptRow.quiz, AttemptRow.ended_at)
        .join(PlacementRow, PlacementRow.attempt_id == AttemptRow.id)
        .join(PersonRow, PersonRow.id == AttemptRow.person_id)
        .where(AttemptRow.person_id == person, overseen(reader, on))
        .order_by(AttemptRow.id.desc())
    ).all()
    if not rows:
        return []
    names = _line_names(session)
    return [
        Taken(key, names.get(line_of(quiz), line_of(quiz)), ended_at)
        for key, quiz, ended_at in rows
        if ended_at is not None
    ]


def must_be_line(session: Session, line: str) -> None:
    """Stop here unless there is such a business line.

    Raises:
        NotFoundError: there is none.
    """
    if line not in _line_names(session):
        raise NotFoundError(N_("没有这条业务线"))


def must_be_placement(row: AttemptRow) -> None:
    """Stop here unless an attempt is a placement test.

    Raises:
        NotFoundError: it is something else.
    """
    if not line_of(row.quiz):
        raise NotFoundError(N_("这份答卷不是摸底测验"))


def _own(session: Session, reader: Actor) -> dict[str, list[AttemptRow]]:
    """Give the reader's own tests by name, the latest first."""
    found: dict[str, list[AttemptRow]] = {}
    rows = session.scalars(
        select(AttemptRow)
        .where(
            AttemptRow.person_id == reader.person,
            AttemptRow.quiz.startswith(PLACEMENTS),
            AttemptRow.state != State.ABANDONED,
        )
        .order_by(AttemptRow.id.desc())
    )
    for row in rows:
        found.setdefault(row.quiz, []).append(row)
    return found


def _placed(
    session: Session,
    row: AttemptRow,
    kept: PlacementRow,
    at: datetime,
    *,
    reader: Actor,
) -> Placed:
    figures, line = read_back(kept.figures), line_of(row.quiz)
    learn = [each for each in figures if each.advice is not Advice.SKIP]
    sources = _sources(session, line, learn, at, reader=reader)
    return Placed(
        attempt=row.id,
        line=_line_names(session).get(line, line),
        began_at=row.began_at,
        ended_at=row.ended_at or row.began_at,
        ending=Ending(kept.ending),
        asked=sum(each.asked for each in figures),
        skip=tuple(each for each in figures if each.advice is Advice.SKIP),
        learn=tuple(Lesson(each, sources.get(each.code, ())) for each in learn),
        names=topics.competency_names(session),
    )


def _line_names(session: Session) -> dict[str, str]:
    return {line.code: line.name for line in topics.topics(session).lines}


def _sources(
    session: Session,
    line: str,
    learn: Sequence[Figure],
    at: datetime,
    *,
    reader: Actor,
) -> Mapping[str, tuple[Source, ...]]:
    """Give for what is to be learned the sections most of its questions rest on."""
    wanted = {each.code for each in learn}
    pool = [
        each
        for each in askable(session, line, at, reader=reader)
        if each.question.competency in wanted
    ]
    cites = _cites(session, pool, day_of(at))
    pairs = {address for told in cites.values() for address in told}
    targets = publishing.targets_on(session, pairs, day_of(at), reader=reader)
    return {
        code: tuple(
            source_of(address, targets[address])
            for address, _ in told.most_common()
            if address in targets
        )[:MOST_SOURCES]
        for code, told in cites.items()
    }


def _cites(
    session: Session, pool: Collection[Candidate], on: date
) -> dict[str, Counter[tuple[str, str]]]:
    """Count by competency the slugs and sections that questions rest on."""
    banks = drawable(session, on).revisions
    found: dict[str, Counter[tuple[str, str]]] = {}
    for each in pool:
        question = open_bank(session, banks[each.bank]).questions[each.question.id]
        told = found.setdefault(question.competency, Counter())
        told.update((cite.slug, cite.section) for cite in question.cites)
    return found
