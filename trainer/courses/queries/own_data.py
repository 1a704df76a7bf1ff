"""What meetings hold about somebody, for the export of his own data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.wording import N_
from trainer.courses.models import AttendanceRow
from trainer.courses.models import MeetingRow
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells
from trainer.people.models import SiteRow
from trainer.publishing.models import RevisionRow


def own_data(session: Session, _at: datetime, reader: Actor) -> list[Chapter]:
    """Give the meetings at which whoever asks is recorded, and those he prepared."""
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
    ]
