"""What some people have done for the steps of some courses, in a few questions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.clock import day_of
from trainer.courses.domain.completing import Done
from trainer.courses.domain.lapsing import Place
from trainer.courses.domain.lapsing import Version
from trainer.courses.domain.lapsing import lapses_on
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import Rule
from trainer.courses.domain.outline import Step
from trainer.courses.domain.outline import StepKind
from trainer.courses.models import StepReadRow
from trainer.courses.models import StepSignedRow
from trainer.courses.queries.read_texts import asking
from trainer.courses.queries.read_texts import versions_of
from trainer.evidence.domain import FactKind
from trainer.evidence.models import FactRow
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.models import AttemptRow
from trainer.scenarios.domain.playing import PlayState
from trainer.scenarios.models import PlayRow

WELL = 2 / 3
"""Share of the full mark from which an observation counts."""

WATCHED = (FactKind.OBSERVATION, FactKind.COSIGNED_CASE)

TAIL = re.compile(r"[/:][^/:]*$")
"""What tells the facts of one sighting: one for each competency."""

Offers = Mapping[str, Course]
"""Courses by slug."""

Deeds = Mapping[tuple[int, str], frozenset[Done]]
"""What was done, by person and course."""


@dataclass(frozen=True, slots=True)
class _Fact:
    """A fact that holds, as far as steps ask for it."""

    person: int
    subject: str
    at: datetime
    source: str


def deeds(
    session: Session, people: Collection[int], courses: Offers, on: date
) -> Deeds:
    """Give what some people have done, as it counts on a day.

    Args:
        session: A session.
        people: Keys of the people; who may look at them is asked before.
        courses: The courses.
        on: The day.
    """
    found: dict[tuple[int, str], set[Done]] = defaultdict(set)
    steps = [(slug, step) for slug, course in courses.items() for step in course.steps]
    for told in (
        _read(session, people, courses, on),
        _signed(session, people, courses),
        _seen(session, people, steps),
        _passed(session, people, steps),
    ):
        for person, slug, done in told:
            found[person, slug].add(done)
    return {key: frozenset(done) for key, done in found.items()}


Told = Iterator[tuple[int, str, Done]]
Steps = Collection[tuple[str, Step]]


def _read(session: Session, people: Collection[int], courses: Offers, on: date) -> Told:
    """Give what was read, with the day on which it lapsed and the questions on it."""
    row = StepReadRow
    query = select(row).where(row.person_id.in_(people), row.course.in_(courses))
    reads = [
        (each, step)
        for each in session.scalars(query)
        if (step := courses[each.course].step(each.step)) and step.is_read
    ]
    places = {(step.target, step.section) for _, step in reads}
    versions = versions_of(session, {slug for slug, _ in places}) if places else {}
    right = _right(session, people, reads)
    for each, step in reads:
        day = _checked_on(each, step, right)
        if day is not None:
            until = _until(each, step, versions, on)
            key = str(each.revision_id)
            done = Done(step=step.id, on=day, until=until, key=key)
            yield each.person_id, each.course, done


def _until(
    read: StepReadRow,
    step: Step,
    versions: Mapping[str, tuple[Version, ...]],
    on: date,
) -> date | None:
    known = versions.get(step.target, ())
    return lapses_on(step.section, read.revision_id, known, on)


def _checked_on(
    read: StepReadRow,
    step: Step,
    right: Mapping[tuple[int, Place], Collection[tuple[str, datetime]]],
) -> date | None:
    """Give the day on which a reading was complete; None when questions are left."""
    if step.rule is not Rule.CHECKED or not read.asked:
        return read.on
    place = (step.target, step.section)
    firsts: dict[str, datetime] = {}
    for item, at in right.get((read.person_id, place), ()):
        if at >= read.read_at:
            firsts[item] = min(at, firsts.get(item, at))
    moments = sorted(firsts.values())
    return day_of(moments[read.asked - 1]) if len(moments) >= read.asked else None


def _right(
    session: Session,
    people: Collection[int],
    reads: Iterable[tuple[StepReadRow, Step]],
) -> Mapping[tuple[int, Place], list[tuple[str, datetime]]]:
    """Give the right answers to questions on what was read, by person and place."""
    places = {
        (step.target, step.section)
        for each, step in reads
        if step.rule is Rule.CHECKED and each.asked
    }
    found: dict[tuple[int, Place], list[tuple[str, datetime]]] = defaultdict(list)
    if not places:
        return found
    asked = asking(session, places)
    about: dict[str, list[Place]] = defaultdict(list)
    for place, items in asked.items():
        for item in items:
            about[item].append(place)
    which = FactRow.item.in_(about)
    for fact in _facts(session, people, [FactKind.QUIZ_ANSWER], which, 1.0):
        for place in about[fact.subject]:
            found[fact.person, place].append((fact.subject, fact.at))
    return found


def _seen(session: Session, people: Collection[int], steps: Steps) -> Told:
    """Give what somebody watched, once for each sighting and step."""
    wanted: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for slug, step in steps:
        if step.kind is StepKind.OBSERVED:
            for code in step.competencies:
                wanted[code].append((slug, step.id))
    if not wanted:
        return
    which = FactRow.competency.in_(wanted)
    for fact in _facts(session, people, WATCHED, which, WELL):
        day, key = day_of(fact.at), TAIL.sub("", fact.source)
        for slug, step_id in wanted[fact.subject]:
            yield fact.person, slug, Done(step=step_id, on=day, key=key)


def _facts(
    session: Session,
    people: Collection[int],
    kinds: Collection[FactKind],
    which: ColumnElement[bool],
    least: float,
) -> Iterator[_Fact]:
    """Give facts with at least this outcome that nobody has taken back."""
    row = FactRow
    subject = row.item if FactKind.QUIZ_ANSWER in kinds else row.competency
    rows = session.execute(
        select(
            *(row.person_id, subject, row.happened_at, row.source),
            *(row.kind, row.outcome, row.revokes),
        ).where(row.person_id.in_(people), row.kind.in_(kinds), which)
    ).all()
    revoked = {(each.kind, each.revokes) for each in rows if each.revokes}
    for person, about, at, source, kind, outcome, revokes in rows:
        if not revokes and outcome >= least and (kind, source) not in revoked:
            yield _Fact(person, about, at, source)


def _passed(session: Session, people: Collection[int], steps: Steps) -> Told:
    """Give the quizzes and scenarios that were passed."""
    wanted: dict[tuple[StepKind, str], list[tuple[str, str]]] = defaultdict(list)
    for slug, step in steps:
        wanted[step.kind, step.target].append((slug, step.id))
    tried, played = AttemptRow, PlayRow
    tries = select(tried.person_id, tried.quiz, tried.ended_at).where(
        tried.mode == Mode.EXAM, tried.state == State.GRADED
    )
    plays = select(played.person_id, played.slug, played.ended_at).where(
        played.state == PlayState.ENDED, played.replays.is_(None)
    )
    for kind, query, row, name in (
        (StepKind.QUIZ, tries, tried, tried.quiz),
        (StepKind.SCENARIO, plays, played, played.slug),
    ):
        targets = {target for each, target in wanted if each is kind}
        if not targets:
            continue
        own = (row.person_id.in_(people), row.passed.is_(True), name.in_(targets))
        for person, target, ended_at in session.execute(query.where(*own)):
            assert ended_at is not None  # noqa: S101  (what is judged has ended)
            for slug, step_id in wanted[kind, target]:
                yield person, slug, Done(step=step_id, on=day_of(ended_at))


def _signed(session: Session, people: Collection[int], courses: Offers) -> Told:
    row = StepSignedRow
    rows = session.execute(
        select(row.person_id, row.course, row.step, row.on).where(
            row.person_id.in_(people),
            row.course.in_(courses),
            row.taken_back_by.is_(None),
        )
    )
    for person, slug, step, on in rows:
        yield person, slug, Done(step=step, on=on)
