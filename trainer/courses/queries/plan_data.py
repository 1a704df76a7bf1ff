"""What is kept of somebody's plan, for the export of his own data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.wording import N_
from trainer.courses.models import AssignRulePersonRow
from trainer.courses.models import AssignRuleRow
from trainer.courses.models import CourseWaiverRow
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells


def plan_data(session: Session, _at: datetime, reader: Actor) -> list[Chapter]:
    """Give the assignments that name whoever asks, his waivers, and what he made."""
    rule, waiver, me = AssignRuleRow, CourseWaiverRow, reader.person
    columns = select(rule.name, rule.since, rule.until, rule.made_at).order_by(rule.id)
    named = columns.join(
        AssignRulePersonRow, AssignRulePersonRow.rule_id == rule.id
    ).where(AssignRulePersonRow.person_id == me)
    freed = (
        select(waiver.course, waiver.why, waiver.until, waiver.made_at, waiver.ended_at)
        .where(or_(waiver.person_id == me, waiver.made_by == me))
        .order_by(waiver.id)
    )
    about = (N_("规则名称"), N_("从哪天"), N_("到哪天"), N_("时间"))
    waived = (N_("课程"), N_("理由"), N_("到哪天"), N_("时间"), N_("收回时间"))
    return [
        Chapter(title, heads, tuple(cells(*row) for row in session.execute(query)))
        for title, heads, query in (
            (N_("点名派给我的课"), about, named),
            (N_("我建的派课规则"), about, columns.where(rule.made_by == me)),
            (N_("给我的和我给的免学"), waived, freed),
        )
    ]
