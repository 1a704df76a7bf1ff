"""Meetings, for who runs their site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import Row
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy import true
from sqlalchemy.orm import Session

from trainer.core import paging
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.paging import Part
from trainer.core.wording import N_
from trainer.courses.domain.meetings import Attendee
from trainer.courses.domain.meetings import Meeting
from trainer.courses.domain.meetings import MeetingListed
from trainer.courses.domain.meetings import PackItem
from trainer.courses.models import AttendanceRow
from trainer.courses.models import MeetingItemRow
from trainer.courses.models import MeetingRow
from trainer.courses.queries.packs import items_of
from trainer.courses.queries.present import present_at
from trainer.people import queries as people
from trainer.people.domain.places import Site
from trainer.people.models import PersonRow
from trainer.people.models import SiteRow
from trainer.people.queries import people_supervised_by
from trainer.publishing import queries as publishing
from trainer.publishing.models import RevisionRow
from trainer.scenarios.domain.playing import PROMPTER
from trainer.scenarios.queries.opening import pinned


def meetings(session: Session, *, reader: Actor, part: int = 1) -> Part[MeetingListed]:
    """Give a part of the meetings of the sites one runs, the latest first.

    Raises:
        DeniedError: the reader supervises nobody.
    """
    reader.must(Permission.SUPERVISE)
    came = select(func.count()).where(AttendanceRow.meeting_id == MeetingRow.id)
    query = (
        select(
            MeetingRow,
            SiteRow.name.label("site"),
            RevisionRow.title,
            came.scalar_subquery().label("came"),
            func.count().over().label("total"),
        )
        .join(SiteRow, SiteRow.id == MeetingRow.site_id)
        .join(RevisionRow, RevisionRow.id == MeetingRow.revision_id)
        .where(_runs(reader))
        .order_by(MeetingRow.on.desc(), MeetingRow.id.desc())
        .limit(paging.SIZE)
        .offset(paging.offset(part))
    )
    rows = session.execute(query).all()
    total = rows[0].total if rows else 0
    return Part(tuple(map(_listed, rows)), part, total)


def meeting(session: Session, key: int, on: date, *, reader: Actor) -> Meeting:
    """Give a meeting to who runs its site.

    Args:
        session: A session.
        key: The meeting.
        on: Today; whom the reader sees depends on it.
        reader: Who asks.

    Raises:
        DeniedError: the reader supervises nobody.
        NotFoundError: there is none, or it is another site's.
    """
    reader.must(Permission.SUPERVISE)
    found = session.execute(
        select(MeetingRow, SiteRow.name)
        .join(SiteRow, SiteRow.id == MeetingRow.site_id)
        .where(MeetingRow.id == key, _runs(reader))
    ).first()
    if found is None:
        raise NotFoundError(N_("没有这次例会，或者不归您看"))
    row, site_name = found
    revision, scenario = pinned(session, row.revision_id)
    return Meeting(
        id=row.id,
        site=row.site_id,
        site_name=site_name,
        on=row.on,
        revision=revision,
        scenario=scenario,
        told=row.told,
        asked=row.asked,
        items=_items(session, row.id),
        edit=row.edit,
        made_by=row.made_by,
        counted_by=row.counted_by,
        counted_at=row.counted_at,
        counted=row.counted,
        people=_people(session, row, on, reader),
    )


def own_sites(session: Session, *, reader: Actor) -> list[Site]:
    """Give the sites in use whose meetings one prepares."""
    if not reader.may(Permission.SUPERVISE):
        return []
    scope = reader.scope
    return [
        site
        for site in people.sites(session)
        if site.active and (scope.everybody or site.id in scope.sites)
    ]


def people_of(
    session: Session, site: int, day: date, on: date, *, reader: Actor
) -> dict[int, str]:
    """Give the names of who works at a site on a day and exists for a reader."""
    rows = session.execute(
        select(PersonRow.id, PersonRow.name)
        .where(
            PersonRow.id.in_(present_at(site, day)),
            PersonRow.active,
            people_supervised_by(reader, on),
        )
        .order_by(PersonRow.name)
    )
    return {key: name for key, name in rows}  # noqa: C416  (a row is no pair)


def attended(session: Session, key: int) -> dict[int, str]:
    """Give the names of who is recorded at a meeting, by key of the person."""
    rows = session.execute(
        select(PersonRow.id, PersonRow.name)
        .join(AttendanceRow, AttendanceRow.person_id == PersonRow.id)
        .where(AttendanceRow.meeting_id == key)
    )
    return {person: name for person, name in rows}  # noqa: C416  (likewise)


def _runs(reader: Actor) -> ColumnElement[bool]:
    if reader.scope.everybody:
        return true()
    return MeetingRow.site_id.in_(reader.scope.sites)


def _listed(row: Row[Any]) -> MeetingListed:
    held: MeetingRow = row.MeetingRow
    return MeetingListed(
        id=held.id,
        site=row.site,
        on=held.on,
        title=row.title,
        came=None if held.counted_by is None else row.came,
    )


def _items(session: Session, key: int) -> tuple[PackItem, ...]:
    """Give the items of a meeting as they read when it was prepared."""
    rows = session.scalars(
        select(MeetingItemRow)
        .where(MeetingItemRow.meeting_id == key)
        .order_by(MeetingItemRow.position)
    ).all()
    texts = publishing.revisions(
        session, {row.revision_id for row in rows}, reader=PROMPTER
    )
    known = {
        (text.id, each.item.id): each
        for text in texts.values()
        for each in items_of(text)
    }
    return tuple(known[row.revision_id, row.item] for row in rows)


def _people(
    session: Session, row: MeetingRow, on: date, reader: Actor
) -> tuple[Attendee, ...]:
    came: Mapping[int, str] = attended(session, row.id)
    there = people_of(session, row.site_id, row.on, on, reader=reader)
    everybody = sorted({**there, **came}.items(), key=lambda pair: pair[1])
    return tuple(Attendee(key, name, key in came) for key, name in everybody)
