"""Pages of mentoring."""

from __future__ import annotations

from trainer.mentoring.views import cases as _cases  # noqa: F401  (adds its pages)
from trainer.mentoring.views import home as _home  # noqa: F401  (likewise)
from trainer.mentoring.views import mentors as _mentors  # noqa: F401  (likewise)
from trainer.mentoring.views import pairs as _pairs  # noqa: F401  (likewise)
from trainer.mentoring.views import planning as _planning  # noqa: F401  (likewise)
from trainer.mentoring.views import signing as _signing  # noqa: F401  (likewise)
from trainer.mentoring.views.blueprint import bp

__all__ = ["bp"]
