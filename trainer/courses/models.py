"""Tables of meetings: what they were about, and who was there."""

from __future__ import annotations

from datetime import date
from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class MeetingRow(Base):
    """A meeting of a site on a day: a scenario, a case, and its items beside it.

    ``told`` is the case, ``asked`` what is talked about; neither holds anything of a
    citizen. ``once`` is made by the page that prepares it: the same form twice is one
    meeting. ``edit`` counts the saves, ``counted`` how often attendance was recorded.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("made_by", "once"),
        CheckConstraint(
            "(counted_by IS NULL) = (counted = 0)", name="counted_by_somebody"
        ),
        Index("ix_meeting_of_site", "site_id", "on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str]
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    on: Mapped[date]
    scenario: Mapped[str]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    told: Mapped[str]
    asked: Mapped[str]
    edit: Mapped[int]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    counted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    counted_at: Mapped[datetime | None]
    counted: Mapped[int]


class MeetingItemRow(Base):
    """A checklist item of a meeting, in the text that held when it was prepared."""

    __tablename__ = "meeting_item"
    __table_args__ = (CheckConstraint("position BETWEEN 1 AND 3", name="three_items"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    item: Mapped[str]


class AttendanceRow(Base):
    """Somebody was at a meeting."""

    __tablename__ = "attendance"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, index=True
    )


class DutyRuleRow(Base):
    """Who must read what; ``edit`` counts the saves. Never deleted: it is ended."""

    __tablename__ = "duty_rule"
    __table_args__ = (
        CheckConstraint("days BETWEEN 1 AND 90", name="days_possible"),
        CheckConstraint("until IS NULL OR until > since", name="ends_after_begin"),
        UniqueConstraint("made_by", "once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str]
    name: Mapped[str]
    days: Mapped[int]
    since: Mapped[date]
    until: Mapped[date | None]
    edit: Mapped[int]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class DutyRulePartRow(Base):
    """What narrows a rule: a key or code of one kind, see ``domain.audience``."""

    __tablename__ = "duty_rule_part"

    rule_id: Mapped[int] = mapped_column(ForeignKey("duty_rule.id"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)


class ReceiptRow(Base):
    """That somebody has read a version; ``content_hash`` is of what he was shown."""

    __tablename__ = "receipt"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(
        ForeignKey("revision.id"), primary_key=True, index=True
    )
    content_hash: Mapped[str]
    read_at: Mapped[datetime]
