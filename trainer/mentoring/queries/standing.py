"""Where newcomers stand at each of their lines; whether their mentors are current."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.competence import queries as competence
from trainer.competence.domain.authorising import State
from trainer.competence.domain.keeping import KEEPER
from trainer.competence.models import SightingRow
from trainer.evidence.domain import FactKind
from trainer.mentoring.domain.cases import Logged
from trainer.mentoring.domain.notes import Note
from trainer.mentoring.domain.weeks import Case
from trainer.mentoring.domain.weeks import Phase
from trainer.mentoring.domain.weeks import Plan
from trainer.mentoring.domain.weeks import Progress
from trainer.mentoring.domain.weeks import Step
from trainer.mentoring.domain.weeks import progress
from trainer.mentoring.domain.weeks import week_of
from trainer.mentoring.queries import logs
from trainer.mentoring.queries.logs import Place
from trainer.mentoring.queries.pairs import Pair
from trainer.topics import queries as topics
from trainer.topics.domain.lines import Line
from trainer.topics.domain.lines import Topics

Currents = Mapping[int, frozenset[str]]
"""By person the lines at which he works alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStanding:
    """A line of a newcomer: plan, where he stands, whether his mentor is current.

    ``step`` is the last one that a person took, None for none.
    """

    line: Line
    plan: Plan
    step: Step | None
    progress: Progress
    mentor_is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentoring:
    """A pair on a day.

    Attributes:
        pair: The pair.
        on: The day.
        lines: His lines in the order of the file.
        cases: The log, the latest first.
        notes: What he wrote, the latest first; nothing where it is not for the reader.
        watched_on: When he was last observed, None for never.
    """

    pair: Pair
    on: date
    lines: Sequence[LineStanding]
    cases: Sequence[Logged]
    notes: Sequence[Note]
    watched_on: date | None

    @property
    def week(self) -> int:
        """The week of the day, from 1."""
        return week_of(self.pair.begins_on, self.on)

    @property
    def has_begun(self) -> bool:
        """Whether his first day is over or today."""
        return self.pair.begins_on <= self.on

    @property
    def waiting(self) -> Sequence[Logged]:
        """Cases of his lines that wait for the mentor, the oldest first."""
        lines = {each.line.code for each in self.lines}
        found = [case for case in self.cases if case.is_waiting and case.line in lines]
        return found[::-1]

    @property
    def open_questions(self) -> Sequence[Note]:
        """Questions without an answer, the oldest first."""
        return [note for note in self.notes if note.is_open][::-1]

    @property
    def is_done(self) -> bool:
        """Whether he works alone at all of his lines."""
        phases = {each.progress.phase for each in self.lines}
        return phases == {Phase.ALONE}

    @property
    def lapsed(self) -> Sequence[Line]:
        """Lines that his mentor cannot sign today, and that are still learned."""
        return [
            each.line
            for each in self.lines
            if not each.mentor_is_current and each.progress.phase is not Phase.ALONE
        ]

    @property
    def unwatched_days(self) -> int:
        """Days since he was observed, or since he began."""
        since = max(self.watched_on or self.pair.begins_on, self.pair.begins_on)
        return max((self.on - since).days, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of all pairs that were asked for, each by its key or person."""

    spine: Topics
    alone: Currents
    plans: Mapping[Place, Plan]
    steps: Mapping[Place, Step]
    cases: Mapping[int, Sequence[Logged]]
    notes: Mapping[int, Sequence[Note]]
    watched: Mapping[int, date]


def mentorings(session: Session, pairs: Sequence[Pair], on: date) -> list[Mentoring]:
    """Give where some pairs stand on a day, in their order."""
    if not pairs:
        return []
    known = _known(session, pairs, on)
    return [
        Mentoring(
            pair=each,
            on=on,
            lines=[
                _standing(each, line, known, on)
                for line in known.spine.lines
                if line.code in each.lines
            ],
            cases=known.cases.get(each.key, ()),
            notes=known.notes.get(each.key, ()),
            watched_on=known.watched.get(each.person),
        )
        for each in pairs
    ]


def _known(session: Session, pairs: Sequence[Pair], on: date) -> _Known:
    keys = [each.key for each in pairs]
    newcomers = {each.person for each in pairs}
    cases: dict[int, list[Logged]] = defaultdict(list)
    for case in logs.cases(session, keys):
        cases[case.secondment].append(case)
    notes: dict[int, list[Note]] = defaultdict(list)
    for note in logs.notes(session, [p.key for p in pairs if p.reads_words]):
        notes[note.secondment].append(note)
    return _Known(
        spine=topics.topics(session),
        alone=current(session, newcomers | {each.mentor for each in pairs}, on),
        plans=logs.plans(session, keys),
        steps=logs.steps(session, keys),
        cases=cases,
        notes=notes,
        watched=last_watched(session, newcomers),
    )


def _standing(pair: Pair, line: Line, known: _Known, on: date) -> LineStanding:
    place = (pair.key, line.code)
    step = known.steps.get(place)
    cases = [_case(c) for c in known.cases.get(pair.key, ()) if c.line == line.code]
    return LineStanding(
        line=line,
        plan=known.plans[place],
        step=step,
        progress=progress(
            known.plans[place],
            begins_on=pair.begins_on,
            cases=cases,
            step=step,
            alone=line.code in known.alone.get(pair.person, ()),
            on=on,
        ),
        mentor_is_current=line.code in known.alone.get(pair.mentor, ()),
    )


def current(session: Session, people: Collection[int], on: date) -> Currents:
    """Give the lines at which people work alone on a day: states only, no figures."""
    found: dict[int, set[str]] = defaultdict(set)
    for held in competence.authorisations(session, people, on, reader=KEEPER):
        if held.authorisation.state is State.ALONE:
            found[held.person].add(held.line)
    return {person: frozenset(lines) for person, lines in found.items()}


def last_watched(session: Session, people: Collection[int]) -> Mapping[int, date]:
    """Give the day on which people were last observed; without those never were."""
    row = SightingRow
    rows = session.execute(
        select(row.person_id, func.max(row.happened_on))
        .where(
            row.person_id.in_(people),
            row.kind == FactKind.OBSERVATION,
            row.taken_back_at.is_(None),
        )
        .group_by(row.person_id)
    )
    return dict(rows.all())


def _case(told: Logged) -> Case:
    return Case(number=told.number, on=told.on, drawn=told.drawn, right=told.right)
