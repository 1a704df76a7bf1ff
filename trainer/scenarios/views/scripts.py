"""The desk of those who write scenarios."""

from __future__ import annotations

from trainer.scenarios.views.blueprint import scripts as bp

__all__ = ["bp"]
