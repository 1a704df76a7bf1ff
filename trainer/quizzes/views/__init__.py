"""Pages of quizzes: what is offered, taking one, its result."""

from __future__ import annotations

from trainer.quizzes.views import offers as _offers  # noqa: F401  (adds its pages)
from trainer.quizzes.views import results as _results  # noqa: F401  (likewise)
from trainer.quizzes.views import taking as _taking  # noqa: F401  (likewise)
from trainer.quizzes.views.blueprint import bp

__all__ = ["bp"]
