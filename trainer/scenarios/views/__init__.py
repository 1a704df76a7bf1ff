"""Pages of scenarios: what there is to play, playing, the debrief, and writing them.

Those of who writes have a blueprint of their own, see :mod:`.blueprint`.
"""

from __future__ import annotations

from trainer.scenarios.views import offers as _offers  # noqa: F401  (adds its pages)
from trainer.scenarios.views import playing as _playing  # noqa: F401  (likewise)
from trainer.scenarios.views import scripts_begin as _begin  # noqa: F401  (likewise)
from trainer.scenarios.views import scripts_head as _head  # noqa: F401  (likewise)
from trainer.scenarios.views import scripts_places as _places  # noqa: F401  (likewise)
from trainer.scenarios.views import trying as _trying  # noqa: F401  (likewise)
from trainer.scenarios.views.blueprint import bp
from trainer.scenarios.views.kinds import KINDS

__all__ = ["KINDS", "bp"]
