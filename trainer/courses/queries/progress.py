"""How far many people are with courses, in as many questions as for one."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.competence.domain.standing import Standing
from trainer.competence.queries.judging import bench
from trainer.competence.queries.knowing import judged
from trainer.core.clock import day_of
from trainer.courses.domain.completing import LEAVES_OUT
from trainer.courses.domain.completing import Done
from trainer.courses.domain.completing import Progress
from trainer.courses.domain.completing import State
from trainer.courses.domain.completing import completions
from trainer.courses.domain.completing import placed_out
from trainer.courses.domain.completing import progress_of
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import StepKind
from trainer.courses.queries.doing import Deeds
from trainer.courses.queries.doing import Offers
from trainer.courses.queries.doing import deeds
from trainer.courses.queries.offer import offered
from trainer.courses.queries.read_texts import REGISTRAR

Key = tuple[int, str]
"""Person and slug of a course."""

Proved = Mapping[int, Mapping[str, Standing]]


def progress(
    session: Session,
    people: Collection[int],
    slugs: Collection[str] | None,
    at: datetime,
) -> Mapping[Key, Progress]:
    """Say how far some people are with some courses.

    Args:
        session: A session.
        people: Keys of the people. Who asks must be allowed to look at them: this is
            not asked here, because assignments and mails ask of everybody.
        slugs: The courses; None is all. What is not in force is left out.
        at: Now; the day decides what holds and what counts.

    Returns:
        By person and slug, for every person and every course in force.
    """
    on = day_of(at)
    every = {each.slug: each.course for each in offered(session, on, reader=REGISTRAR)}
    wanted = [*every] if slugs is None else [slug for slug in slugs if slug in every]
    courses = {slug: every[slug] for slug in _with_inner(wanted, every)}
    if not courses or not people:
        return {}
    told = deeds(session, people, courses, on)
    unproved = _Reckoning(courses, told, on)
    open_ = {
        person
        for person in people
        if any(not unproved.of(person, slug).is_completed for slug in courses)
    }
    reckoned = _Reckoning(courses, told, on, _proved(session, open_, courses, on))
    return {(p, slug): reckoned.of(p, slug) for p in people for slug in wanted}


@dataclass(slots=True)
class _Reckoning:
    """Works out courses of courses from the inside; each person and course once."""

    courses: Offers
    deeds: Deeds
    on: date
    proved: Proved = field(default_factory=dict)
    known: dict[Key, Progress] = field(default_factory=dict)
    facts: dict[Key, tuple[frozenset[Done], frozenset[str]]] = field(
        default_factory=dict
    )

    def of(self, person: int, slug: str) -> Progress:
        """Say how far a person is with a course."""
        key = (person, slug)
        if key not in self.known:
            done, left_out = self._facts(key, frozenset())
            course = self.courses[slug]
            self.known[key] = progress_of(course, done, self.on, left_out)
        return self.known[key]

    def _facts(
        self, key: Key, above: frozenset[str]
    ) -> tuple[frozenset[Done], frozenset[str]]:
        """Give what was done and need not be done, inner courses included.

        Args:
            key: Whose, and of which course.
            above: Courses that contain this one; a circle leads nowhere.
        """
        person, slug = key
        if key in self.facts:
            return self.facts[key]
        course = self.courses[slug]
        done = {*self.deeds.get(key, ())}
        left_out = {*placed_out(course, self.proved.get(person, {}))}
        for step in course.steps:
            if step.kind is not StepKind.COURSE or step.target not in self.courses:
                continue
            if step.target in above | {slug}:
                continue
            inner = (person, step.target)
            own = self._facts(inner, above | {slug})
            done |= _inner(step.id, self.courses[step.target], *own, self.on)
            if _is_needless(self.courses[step.target], *own, self.on):
                left_out.add(step.id)
        found = (frozenset(done), frozenset(left_out))
        if not above:
            self.facts[key] = found
        return found


def _inner(
    step: str, course: Course, done: frozenset[Done], out: frozenset[str], on: date
) -> set[Done]:
    """Give the completions of a course as what is done for a step of another."""
    changed = progress_of(course, done, on, out).state is State.CHANGED
    found = completions(course, done, on, out)
    return {
        Done(
            step=step,
            on=each.on,
            until=on if changed and each is found[-1] else each.ends,
        )
        for each in found
    }


def _is_needless(
    course: Course, done: frozenset[Done], out: frozenset[str], on: date
) -> bool:
    """Tell whether everything a course teaches is proved."""
    found = progress_of(course, done, on, out)
    return found.is_completed and found.completed_on is None


def _with_inner(wanted: Collection[str], every: Offers) -> list[str]:
    """Give some courses and those they contain."""
    found: list[str] = []
    left = [*wanted]
    while left:
        slug = left.pop()
        if slug in every and slug not in found:
            found.append(slug)
            left += [s.target for s in every[slug].steps if s.kind is StepKind.COURSE]
    return found


def _proved(
    session: Session, people: Collection[int], courses: Offers, on: date
) -> Proved:
    """Give what is believed of the competencies that may make a step needless."""
    codes = {
        code
        for course in courses.values()
        for step in course.steps
        if step.kind in LEAVES_OUT
        for code in step.competencies
    }
    if not people or not codes:
        return {}
    by = bench(session, on)
    return judged(session, by, [*people], sorted(codes), reader=REGISTRAR)
