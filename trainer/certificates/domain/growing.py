"""What somebody has reached, in the order of days; pure.

Only what was reached: no wrong answer, no lapse and nothing that is still lacking
stands in a growth record, so it can be given to the bank that has sent the person.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from enum import StrEnum

from trainer.core.actor import Actor
from trainer.core.clock import CENTRE
from trainer.core.wording import N_

RECORD = "growth"
"""Code of the record, for the audit."""

FILE_NAME = "成长档案"
COLUMNS = ("日期", "事项", "内容")


class StepKind(StrEnum):
    """What a step is; days with several show them in this order."""

    WORK = "work"
    QUIZ = "quiz"
    PLAY = "play"
    COURSE = "course"
    AUTHORISED = "authorised"
    CERTIFICATE = "certificate"
    HONOUR = "honour"
    MENTOR = "mentor"


STEP_NAMES = {
    StepKind.WORK: N_("任职"),
    StepKind.QUIZ: N_("测验"),
    StepKind.PLAY: N_("演练"),
    StepKind.COURSE: N_("课程"),
    StepKind.AUTHORISED: N_("授权"),
    StepKind.CERTIFICATE: N_("证书"),
    StepKind.HONOUR: N_("荣誉"),
    StepKind.MENTOR: N_("带教"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was reached.

    Attributes:
        on: The day.
        kind: What it is.
        what: What exactly, in words.
    """

    on: date
    kind: StepKind
    what: str


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Put the newest first; of one day by kind."""
    kinds = [*StepKind]
    told = sorted(steps, key=lambda step: (kinds.index(step.kind), step.what))
    return sorted(told, key=lambda step: step.on, reverse=True)


def rows(steps: Sequence[Step]) -> list[tuple[date, str, str]]:
    """Write the record as a table, in Chinese, the oldest first."""
    return [
        (step.on, f"{STEP_NAMES[step.kind]}", f"{step.what}")
        for step in reversed(steps)
    ]


def watermark(by: Actor, at: datetime, reason: str) -> str:
    """Say who took the record away, when and why."""
    when = at.astimezone(CENTRE)
    return f"{by.name} 于 {when:%Y-%m-%d %H:%M} 导出，用途：{reason}"
