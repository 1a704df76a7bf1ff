"""Pages of risk tips: ticking off at the counter, in frames, and what it does."""

from __future__ import annotations

from trainer.checklists.views import effect as _effect  # noqa: F401  (adds its pages)
from trainer.checklists.views import framed as _framed  # noqa: F401  (likewise)
from trainer.checklists.views import ticking as _ticking  # noqa: F401  (likewise)
