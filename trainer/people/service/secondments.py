"""Secondments: begun, arranged, changed, ended; history is kept.

A person works at one place at a time: the days of his secondments never overlap,
and at most one has no end yet (the database holds that too).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import datetime
from typing import cast

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.audit.domain import digest
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.db import queue_up
from trainer.people import queries
from trainer.people.domain.secondments import AlreadySecondedError
from trainer.people.domain.secondments import Arrangement
from trainer.people.domain.secondments import DaysMixedUpError
from trainer.people.domain.secondments import Listed
from trainer.people.domain.secondments import Placement
from trainer.people.domain.secondments import may_arrange
from trainer.people.domain.secondments import must_be_possible
from trainer.people.domain.secondments import overlap
from trainer.people.models import OrganisationRow
from trainer.people.models import PersonRow
from trainer.people.models import PostRow
from trainer.people.models import SeatRow
from trainer.people.models import SecondmentLineRow
from trainer.people.models import SecondmentRow
from trainer.people.models import SiteRow
from trainer.people.service.accounts import PLACE
from trainer.topics import queries as topics

Known = OrganisationRow | SiteRow | SeatRow | PersonRow


def send(
    session: Session, person: int, placement: Placement, *, by: Actor, at: datetime
) -> Listed:
    """Begin a secondment; its first day may be in the future or the past.

    Raises:
        AlreadySecondedError: the person works elsewhere on some of these days.
        DaysMixedUpError, OwnMentorError: see :func:`must_be_possible`.
        NotFoundError: the person, the place or the seat is none, or not in use.
    """
    by.must(Permission.ADMINISTER)
    queue_up(session, PLACE)
    if session.get(PersonRow, person) is None:
        raise NotFoundError(N_("没有这个人"))
    row = SecondmentRow(person_id=person, ends_on=None, end_reason="")
    _must_fit(session, row, placement)
    _write(session, row, placement)
    return _noted(session, row, "secondment.begun", None, by=by, at=at)


def move_secondment(
    session: Session, key: int, placement: Placement, *, by: Actor, at: datetime
) -> Listed:
    """Send the person of a secondment elsewhere: the old one ends as the new begins.

    Raises: as :func:`send` and :func:`end_secondment`.
    """
    old = _row(session, key, by)
    reason = placement.reason or "调动"
    end_secondment(session, key, placement.begins_on, reason, by=by, at=at)
    return send(session, old.person_id, placement, by=by, at=at)


def change_secondment(
    session: Session, key: int, placement: Placement, *, by: Actor, at: datetime
) -> Listed:
    """Correct or prolong a secondment; raises as :func:`send`."""
    row = _row(session, key, by)
    before = _seen(session, row, by, at)
    if row.ends_on is not None and row.ends_on <= placement.begins_on:
        raise DaysMixedUpError(N_("第一天晚于实际离开的日子；请核对"))
    _must_fit(session, row, placement)
    _write(session, row, placement)
    return _noted(session, row, "secondment.changed", before, by=by, at=at)


def arrange_secondment(
    session: Session, key: int, arrangement: Arrangement, *, by: Actor, at: datetime
) -> Listed:
    """Set seat, mentor, successor and lines; the supervisor of the site may do it.

    Raises:
        DeniedError: the reader sees the person but does not run the site.
        NotFoundError: there is none, or not for this reader.
    """
    queue_up(session, PLACE)
    before = queries.secondment(session, key, day_of(at), reader=by)
    placement = before.secondment.placement
    if not may_arrange(by, placement.site):
        raise DeniedError(N_("窗口、带教和接替由所在网点的主管或系统管理员安排"))
    row = session.get_one(SecondmentRow, key)
    placement = replace(placement, arrangement=arrangement)
    _must_fit(session, row, placement)
    _write(session, row, placement)
    return _noted(session, row, "secondment.arranged", before, by=by, at=at)


def end_secondment(
    session: Session, key: int, on: date, reason: str, *, by: Actor, at: datetime
) -> Listed:
    """End a secondment; the account stays, and so does all the person has done.

    Args:
        session: A session.
        key: The secondment.
        on: First day on which the person is no longer there; may be in the future.
        reason: Why, not empty.
        by: Who acts.
        at: Now.

    Raises:
        DaysMixedUpError: it would end before it began.
    """
    row = _row(session, key, by)
    before = _seen(session, row, by, at)
    if on <= row.begins_on:
        raise DaysMixedUpError(N_("离开的日子须晚于第一天；还没到岗的请用“取消”"))
    if not reason.strip():
        raise TrainerError(N_("请写明离开的原因，例如：派驻期满"))
    row.ends_on, row.end_reason = on, reason.strip()
    session.flush()
    return _noted(session, row, "secondment.ended", before, by=by, at=at)


def resume_secondment(session: Session, key: int, *, by: Actor, at: datetime) -> Listed:
    """Take back an end that was a mistake.

    Raises:
        AlreadySecondedError: the person works elsewhere by now.
    """
    row = _row(session, key, by)
    before = _seen(session, row, by, at)
    row.ends_on, row.end_reason = None, ""
    _must_fit(session, row, before.secondment.placement)
    session.flush()
    return _noted(session, row, "secondment.resumed", before, by=by, at=at)


def call_off_secondment(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Take back a secondment that should never have been: it lasts no day."""
    row = _row(session, key, by)
    before = _seen(session, row, by, at)
    row.ends_on, row.end_reason = row.begins_on, "取消"
    session.flush()
    audit.record(session, _entry("secondment.called_off", before, None, by), at=at)


