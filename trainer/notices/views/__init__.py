"""Pages of notices: one's tasks and what one was told, and where mail goes."""

from __future__ import annotations

from trainer.notices.views import addresses as _addresses  # noqa: F401  (adds its pages)
from trainer.notices.views import inbox
from trainer.notices.views import settings
from trainer.notices.views.blueprint import bp

__all__ = ["bp", "inbox", "settings"]
