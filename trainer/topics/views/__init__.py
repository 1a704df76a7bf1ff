"""Pages of topics: what the centre does, the words for it, and the formulas."""

from __future__ import annotations

from trainer.topics.views import formulas
from trainer.topics.views import framework
from trainer.topics.views import glossary
from trainer.topics.views import saves
from trainer.topics.views import spine
from trainer.topics.views import texts
from trainer.topics.views.blueprint import bp

__all__ = ["bp", "formulas", "framework", "glossary", "saves", "spine", "texts"]
