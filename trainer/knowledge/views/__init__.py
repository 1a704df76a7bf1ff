"""Pages of articles: cards and versions for readers, the desk for those who write.

The desk has a blueprint of its own, see :mod:`.desk`: a setting may open articles
to the whole intranet, and never the desk.
"""

from __future__ import annotations

from trainer.knowledge.views import card as _card  # noqa: F401  (adds its pages)
from trainer.knowledge.views import diff as _diff  # noqa: F401  (likewise)
from trainer.knowledge.views import due as _due  # noqa: F401  (likewise)
from trainer.knowledge.views import editing as _editing  # noqa: F401  (likewise)
from trainer.knowledge.views import notice as _notice  # noqa: F401  (likewise)
from trainer.knowledge.views import review as _review  # noqa: F401  (likewise)
from trainer.knowledge.views import versions as _versions  # noqa: F401  (likewise)
from trainer.knowledge.views.blueprint import bp

__all__ = ["bp"]
