"""Tables of meetings, of read duties, of what is done for courses, and of plans."""

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


class StepReadRow(Base):
    """That somebody has read what a step of a course leads to.

    ``step`` is the id of the step, ``revision_id`` the version of the text it leads to,
    ``content_hash`` the digest of what was shown of it. ``asked`` is how many questions
    on it there were to be asked then, 0 where none are. The same text may be read again
    on another day: a course that has run out is done anew.
    """

    __tablename__ = "course_step_read"
    __table_args__ = (
        UniqueConstraint("person_id", "course", "step", "revision_id", "on"),
        CheckConstraint("asked BETWEEN 0 AND 3", name="asked_possible"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course: Mapped[str]
    step: Mapped[str]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    content_hash: Mapped[str]
    asked: Mapped[int]
    on: Mapped[date]
    read_at: Mapped[datetime]


class StepSignedRow(Base):
    """That somebody was at a session of a course; who looks after him has signed it.

    Never deleted: what was signed by mistake is taken back, with a reason.
    """

    __tablename__ = "course_step_signed"
    __table_args__ = (
        CheckConstraint("signed_by <> person_id", name="signed_by_another"),
        CheckConstraint(
            "(taken_back_by IS NULL) = (taken_back_at IS NULL)"
            " AND (taken_back_by IS NULL) = (reason = '')",
            name="taken_back_with_reason",
        ),
        Index("ix_course_step_signed_of", "person_id", "course", "step"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course: Mapped[str]
    step: Mapped[str]
    on: Mapped[date]
    signed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime]
    taken_back_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[datetime | None]
    reason: Mapped[str]


class AssignRuleRow(Base):
    """Who learns what until when; ``edit`` counts the saves. Ended, never deleted.

    ``anchor``, ``days``, ``day`` and ``policy`` are its term, see ``domain.terms``.
    """

    __tablename__ = "assign_rule"
    __table_args__ = (
        CheckConstraint("days BETWEEN -365 AND 365", name="days_possible"),
        CheckConstraint("until IS NULL OR until >= since", name="ends_after_begin"),
        UniqueConstraint("made_by", "once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str]
    name: Mapped[str]
    anchor: Mapped[str]
    days: Mapped[int]
    day: Mapped[date | None]
    policy: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    edit: Mapped[int]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class AssignRulePartRow(Base):
    """A course of a rule, or what narrows it; see ``queries.assign_rules``."""

    __tablename__ = "assign_rule_part"

    rule_id: Mapped[int] = mapped_column(ForeignKey("assign_rule.id"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)


class AssignRulePersonRow(Base):
    """Somebody whom a rule names."""

    __tablename__ = "assign_rule_person"

    rule_id: Mapped[int] = mapped_column(ForeignKey("assign_rule.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, index=True
    )


class CourseWaiverRow(Base):
    """Somebody need not learn a course; taken back by filling ``ended_by``."""

    __tablename__ = "course_waiver"
    __table_args__ = (
        UniqueConstraint("made_by", "once"),
        CheckConstraint(
            "(ended_by IS NULL) = (ended_at IS NULL)", name="ended_by_somebody"
        ),
        Index("ix_course_waiver_of_person", "person_id", "course"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course: Mapped[str]
    why: Mapped[str]
    until: Mapped[date | None]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
