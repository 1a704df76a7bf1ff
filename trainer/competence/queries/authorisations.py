"""Who may work at which line on a day, and what each is short of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from itertools import product

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.competence.domain.authorising import Act
from trainer.competence.domain.authorising import Authorisation
from trainer.competence.domain.authorising import Event
from trainer.competence.domain.authorising import State
from trainer.competence.domain.authorising import granted
from trainer.competence.domain.authorising import held
from trainer.competence.domain.readying import Readiness
from trainer.competence.domain.standing import Standing
from trainer.competence.models import AuthorisationEventRow
from trainer.competence.queries.judging import bench
from trainer.competence.queries.remembering import believed
from trainer.core.actor import Actor
from trainer.core.clock import start_of
from trainer.people.models import PersonRow
from trainer.people.queries import people_supervised_by
from trainer.topics import queries as topics

ACTS = {act.value: act for act in Act}


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
    framework, spine = topics.competencies(session), topics.topics(session)
    seen = _seen(session, people, on, reader)
    if framework is None or not seen:
        return Overview({}, ())
    by = bench(session, on)
    known = believed(session, by, seen, (framework, spine), reader=reader)
    wanted = [line.code for line in spine.lines if lines is None or line.code in lines]
    events = _events(session, seen, on)
    held_by = []
    for code, key in product(wanted, seen):
        ready = known[key].ready[code]
        now = held(events.get((key, code), ()), ready, on)
        held_by.append(Held(person=key, line=code, authorisation=now, ready=ready))
    return Overview({key: known[key].standings for key in seen}, tuple(held_by))


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


def last_days(
    session: Session, people: Collection[int], on: date
) -> dict[tuple[int, str], date]:
    """Give when what persons have granted ends, by person and business line.

    Who asks must be allowed to look at them: this is not asked here, because plans
    ask of everybody.

    Returns:
        The first day it holds no more, also when that is over. What was revoked, or
        never granted, is left out; a suspension is not.
    """
    found = {key: granted(told) for key, told in _events(session, people, on).items()}
    return {
        key: each.until
        for key, each in found.items()
        if each.until is not None and each.state is not State.REVOKED
    }


def names_of(session: Session, held: Iterable[Held]) -> dict[int, str]:
    """Give the names of those who took steps, by key."""
    keys = {event.by for each in held for event in each.authorisation.events}
    rows = session.execute(
        select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(keys))
    )
    return dict(rows.all())


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
    row = AuthorisationEventRow
    rows = session.execute(
        select(row.person_id, row.line, row.act, row.by, row.at, row.reason, row.until)
        .where(row.person_id.in_(people), row.at < start_of(on + timedelta(1)))
        .order_by(row.number)
    )
    found: dict[tuple[int, str], list[Event]] = defaultdict(list)
    for person, line, act, by, at, reason, until in rows:
        event = Event(act=ACTS[act], by=by, at=at, reason=reason, until=until)
        found[person, line].append(event)
    return found
