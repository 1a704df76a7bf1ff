"""Pages of meetings, read duties, courses and plans; each has its own blueprint."""

from __future__ import annotations

from trainer.courses.views import assigning as _assigning  # noqa: F401  (adds pages)
from trainer.courses.views import batches as _batches  # noqa: F401  (likewise)
from trainer.courses.views import bulletin as _bulletin  # noqa: F401  (adds its pages)
from trainer.courses.views import duties as _duties  # noqa: F401  (likewise)
from trainer.courses.views import learning as _learning  # noqa: F401  (likewise)
from trainer.courses.views import plans as _plans  # noqa: F401  (likewise)
from trainer.courses.views import preparing as _preparing  # noqa: F401  (likewise)
from trainer.courses.views import readiness as _readiness  # noqa: F401  (likewise)
from trainer.courses.views import rules as _rules  # noqa: F401  (likewise)
from trainer.courses.views import sessions as _sessions  # noqa: F401  (likewise)
from trainer.courses.views import showing as _showing  # noqa: F401  (likewise)
from trainer.courses.views.blueprint import bp
from trainer.courses.views.outline import KINDS

__all__ = ["KINDS", "bp"]
