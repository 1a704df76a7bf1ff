"""Pages of plays by two."""

from __future__ import annotations

from trainer.scenarios.views.live import going
from trainer.scenarios.views.live import plays
from trainer.scenarios.views.live.blueprint import bp

__all__ = ["bp", "going", "plays"]
