"""Who may work at which line on a day, and what each is short of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.competence.domain.authorising import Act
from trainer.competence.domain.authorising import Authorisation
from trainer.competence.domain.authorising import Event
from trainer.competence.domain.authorising import Need
from trainer.competence.domain.authorising import Readiness
from trainer.competence.domain.authorising import held
from trainer.competence.domain.authorising import readiness
from trainer.competence.domain.standing import Standing
from trainer.competence.models import AuthorisationEventRow
from trainer.competence.queries.judging import bench
from trainer.competence.queries.knowing import judged
from trainer.core.actor import Actor
from trainer.core.clock import start_of
from trainer.people.models import PersonRow
from trainer.people.queries import people_supervised_by
from trainer.topics import queries as topics
from trainer.topics.domain.competencies import ALL
from trainer.topics.domain.competencies import Competencies
from trainer.topics.domain.lines import Line

GENERAL_TIER = "onboarding"
"""What every line asks for beside its own: the general competencies of this tier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What holds for a person and a line, and what it rests on."""

    person: int
    line: str
    authorisation: Authorisation
    ready: Readiness

    @property
    def is_proposed(self) -> bool:
        """Whether the rule proposes to let the person work alone, and nobody has."""
        return self.ready.is_reached and not self.authorisation.may_work


@dataclass(frozen=True, slots=True)
class Overview:
    """Some people on a day: what is believed of each, and what each may do.

    Attributes:
        standings: By person and competency, in the order of logins.
        held: By line of the file and by login.
    """

    standings: Mapping[int, Mapping[str, Standing]]
    held: Sequence[Held]


def overview(
    session: Session,
    people: Collection[int],
    on: date,
    *,
    reader: Actor,
    lines: Collection[str] | None = None,
) -> Overview:
    """Give all there is of some people; who is not for the reader is left out."""
    framework = topics.competencies(session)
    seen = _seen(session, people, on, reader)
    if framework is None or not seen:
        return Overview({}, ())
    codes = [c.code for c in framework.competencies]
    by = bench(session, on)
    known = judged(session, by, seen, codes, reader=reader)
    events = _events(session, seen, on)
    held_by = []
    for line in topics.topics(session).lines:
        if lines is not None and line.code not in lines:
            continue
        needs = needs_of(line, framework)
        for key in seen:
            ready = readiness(line.code, line.risk, needs, known[key])
            now = held(events.get((key, line.code), ()), ready, on)
            held_by.append(
                Held(person=key, line=line.code, authorisation=now, ready=ready)
            )
    return Overview({key: known[key] for key in seen}, tuple(held_by))


def authorisations(
    session: Session,
    people: Collection[int],
    on: date,
    *,
    reader: Actor,
    lines: Collection[str] | None = None,
) -> Sequence[Held]:
    """Give what holds for some people on a day, by line of the file and by login."""
    return overview(session, people, on, reader=reader, lines=lines).held


def needs_of(line: Line, framework: Competencies) -> tuple[Need, ...]:
    """Give what a line asks for: its own competencies, and the general ones."""
    return tuple(
        Need(code=c.code, core=line.code in c.lines)
        for c in framework.competencies
        if line.code in c.lines or (c.lines == (ALL,) and GENERAL_TIER in c.tiers)
    )


def _seen(
    session: Session, people: Collection[int], on: date, reader: Actor
) -> list[int]:
    rows = session.scalars(
        select(PersonRow.id)
        .where(PersonRow.id.in_(people), people_supervised_by(reader, on))
        .order_by(PersonRow.login)
    )
    return list(rows)


def _events(
    session: Session, people: Collection[int], on: date
) -> Mapping[tuple[int, str], Sequence[Event]]:
    """Give the steps taken before the end of a day."""
    rows = session.scalars(
        select(AuthorisationEventRow)
        .where(
            AuthorisationEventRow.person_id.in_(people),
            AuthorisationEventRow.at < start_of(on + timedelta(1)),
        )
        .order_by(AuthorisationEventRow.number)
    )
    found: dict[tuple[int, str], list[Event]] = defaultdict(list)
    for row in rows:
        found[row.person_id, row.line].append(
            Event(
                act=Act(row.act),
                by=row.by,
                at=row.at,
                reason=row.reason,
                until=row.until,
            )
        )
    return found
