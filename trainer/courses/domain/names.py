"""What people call the codes of courses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.core.wording import N_
from trainer.courses.domain.completing import STATE_NAMES
from trainer.courses.domain.completing import STEP_STATE_NAMES
from trainer.courses.domain.completing import State
from trainer.courses.domain.completing import StepState
from trainer.courses.domain.outline import RULE_NAMES
from trainer.courses.domain.outline import STEP_NAMES
from trainer.courses.domain.outline import Rule
from trainer.courses.domain.outline import StepKind
from trainer.publishing.domain.lifecycle import STATUS_NAMES
from trainer.publishing.domain.lifecycle import Status

KIND_NAME = N_("课程")
HINT = N_("按顺序学什么、怎样算完成；所引内容变了，读过的人会知道要重读哪一步")


@dataclass(frozen=True, slots=True)
class CourseNames:
    """All of them, for a page."""

    steps: Mapping[StepKind, str]
    rules: Mapping[Rule, str]
    states: Mapping[State, str]
    step_states: Mapping[StepState, str]
    status: Mapping[Status, str]


COURSE_NAMES = CourseNames(
    steps=STEP_NAMES,
    rules=RULE_NAMES,
    states=STATE_NAMES,
    step_states=STEP_STATE_NAMES,
    status=STATUS_NAMES,
)
