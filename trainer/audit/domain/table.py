"""An exported table of the audit: its columns, and the line of an entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from trainer.audit.domain.chain import Sealed
from trainer.audit.domain.listing import MOST_EXPORTED
from trainer.audit.domain.listing import Listed
from trainer.audit.domain.listing import line_of
from trainer.core.clock import CENTRE

WHAT = "audit"
"""Code of this table in the note of an export."""

TITLE = "操作记录"

COLUMNS = (
    *("编号", "时间", "谁", "做了什么", "对象", "说明", "来自"),
    *("动作代码", "对象代码", "请求编号", "之前摘要", "之后摘要", "本条校验值"),
)


def row_of(sealed: Sealed, names: Mapping[int, str]) -> tuple[int | str, ...]:
    """Give the line of an entry, in the order of :data:`COLUMNS`."""
    line, entry = line_of(sealed, names), sealed.entry
    return (
        line.number,
        written(sealed.at),
        *(line.who, line.did, line.thing, line.detail, line.address),
        *(entry.verb, entry.object, sealed.origin.request),
        *(entry.before, entry.after, sealed.hash),
    )


def watermark(who: str, at: datetime, reason: str, listed: Listed) -> str:
    """Give the line that says who took the table away, when and why."""
    whole = "" if listed.older is None else f"；只含最新的 {MOST_EXPORTED} 条"
    return f"{who} 于 {written(at)} 导出，理由：{reason}{whole}；仅供审计，请勿外传"


def written(at: datetime) -> str:
    """Write a moment as the centre's clock shows it, to the second."""
    return f"{at.astimezone(CENTRE):%Y-%m-%d %H:%M:%S}"
