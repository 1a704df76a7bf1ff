"""What people call the codes of scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.core.wording import N_
from trainer.publishing.domain.lifecycle import STATUS_NAMES
from trainer.publishing.domain.lifecycle import Status
from trainer.scenarios.domain.playing import MOOD_NAMES
from trainer.scenarios.domain.playing import STATE_NAMES
from trainer.scenarios.domain.playing import PlayState
from trainer.scenarios.domain.scenario import CITIZEN
from trainer.scenarios.domain.scenario import DIMENSION_NAMES
from trainer.scenarios.domain.scenario import OUTCOME_NAMES
from trainer.scenarios.domain.scenario import RATING_NAMES
from trainer.scenarios.domain.scenario import Dimension
from trainer.scenarios.domain.scenario import Outcome
from trainer.scenarios.domain.scenario import Rating

KIND_NAME = N_("情景")
HINT = N_("群众一句、窗口一句地演下去；每一步选得好不好，演完有复盘")


@dataclass(frozen=True, slots=True)
class Names:
    """All of them, for a page."""

    citizen: str
    ratings: Mapping[Rating, str]
    dimensions: Mapping[Dimension, str]
    outcomes: Mapping[Outcome, str]
    moods: Sequence[str]
    states: Mapping[PlayState, str]
    status: Mapping[Status, str]


NAMES = Names(
    citizen=CITIZEN,
    ratings=RATING_NAMES,
    dimensions=DIMENSION_NAMES,
    outcomes=OUTCOME_NAMES,
    moods=MOOD_NAMES,
    states=STATE_NAMES,
    status=STATUS_NAMES,
)
