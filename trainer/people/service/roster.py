"""Rosters on their way in and out: uploaded, corrected, dropped; taken away.

What confirming and undoing do is in :mod:`.roster_applying` and
:mod:`.roster_undoing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.audit.domain.exporting import Export
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import ConflictError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.people.domain.roster.commands import Correction
from trainer.people.domain.roster.drafts import KEPT
from trainer.people.domain.roster.drafts import ChangedMeanwhileError
from trainer.people.domain.roster.drafts import Draft
from trainer.people.domain.roster.drafts import State
from trainer.people.domain.roster.drafts import draft_of
from trainer.people.domain.roster.fields import Field
from trainer.people.domain.roster.fields import must_be_mapped
from trainer.people.domain.roster.planning import Plan
from trainer.people.domain.roster.planning import logins
from trainer.people.domain.roster.planning import plan
from trainer.people.models import RosterImportRow
from trainer.people.queries import roster as queries


class NotWaitingError(ConflictError):
    """The import was confirmed, dropped or wiped before."""


def upload_roster(session: Session, draft: Draft, *, by: Actor, at: datetime) -> int:
    """Keep a sheet until it is confirmed, and give its key; wipes what is old."""
    by.must(Permission.ADMINISTER)
    wipe_old_rosters(session, at=at)
    row = RosterImportRow(
        state=State.WAITING.value,
        edit=1,
        made_by=by.person,
        made_at=at,
        counts={},
        content=draft.as_json(),
    )
    session.add(row)
    session.flush()
    note(session, "roster.uploaded", row.id, by, str(len(draft.rows)), at=at)
    return row.id


def choose_columns(
    session: Session,
    key: int,
    chosen: Sequence[Field | None],
    *,
    edit: int,
    by: Actor,
    at: datetime,
) -> None:
    """Say what the columns mean.

    Raises:
        MappingError: they do not say enough, or say it twice.
        NotWaitingError, ChangedMeanwhileError: see :func:`waiting`.
    """
    row = waiting(session, key, by, at, edit)
    draft = draft_of(row.content or {})
    if len(chosen) != len(draft.header):
        raise ChangedMeanwhileError(N_("列数对不上；请刷新页面再选"))
    must_be_mapped(chosen)
    _keep(session, row, replace(draft, chosen=tuple(chosen)))


def correct_roster(
    session: Session, key: int, correction: Correction, *, by: Actor, at: datetime
) -> None:
    """Type cells anew, leave rows out or take them back in, tick places to make.

    Raises:
        NotWaitingError, ChangedMeanwhileError: see :func:`waiting`.
    """
    row = waiting(session, key, by, at, correction.edit)
    _keep(session, row, draft_of(row.content or {}).after(correction))


def drop_roster(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Give an import up; its rows are wiped at once."""
    row = waiting(session, key, by, at)
    row.state, row.content = State.DROPPED.value, None
    session.flush()
    note(session, "roster.dropped", key, by, at=at)


def wipe_old_rosters(session: Session, *, at: datetime) -> int:
    """Wipe the rows of imports older than seven days; gives how many those were.

    A serving process does it every hour, and so does each upload. Reading shows
    nothing older in any case.
    """
    row = RosterImportRow
    old = session.scalars(
        update(row)
        .where(
            row.made_at <= at - KEPT,
            or_(row.content.is_not(None), row.journal.is_not(None)),
        )
        .values(content=None, journal=None)
        .returning(row.id)
    )
    return len(old.all())


def planned(session: Session, draft: Draft, *, by: Actor, at: datetime) -> Plan:
    """Plan what a sheet will do, as of now; writes nothing."""
    lines = draft.lines()
    known = queries.known(session, logins(lines), reader=by)
    return plan(lines, draft.taken, known, on=day_of(at), by=by.person)


def record_export(session: Session, note: Export, *, by: Actor, at: datetime) -> None:
    """Keep that a roster is taken away, and why; before it is handed out.

    Raises:
        DeniedError: for somebody who neither administers nor supervises.
        ReasonTooShortError: it was not said why.
    """
    if not by.may(Permission.ADMINISTER):
        by.must(Permission.SUPERVISE)
    audit.exported(session, note, by=by, at=at)


def waiting(
    session: Session, key: int, by: Actor, at: datetime, edit: int | None = None
) -> RosterImportRow:
    """Take an import that waits, so that nobody else changes it meanwhile.

    Raises:
        NotFoundError: there is none.
        NotWaitingError: it was confirmed, dropped or wiped.
        ChangedMeanwhileError: somebody changed what the form had shown.
    """
    by.must(Permission.ADMINISTER)
    query = select(RosterImportRow).where(RosterImportRow.id == key).with_for_update()
    row = session.scalars(query).first()
    if row is None:
        raise NotFoundError(N_("没有这次导入"))
    if row.state != State.WAITING:
        raise NotWaitingError(N_("这次导入已经确认过或放弃了，没有重复执行"))
    if row.content is None or row.made_at <= at - KEPT:
        raise NotWaitingError(N_("上传超过 7 天，表格内容已清除；请重新上传"))
    if edit is not None and row.edit != edit:
        raise ChangedMeanwhileError(N_("别人刚改过这份预览；请刷新页面，看过再改"))
    return row


def note(
    session: Session, verb: str, key: int, by: Actor, detail: str = "", *, at: datetime
) -> None:
    """Write an act on an import into the audit."""
    entry = Entry(
        person=by.person, verb=verb, object=f"roster_import/{key}", detail=detail
    )
    audit.record(session, entry, at=at)


def _keep(session: Session, row: RosterImportRow, draft: Draft) -> None:
    row.content, row.edit = draft.as_json(), row.edit + 1
    session.flush()
