"""Pages of meetings."""

from __future__ import annotations

from trainer.courses.views import preparing
from trainer.courses.views import showing
from trainer.courses.views.blueprint import bp

__all__ = ["bp", "preparing", "showing"]
