"""Plays by two, for who takes part in them and who looks after the clerk.

Who played the citizen learns no mark: a colleague never sees another's weak points.
"""

from __future__ import annotations

from datetime import date
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import Row
from sqlalchemy import Select
from sqlalchemy import case
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import aliased

from trainer.audit import queries as audit
from trainer.audit.domain import Entry
from trainer.core import paging
from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.paging import Part as ListPart
from trainer.core.wording import N_
from trainer.people.models import PersonRow
from trainer.publishing.models import RevisionRow
from trainer.scenarios.domain.live import Live
from trainer.scenarios.domain.live import LiveListed
from trainer.scenarios.domain.live import LiveState
from trainer.scenarios.domain.live import Part
from trainer.scenarios.domain.live import Said
from trainer.scenarios.models import LiveMarkRow
from trainer.scenarios.models import LiveRow
from trainer.scenarios.models import SaidRow
from trainer.scenarios.queries.live_people import LOOK_AFTER
from trainer.scenarios.queries.live_people import overseen
from trainer.scenarios.queries.opening import pinned

MISSING = N_("没有这次演练，或者不归您看")

_Clerk, _Citizen, _Observer = (aliased(PersonRow) for _ in range(3))


def live(session: Session, key: int, on: date, *, reader: Actor) -> Live:
    """Give a play to who takes part in it, has set it up, or looks after the clerk.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    row = session.execute(
        _rows(_is_overseen(reader, on).label("overseen")).where(
            LiveRow.id == key, _exists_for(reader, on)
        )
    ).first()
    if row is None:
        raise NotFoundError(MISSING)
    held: LiveRow = row.LiveRow
    revision, scenario = pinned(session, held.revision_id)
    return Live(
        id=held.id,
        state=LiveState(held.state),
        revision=revision,
        scenario=scenario,
        case=held.situation,
        people=people_in(held),
        names=_names(row),
        parts=_parts(held, reader),
        looks_after=bool(row.overseen),
        made_at=held.made_at,
        ended_at=held.ended_at,
        walked=held.walked_at is not None,
        judged=held.judged_at is not None,
        said=said(session, held.id),
        marks=marks(session, held.id),
        comment=held.comment,
        score=None if held.score is None else Fraction(held.score),
        void_reason=held.void_reason,
    )


def with_part(
    session: Session, key: int, part: Part, on: date, *, reader: Actor
) -> Live:
    """Give a play to who has a part in it.

    Raises:
        NotFoundError: there is none, or the reader has another part, or none.
    """
    found = live(session, key, on, reader=reader)
    if part not in found.parts:
        raise NotFoundError(MISSING)
    return found


def own_lives(
    session: Session, *, reader: Actor, part: int = 1
) -> ListPart[LiveListed]:
    """Give a part of the plays one takes part in: open ones first, newest first."""
    return _listed(session, _takes_part(reader), reader, part)


def overseen_lives(
    session: Session, on: date, *, reader: Actor, part: int = 1
) -> ListPart[LiveListed]:
    """Give a part of the plays whose clerk one looks after; empty for who has none."""
    if not LOOK_AFTER & reader.permissions:
        return ListPart((), part, 0)
    which = _is_overseen(reader, on)
    return _listed(session, which, reader, part, oversees=True)


def said(session: Session, live: int) -> tuple[Said, ...]:
    """Give the script of a play, in order."""
    query = select(SaidRow).where(SaidRow.live_id == live).order_by(SaidRow.number)
    return tuple(
        Said(
            number=row.number,
            node=row.node,
            choice=row.choice,
            note=row.note,
            taken_back=row.taken_back,
        )
        for row in session.scalars(query)
    )


def marks(session: Session, live: int) -> dict[str, int]:
    """Give the levels of a play by line of the rubric."""
    query = select(LiveMarkRow.line, LiveMarkRow.level)
    rows = session.execute(query.where(LiveMarkRow.live_id == live))
    return {line: level for line, level in rows}  # noqa: C416  (a row is no pair)


def people_in(row: LiveRow) -> dict[Part, int]:
    """Give the keys of who takes part."""
    return {
        Part.CLERK: row.clerk_id,
        Part.CITIZEN: row.citizen_id,
        Part.OBSERVER: row.observer_id,
    }


def live_look(key: int, reader: Actor) -> Entry:
    """Give the entry of a look at somebody's result."""
    return Entry(person=reader.person, verb="live.looked", object=f"live/{key}")


def live_needs_note(session: Session, key: int, at: datetime, *, reader: Actor) -> bool:
    """Tell whether a look at somebody's result is still to be noted."""
    return not audit.has_looked(session, live_look(key, reader), at=at)


def _rows(*more: ColumnElement[Any]) -> Select[Any]:
    return (
        select(
            LiveRow,
            RevisionRow.title,
            _Clerk.name.label(Part.CLERK),
            _Citizen.name.label(Part.CITIZEN),
            _Observer.name.label(Part.OBSERVER),
            *more,
        )
        .join(RevisionRow, RevisionRow.id == LiveRow.revision_id)
        .join(_Clerk, _Clerk.id == LiveRow.clerk_id)
        .join(_Citizen, _Citizen.id == LiveRow.citizen_id)
        .join(_Observer, _Observer.id == LiveRow.observer_id)
    )


def _exists_for(reader: Actor, on: date) -> ColumnElement[bool]:
    mine = _takes_part(reader) | (LiveRow.made_by == reader.person)
    return mine | _is_overseen(reader, on)


def _takes_part(reader: Actor) -> ColumnElement[bool]:
    row = LiveRow
    return or_(
        *(who == reader.person for who in (row.clerk_id, row.citizen_id)),
        row.observer_id == reader.person,
    )


def _is_overseen(reader: Actor, on: date) -> ColumnElement[bool]:
    if not LOOK_AFTER & reader.permissions:
        return LiveRow.id.is_(None)
    held = select(PersonRow.id).where(overseen(reader, on)).correlate(None)
    return LiveRow.clerk_id.in_(held)


def _listed(
    session: Session,
    which: ColumnElement[bool],
    reader: Actor,
    part: int,
    *,
    oversees: bool = False,
) -> ListPart[LiveListed]:
    is_open = LiveRow.state == LiveState.OPEN
    query = (
        _rows(func.count().over().label("total"))
        .where(which)
        .order_by(case((is_open, 0), else_=1), LiveRow.id.desc())
        .limit(paging.SIZE)
        .offset(paging.offset(part))
    )
    rows = session.execute(query).all()
    total = rows[0].total if rows else 0
    return ListPart(tuple(_in_list(r, reader, oversees) for r in rows), part, total)


def _in_list(row: Row[Any], reader: Actor, oversees: bool) -> LiveListed:  # noqa: FBT001  (one caller)
    held: LiveRow = row.LiveRow
    parts = _parts(held, reader)
    # Who only played the citizen is not told what came of it.
    told = held.score is not None and (oversees or parts != {Part.CITIZEN})
    return LiveListed(
        id=held.id,
        title=row.title,
        state=LiveState(held.state),
        made_at=held.made_at,
        ended_at=held.ended_at,
        names=_names(row),
        parts=parts,
        score=Fraction(held.score or 0) if told else None,
    )


def _names(row: Row[Any]) -> dict[Part, str]:
    return {part: getattr(row, part.value) for part in Part}


def _parts(row: LiveRow, reader: Actor) -> frozenset[Part]:
    return frozenset(p for p, key in people_in(row).items() if key == reader.person)
