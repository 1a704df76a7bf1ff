"""Reads of the ledger."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.wording import N_
from trainer.evidence.domain import Fact
from trainer.evidence.domain import FactKind
from trainer.evidence.models import FactRow
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells
from trainer.people.models import PersonRow
from trainer.people.queries import people_supervised_by

KINDS = {kind.value: kind for kind in FactKind}
COLUMNS = (
    FactRow.id,
    *(FactRow.person_id, FactRow.competency, FactRow.item, FactRow.happened_at),
    *(FactRow.outcome, FactRow.kind, FactRow.weight, FactRow.guess),
    *(FactRow.revision_id, FactRow.source, FactRow.revokes),
)
"""Single columns: a thousand rows of them come several times faster than objects."""


def facts(
    session: Session,
    people: Collection[int],
    on: date,
    *,
    reader: Actor,
    until: datetime | None = None,
    since: datetime | None = None,
) -> list[Fact]:
    """Give what is recorded of some people, oldest first, revocations included.

    Args:
        session: A session.
        people: Keys of the people; those whose work is not for the reader to look
            at are as if they had no facts.
        on: The day; who supervises whom depends on it.
        reader: Who asks.
        until: Leave out what was recorded later; None is everything.
        since: Leave out what was recorded earlier; None is everything.
    """
    return [
        fact
        for _, fact in numbered(
            session, people, on, reader=reader, until=until, since=since
        )
    ]


def numbered(  # noqa: PLR0913  (whose, when and since when, each by name)
    session: Session,
    people: Collection[int],
    on: date,
    *,
    reader: Actor,
    until: datetime | None = None,
    since: datetime | None = None,
    after: int = 0,
) -> list[tuple[int, Fact]]:
    """Give facts with their keys; ``after`` leaves out those with smaller ones.

    Keys rise as facts are recorded, so what is new since a key is what has a greater
    one. The rest is as for :func:`facts`.
    """
    seen = select(PersonRow.id).where(people_supervised_by(reader, on))
    query = select(*COLUMNS).where(
        FactRow.person_id.in_(people), FactRow.person_id.in_(seen), FactRow.id > after
    )
    if until is not None:
        query = query.where(FactRow.recorded_at <= until)
    if since is not None:
        query = query.where(FactRow.recorded_at >= since)
    rows = session.execute(query.order_by(FactRow.happened_at, FactRow.id))
    return [(number, _fact(*row)) for number, *row in rows]


def traffic(session: Session, before: datetime) -> dict[tuple[str, str], int]:
    """Count what was asked before a moment, by competency and item; of nobody."""
    rows = session.execute(
        select(FactRow.competency, FactRow.item, func.count())
        .where(FactRow.recorded_at < before, FactRow.item != "", FactRow.revokes == "")
        .group_by(FactRow.competency, FactRow.item)
    )
    return {(competency, item): number for competency, item, number in rows}


def last_number(session: Session, until: datetime | None = None) -> int:
    """Give the greatest key of what was recorded until a moment, 0 for none."""
    keys = select(func.max(FactRow.id))
    if until is not None:
        keys = keys.where(FactRow.recorded_at <= until)
    return session.scalar(keys) or 0


def latest(
    session: Session, *, after: int = 0, people: Collection[int] | None = None
) -> dict[int, int]:
    """Give the key of the last fact by person.

    Args:
        session: A session.
        after: Only facts with greater keys.
        people: Only these; None is everybody.
    """
    keys = select(FactRow.person_id, func.max(FactRow.id)).where(FactRow.id > after)
    if people is not None:
        keys = keys.where(FactRow.person_id.in_(people))
    return dict(session.execute(keys.group_by(FactRow.person_id)).all())


def people_with(session: Session) -> list[int]:
    """Give the keys of all people of whom there is a fact."""
    return list(session.scalars(select(FactRow.person_id).distinct()))


def own_data(session: Session, at: datetime, reader: Actor) -> list[Chapter]:
    """Give the learning record of whoever asks, for the export of his own data."""
    found = facts(session, [reader.person], day_of(at), reader=reader, until=at)
    columns = (
        N_("发生时间"),
        N_("能力项"),
        N_("内容"),
        N_("得分比例"),
        N_("怎样看到的"),
        N_("来源"),
        N_("撤销"),
    )
    told = tuple(
        cells(
            f.happened_at, f.competency, f.item, f.outcome, f.kind, f.source, f.revokes
        )
        for f in found
    )
    return [Chapter(N_("学习记录"), columns, told)]


def _fact(  # noqa: PLR0913, PLR0917  (the columns, in their order)
    person: int,
    competency: str,
    item: str,
    happened_at: datetime,
    outcome: float,
    kind: str,
    weight: float,
    guess: float | None,
    revision: int | None,
    source: str,
    revokes: str,
) -> Fact:
    return Fact(
        person=person,
        competency=competency,
        item=item,
        happened_at=happened_at,
        outcome=outcome,
        kind=KINDS[kind],
        weight=weight,
        guess=guess,
        revision=revision,
        source=source,
        revokes=revokes,
    )
