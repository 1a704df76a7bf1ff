"""What people call the codes of checklists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.checklists.domain.checklist import SEVERITY_NAMES
from trainer.checklists.domain.checklist import Severity
from trainer.checklists.domain.situation import ASPECT_NAMES
from trainer.checklists.domain.situation import CODES
from trainer.checklists.domain.situation import Aspect
from trainer.core.wording import N_
from trainer.publishing.domain.lifecycle import STATUS_NAMES
from trainer.publishing.domain.lifecycle import Status
from trainer.topics.domain.causes import CAUSE_NAMES
from trainer.topics.domain.causes import ErrorCause

KIND_NAME = N_("易错清单")
HINT = N_("一项业务哪一步容易错、怎么查、怎么说；每条写明依据，条款变了就进待复核")


@dataclass(frozen=True, slots=True)
class Names:
    """All of them, for a page."""

    severities: Mapping[Severity, str]
    causes: Mapping[ErrorCause, str]
    aspects: Mapping[Aspect, str]
    facts: Mapping[Aspect, Mapping[str, str]]
    status: Mapping[Status, str]


NAMES = Names(
    severities=SEVERITY_NAMES,
    causes=CAUSE_NAMES,
    aspects=ASPECT_NAMES,
    facts=CODES,
    status=STATUS_NAMES,
)
