"""Pages of meetings, of read duties and of courses; each has its own blueprint."""

from __future__ import annotations

from trainer.courses.views import bulletin as _bulletin  # noqa: F401  (adds its pages)
from trainer.courses.views import duties as _duties  # noqa: F401  (likewise)
from trainer.courses.views import learning as _learning  # noqa: F401  (likewise)
from trainer.courses.views import preparing as _preparing  # noqa: F401  (likewise)
from trainer.courses.views import readiness as _readiness  # noqa: F401  (likewise)
from trainer.courses.views import rules as _rules  # noqa: F401  (likewise)
from trainer.courses.views import sessions as _sessions  # noqa: F401  (likewise)
from trainer.courses.views import showing as _showing  # noqa: F401  (likewise)
from trainer.courses.views.blueprint import bp
from trainer.courses.views.outline import KINDS

__all__ = ["KINDS", "bp"]
