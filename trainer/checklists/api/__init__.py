"""Routes for business systems; docs/api.md describes them."""

from __future__ import annotations

from trainer.checklists.api.tips import bp

__all__ = ["bp"]
