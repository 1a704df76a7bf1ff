"""Pages of checklists: finding items, one list and its sheet, writing, ticking."""

from __future__ import annotations

from trainer.checklists.views import beginning as _beginning  # noqa: F401  (adds its pages)
from trainer.checklists.views import browsing as _browsing  # noqa: F401  (likewise)
from trainer.checklists.views import effect as _effect  # noqa: F401  (likewise)
from trainer.checklists.views import framed as _framed  # noqa: F401  (likewise)
from trainer.checklists.views import items as _items  # noqa: F401  (likewise)
from trainer.checklists.views import ticking as _ticking  # noqa: F401  (likewise)
from trainer.checklists.views.blueprint import bp
from trainer.checklists.views.lists import KINDS

__all__ = ["KINDS", "bp"]
