"""What certificates rest on: one source for each kind.

A source says what somebody could get a certificate for today, what certificates of
its kind are worth today, and what their subjects are called. Another kind is another
source in :data:`SOURCES`; nothing else needs to know it.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta

from sqlalchemy.orm import Session

from trainer.certificates.domain.certificates import Ground
from trainer.certificates.domain.certificates import Kind
from trainer.certificates.domain.certificates import State
from trainer.certificates.domain.certificates import course_state
from trainer.certificates.domain.certificates import line_ground
from trainer.certificates.domain.certificates import line_state
from trainer.competence import queries as competence
from trainer.competence.domain.authorising import Authorisation
from trainer.competence.domain.keeping import KEEPER
from trainer.core.actor import READER
from trainer.core.clock import start_of
from trainer.courses.queries import offered
from trainer.courses.queries import progress
from trainer.topics import queries as topics

LAST_DAY = date(2999, 12, 31)
"""What courses are called is asked of their last version."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where certificates of a kind come from.

    Attributes:
        grounds: Says of some people what they could get a certificate for on a day.
        states: Says of some grounds what a certificate on each is worth on a day.
        names: Gives what subjects are called, by code.
    """

    grounds: Callable[[Session, Collection[int], date], list[Ground]]
    states: Callable[[Session, Collection[Ground], date], Mapping[Ground, State]]
    names: Callable[[Session], Mapping[str, str]]


def _line_grounds(session: Session, people: Collection[int], on: date) -> list[Ground]:
    found = competence.authorisations(session, people, on, reader=KEEPER)
    grounds = (line_ground(e.person, e.line, e.authorisation) for e in found)
    return [ground for ground in grounds if ground is not None]


def _line_states(
    session: Session, grounds: Collection[Ground], on: date
) -> Mapping[Ground, State]:
    people, lines = {g.person for g in grounds}, {g.subject for g in grounds}
    held: dict[tuple[int, str], Authorisation] = {
        (each.person, each.line): each.authorisation
        for each in competence.authorisations(
            session, people, on, reader=KEEPER, lines=lines
        )
    }
    return {
        ground: line_state(ground, found, on)
        for ground in grounds
        if (found := held.get((ground.person, ground.subject))) is not None
    }


def _line_names(session: Session) -> Mapping[str, str]:
    return {line.code: line.name for line in topics.topics(session).lines}


def _course_grounds(
    session: Session, people: Collection[int], on: date
) -> list[Ground]:
    found = progress(session, people, None, end_of(on))
    return [
        Ground(
            person=person,
            kind=Kind.COURSE,
            subject=slug,
            rests_on=each.completed_on.toordinal(),
            until=each.ends,
        )
        for (person, slug), each in found.items()
        if each.is_completed and each.completed_on is not None
    ]


def _course_states(
    session: Session, grounds: Collection[Ground], on: date
) -> Mapping[Ground, State]:
    people, slugs = {g.person for g in grounds}, {g.subject for g in grounds}
    found = progress(session, people, slugs, end_of(on))
    states = {}
    for ground in grounds:
        known = found.get((ground.person, ground.subject))
        if known is not None:  # else the course is not offered any more
            states[ground] = course_state(
                ground, known.completed_on, on, holds=known.is_completed
            )
    return states


def _course_names(session: Session) -> Mapping[str, str]:
    every = offered(session, LAST_DAY, reader=READER)
    return {each.slug: each.title for each in every}


def end_of(on: date) -> datetime:
    """Give the last moment of a day: what was done on it counts."""
    return start_of(on + timedelta(days=1)) - timedelta(microseconds=1)


SOURCES: Mapping[Kind, Source] = {
    Kind.LINE: Source(_line_grounds, _line_states, _line_names),
    Kind.COURSE: Source(_course_grounds, _course_states, _course_names),
}