def _row(session: Session, key: int, by: Actor) -> SecondmentRow:
    by.must(Permission.ADMINISTER)
    queue_up(session, PLACE)
    row = session.get(SecondmentRow, key)
    if row is None:
        raise NotFoundError(N_("没有这条任职记录"))
    return row


def _must_fit(session: Session, row: SecondmentRow, placement: Placement) -> None:
    """Check a placement against the person's other ones and what there is."""
    must_be_possible(row.person_id, placement)
    others = select(SecondmentRow).where(SecondmentRow.person_id == row.person_id)
    own = (placement.begins_on, row.ends_on)
    with session.no_autoflush:
        for other in session.scalars(others):
            if other is not row and overlap(own, (other.begins_on, other.ends_on)):
                raise AlreadySecondedError(
                    N_("此人这段时间已在别处任职；请先办原任职的离开，或用“调动”")
                )
    _must_be_there(session, row, placement)


def _must_be_there(session: Session, row: SecondmentRow, placement: Placement) -> None:
    """Check places and people; one that is no longer in use may stay, not come."""
    arranged = placement.arrangement
    wanted: tuple[tuple[type[Known], int | None, int | None, str], ...] = (
        (OrganisationRow, placement.organisation, row.organisation_id, N_("派出单位")),
        (SiteRow, placement.site, row.site_id, N_("网点")),
        (SeatRow, arranged.seat, row.seat_id, N_("窗口或座席")),
        (PersonRow, arranged.mentor, row.mentor_id, N_("带教老师")),
        (PersonRow, arranged.successor, row.successor_id, N_("接替人")),
    )
    for table, key, before, name in wanted:
        if key is None or key == before:
            continue
        found = cast("Known | None", session.get(table, key))
        if found is None or not found.active:
            raise NotFoundError(N_("{name}不存在或已停用；请重新选择", name=name))
    seat = session.get(SeatRow, arranged.seat) if arranged.seat else None
    if seat is not None and seat.site_id != placement.site:
        raise TrainerError(N_("所选窗口不在这个网点；请重新选择"))
    if placement.post and session.get(PostRow, placement.post) is None:
        raise NotFoundError(N_("没有这个岗位"))
    known = {line.code for line in topics.topics(session).lines}
    if unknown := arranged.lines - known:
        raise NotFoundError(
            N_("没有这项业务：{businesses}", businesses=sorted(unknown))
        )


def _write(session: Session, row: SecondmentRow, placement: Placement) -> None:
    arranged = placement.arrangement
    row.organisation_id, row.site_id = placement.organisation, placement.site
    row.begins_on, row.planned_to = placement.begins_on, placement.planned_to
    row.post_code, row.reason = placement.post or None, placement.reason.strip()
    row.seat_id = arranged.seat
    row.mentor_id, row.successor_id = arranged.mentor, arranged.successor
    session.add(row)
    session.flush()
    lines = SecondmentLineRow
    session.execute(delete(lines).where(lines.secondment_id == row.id))
    session.add_all(lines(secondment_id=row.id, line=line) for line in arranged.lines)
    session.flush()


def _seen(session: Session, row: SecondmentRow, by: Actor, at: datetime) -> Listed:
    return queries.secondment(session, row.id, day_of(at), reader=by)


def _noted(
    session: Session,
    row: SecondmentRow,
    verb: str,
    before: Listed | None,
    *,
    by: Actor,
    at: datetime,
) -> Listed:
    after = _seen(session, row, by, at)
    audit.record(session, _entry(verb, before, after, by), at=at)
    return after


def _entry(verb: str, before: Listed | None, after: Listed | None, by: Actor) -> Entry:
    known = after or before
    return Entry(
        person=by.person,
        verb=verb,
        object=f"secondment/{known.secondment.id}" if known else "",
        before=_digest(before),
        after=_digest(after),
    )


def _digest(listed: Listed | None) -> str:
    """Stand for keys and days only; lines in order, as a set has none."""
    if listed is None:
        return ""
    held = listed.secondment
    lines = sorted(held.placement.arrangement.lines)
    bare = replace(held.placement.arrangement, lines=frozenset())
    placement = replace(held.placement, arrangement=bare)
    return digest(repr((replace(held, placement=placement), lines)))
