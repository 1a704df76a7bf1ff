"""What stands on tables that leave the system; pure."""

from __future__ import annotations

from datetime import datetime

from trainer.core.actor import Actor
from trainer.core.clock import CENTRE

OUTCOMES, ANALYSIS = "outcomes", "analysis"
"""Codes of the tables, for the audit."""

FILE_NAMES = {OUTCOMES: "成绩", ANALYSIS: "题目分析"}
OUTCOME_SHEETS = ("成绩", "还没有成绩")
ANALYSIS_SHEETS = ("题目", "选项", "整卷")


def watermark(by: Actor, at: datetime, reason: str) -> str:
    """Say who took a table away, when and why."""
    moment = at.astimezone(CENTRE)
    return f"{by.name} {moment:%Y-%m-%d %H:%M} 导出；理由：{reason}"


def file_name(title: str, what: str) -> str:
    """Name a file after its quiz."""
    return f"{title}{FILE_NAMES[what]}"
