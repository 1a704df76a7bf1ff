"""Who trains whom, as a table of a file; pure."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime

from trainer.core.actor import Actor
from trainer.core.clock import CENTRE
from trainer.mentoring.domain.weeks import PHASE_NAMES
from trainer.mentoring.domain.weeks import Phase

TABLE = "mentoring"
"""Code of the table, for the audit."""

FILE_NAME = "带教安排"
COLUMNS = (
    *("工号", "姓名", "派出单位", "网点", "第一天", "带教老师"),
    *("各业务到了哪一步", "已共同签字", "等签"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A newcomer; ``mentor`` is empty for none, and for who does not get the name."""

    login: str
    name: str
    site: str
    bank: str
    begins_on: date
    mentor: str
    phases: tuple[tuple[str, Phase], ...]
    signed: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a file; ``mark`` says who took it away."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    mark: str


def sheet(rows: Iterable[Row], mark: str) -> Sheet:
    """Give newcomers as a table; files are Chinese, as their readers' are."""
    return Sheet(
        title="带教",
        columns=COLUMNS,
        rows=[
            (
                *(row.login, row.name, row.bank, row.site),
                *(row.begins_on.isoformat(), row.mentor),
                "；".join(
                    f"{name}：{PHASE_NAMES[phase]}" for name, phase in row.phases
                ),
                *(row.signed, row.waiting),
            )
            for row in rows
        ],
        mark=mark,
    )


def watermark(by: Actor, at: datetime, reason: str) -> str:
    """Say who took a table away, when and why."""
    moment = at.astimezone(CENTRE)
    return f"{by.name} {moment:%Y-%m-%d %H:%M} 导出；理由：{reason}"
