"""Pages of people, and the gate every request passes."""

from __future__ import annotations

from trainer.people.views.account import bp
from trainer.people.views.gate import install

__all__ = ["bp", "install"]
