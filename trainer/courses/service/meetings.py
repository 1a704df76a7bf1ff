"""Use cases of meetings: preparing a pack, changing it, recording who was there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.courses import queries
from trainer.courses.domain.meetings import ChangedMeanwhileError
from trainer.courses.domain.meetings import CountedError
from trainer.courses.domain.meetings import NotCounterError
from trainer.courses.domain.meetings import Pack
from trainer.courses.domain.meetings import must_be_whole
from trainer.courses.domain.meetings import must_prepare
from trainer.courses.domain.meetings import must_work_there
from trainer.courses.models import AttendanceRow
from trainer.courses.models import MeetingItemRow
from trainer.courses.models import MeetingRow
from trainer.people import service as people
from trainer.publishing import queries as publishing
from trainer.scenarios import queries as scenarios


def prepare(session: Session, pack: Pack, *, by: Actor, at: datetime) -> int:
    """Prepare a meeting; the same form a second time gives the same one.

    Returns:
        Its key.

    Raises:
        DeniedError: the caller does not run the site.
        CaseMissingError: case or question is empty.
        NotAnonymousError: one of them holds a number that may be somebody's.
        NotThreeItemsError: there are not three different items.
        UnknownItemError: one is not in force.
        NotFoundError: there is no such scenario.
    """
    must_prepare(by, pack.site)
    people.hold_person(session, by.person)
    known = select(MeetingRow.id).where(
        MeetingRow.made_by == by.person, MeetingRow.once == pack.once
    )
    if (key := session.scalar(known)) is not None:
        return key
    row = MeetingRow(
        once=pack.once,
        site_id=pack.site,
        edit=0,
        made_by=by.person,
        made_at=at,
        counted=0,
    )
    _fill(session, row, pack, by=by)
    _note(session, row, "prepared", by=by, at=at)
    return row.id


def change(session: Session, key: int, pack: Pack, *, by: Actor, at: datetime) -> None:
    """Change the pack of a meeting; its site stays.

    Raises:
        CountedError: attendance is recorded, and the day would be another one.
        ChangedMeanwhileError: somebody else saved it since the page was shown.
        NotFoundError: there is no such meeting for the caller.
        TrainerError: as :func:`prepare`.
    """
    row = _locked(session, key, by=by, at=at)
    must_prepare(by, row.site_id)
    if row.edit != pack.based_on:
        raise ChangedMeanwhileError
    if row.counted_by is not None and row.on != pack.on:
        raise CountedError
    _fill(session, row, pack, by=by)
    _note(session, row, "changed", by=by, at=at)


def record_attendance(
    session: Session,
    key: int,
    came: Collection[int],
    *,
    seen: int,
    by: Actor,
    at: datetime,
) -> None:
    """Record who was at a meeting, or correct it; the same again changes nothing.

    Args:
        session: A session.
        key: The meeting.
        came: Keys of the people.
        seen: How often it was recorded when the page was shown.
        by: Who records it; only he corrects it.
        at: Now.

    Raises:
        NotFoundError: there is no such meeting for the caller.
        NotCounterError: somebody else has recorded it.
        ChangedMeanwhileError: it was corrected since the page was shown.
        NotThereError: somebody does not work at the site on that day.
    """
    row = _locked(session, key, by=by, at=at)
    found = queries.meeting(session, key, day_of(at), reader=by)
    if not found.may_count(by):
        raise NotCounterError
    must_work_there(came, {each.person for each in found.people})
    before = {each.person for each in found.people if each.came}
    if before == set(came) and row.counted_by is not None:
        return
    if row.counted != seen:
        raise ChangedMeanwhileError
    _write_attendance(session, row, frozenset(came), before)
    act = "attended" if row.counted_by is None else "corrected"
    row.counted_by, row.counted_at, row.counted = by.person, at, row.counted + 1
    session.flush()
    _note(session, row, act, by=by, at=at)


def _write_attendance(
    session: Session, row: MeetingRow, came: Collection[int], before: Collection[int]
) -> None:
    gone = delete(AttendanceRow).where(AttendanceRow.meeting_id == row.id)
    session.execute(gone.where(AttendanceRow.person_id.not_in(came)))
    session.add_all(
        AttendanceRow(meeting_id=row.id, person_id=person)
        for person in sorted(set(came) - set(before))
    )


def _locked(session: Session, key: int, *, by: Actor, at: datetime) -> MeetingRow:
    """Fetch a meeting that exists for the caller, for himself alone."""
    queries.meeting(session, key, day_of(at), reader=by)
    query = select(MeetingRow).where(MeetingRow.id == key).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _fill(session: Session, row: MeetingRow, pack: Pack, *, by: Actor) -> None:
    """Write a pack, with the texts that hold on the day of the meeting."""
    on = pack.on
    known = queries.items_on(session, on, reader=by)
    must_be_whole(pack, known)
    revision, _ = scenarios.scenario_on(session, pack.scenario, on, reader=by)
    row.on, row.scenario, row.revision_id = pack.on, pack.scenario, revision.id
    row.told, row.asked = pack.told.strip(), pack.asked.strip()
    row.edit += 1
    session.add(row)
    session.flush()
    session.execute(delete(MeetingItemRow).where(MeetingItemRow.meeting_id == row.id))
    pairs = [address.partition("#") for address in pack.items]
    slugs = {slug for slug, _, _ in pairs}
    texts = publishing.in_force(session, on, reader=by, slugs=slugs)
    keys = {text.slug: text.id for text in texts}
    session.add_all(
        MeetingItemRow(
            meeting_id=row.id, position=position, revision_id=keys[slug], item=item
        )
        for position, (slug, _, item) in enumerate(pairs, start=1)
    )
    session.flush()


def _note(
    session: Session, row: MeetingRow, act: str, *, by: Actor, at: datetime
) -> None:
    entry = Entry(person=by.person, verb=f"meeting.{act}", object=f"meeting/{row.id}")
    audit.record(session, entry, at=at)
