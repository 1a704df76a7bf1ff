"""Plans as a table to take away; pure."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer.core.actor import Actor
from trainer.core.clock import CENTRE
from trainer.courses.domain.planning import STAGE_NAMES
from trainer.courses.domain.planning import Plan

PLANS = "plans"
"""Code of the table, for the audit."""

FILE_NAME = "学习计划"

COLUMNS = (
    *("工号", "姓名", "到岗日", "课程", "为什么", "最迟哪天", "状态"),
    *("完成步数", "总步数", "剩余分钟", "学完日期", "免学理由"),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a file."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int | None]]


def sheet(plans: Iterable[tuple[str, str, Plan]]) -> Sheet:
    """Give plans as a table: a row for each person and course.

    Args:
        plans: Login and name before each plan.
    """
    rows = [row for login, name, plan in plans for row in _rows(login, name, plan)]
    return Sheet(title=FILE_NAME, columns=COLUMNS, rows=rows)


def watermark(by: Actor, at: datetime, reason: str) -> str:
    """Say who took a table away, when and why."""
    moment = at.astimezone(CENTRE)
    return f"{by.name} {moment:%Y-%m-%d %H:%M} 导出；理由：{reason}"


def _rows(login: str, name: str, plan: Plan) -> Iterator[Sequence[str | int | None]]:
    for each in plan.items:
        learned, waiver = each.learned, each.assigned.waiver
        yield (
            *(login, name, str(plan.arrived or ""), each.title),
            "；".join(reason.name for reason in each.assigned.reasons),
            str(each.due or ""),
            "已过期" if each.late else str(STAGE_NAMES[each.stage]),
            *(learned.done, learned.steps, learned.minutes_left),
            str(learned.completed_on or ""),
            waiver.why if waiver else "",
        )
