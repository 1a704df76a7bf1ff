"""Use cases of scenarios.

Each function takes the caller's session and never commits; see
:func:`trainer.kit.db.writing`.
"""

from __future__ import annotations

from trainer.scenarios.service.playing import Dice
from trainer.scenarios.service.playing import abandon
from trainer.scenarios.service.playing import begin
from trainer.scenarios.service.playing import choose
from trainer.scenarios.service.playing import replay
from trainer.scenarios.service.texts import OWN
from trainer.scenarios.service.texts import prepare

__all__ = ["OWN", "Dice", "abandon", "begin", "choose", "prepare", "replay"]
