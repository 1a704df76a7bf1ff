"""What is kept of somebody here, for the export of his own data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.wording import N_
from trainer.courses.models import AttendanceRow
from trainer.courses.models import DutyRuleRow
from trainer.courses.models import MeetingRow
from trainer.courses.models import ReceiptRow
from trainer.courses.models import StepReadRow
from trainer.courses.models import StepSignedRow
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells
from trainer.people.models import SiteRow
from trainer.publishing.models import RevisionRow


def own_data(session: Session, _at: datetime, reader: Actor) -> list[Chapter]:
    """Give meetings, receipts and courses of whoever asks, and what he has prepared."""
    query = (
        select(MeetingRow.on, SiteRow.name, RevisionRow.title, MeetingRow.counted_at)
        .join(SiteRow, SiteRow.id == MeetingRow.site_id)
        .join(RevisionRow, RevisionRow.id == MeetingRow.revision_id)
        .order_by(MeetingRow.on, MeetingRow.id)
    )
    came = query.join(AttendanceRow, AttendanceRow.meeting_id == MeetingRow.id)
    mine = session.execute(came.where(AttendanceRow.person_id == reader.person))
    made = session.execute(query.where(MeetingRow.made_by == reader.person))
    columns = (N_("日期"), N_("网点"), N_("情景"), N_("登记时间"))
    return [
        Chapter(N_("出席的例会"), columns, tuple(cells(*row) for row in mine)),
        Chapter(N_("我准备的例会"), columns, tuple(cells(*row) for row in made)),
        *_duties(session, reader),
        *_courses(session, reader),
    ]


def _duties(session: Session, reader: Actor) -> list[Chapter]:
    """Give what whoever asks has read as a duty, and the rules he has made."""
    read = session.execute(
        select(RevisionRow.title, RevisionRow.number, ReceiptRow.read_at)
        .join(RevisionRow, RevisionRow.id == ReceiptRow.revision_id)
        .where(ReceiptRow.person_id == reader.person)
        .order_by(ReceiptRow.read_at)
    )
    rules = session.execute(
        select(DutyRuleRow.name, DutyRuleRow.made_at)
        .where(DutyRuleRow.made_by == reader.person)
        .order_by(DutyRuleRow.id)
    )
    return [
        Chapter(
            N_("读过的必读"),
            (N_("标题"), N_("版本"), N_("登记时间")),
            tuple(cells(*row) for row in read),
        ),
        Chapter(
            N_("我建的必读规则"),
            (N_("规则名称"), N_("时间")),
            tuple(cells(*row) for row in rules),
        ),
    ]


def _courses(session: Session, reader: Actor) -> list[Chapter]:
    """Give what whoever asks has read and attended for courses, and has signed."""
    read, signed = StepReadRow, StepSignedRow
    texts = session.execute(
        select(
            *(read.course, read.step, RevisionRow.title, RevisionRow.number),
            *(read.asked, read.read_at),
        )
        .join(RevisionRow, RevisionRow.id == read.revision_id)
        .where(read.person_id == reader.person)
        .order_by(read.read_at, read.id)
    )
    columns = (
        *(signed.course, signed.step, signed.on, signed.signed_at),
        *(signed.taken_back_at, signed.reason),
    )
    sessions = select(*columns).order_by(signed.id)
    mine = session.execute(sessions.where(signed.person_id == reader.person))
    made = session.execute(sessions.where(signed.signed_by == reader.person))
    heads = (
        *(N_("课程"), N_("步骤"), N_("日期"), N_("签字时间")),
        *(N_("收回时间"), N_("收回原因")),
    )
    return [
        Chapter(
            N_("课程里读过的"),
            (
                *(N_("课程"), N_("步骤"), N_("标题"), N_("版本")),
                *(N_("要答几题"), N_("登记时间")),
            ),
            tuple(cells(*row) for row in texts),
        ),
        Chapter(N_("参加的面授"), heads, tuple(cells(*row) for row in mine)),
        Chapter(N_("我签字的面授"), heads, tuple(cells(*row) for row in made)),
    ]
