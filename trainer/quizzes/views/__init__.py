"""Pages of quizzes: what is offered, taking one, results, grading and analysis.

Banks have a blueprint of their own, see :mod:`.banks`: they are for who writes.
"""

from __future__ import annotations

from trainer.quizzes.views import analysing as _analysing  # noqa: F401  (adds its pages)
from trainer.quizzes.views import banks_begin as _begin  # noqa: F401  (likewise)
from trainer.quizzes.views import banks_questions as _questions  # noqa: F401  (likewise)
from trainer.quizzes.views import banks_quizzes as _quizzes  # noqa: F401  (likewise)
from trainer.quizzes.views import exchange_done as _done  # noqa: F401  (likewise)
from trainer.quizzes.views import exchange_files as _files  # noqa: F401  (likewise)
from trainer.quizzes.views import grading as _grading  # noqa: F401  (likewise)
from trainer.quizzes.views import offers as _offers  # noqa: F401  (likewise)
from trainer.quizzes.views import outcomes as _outcomes  # noqa: F401  (likewise)
from trainer.quizzes.views import placing as _placing  # noqa: F401  (likewise)
from trainer.quizzes.views import results as _results  # noqa: F401  (likewise)
from trainer.quizzes.views import taking as _taking  # noqa: F401  (likewise)
from trainer.quizzes.views.blueprint import bp

__all__ = ["bp"]
