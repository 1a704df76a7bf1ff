"""Pages of competence: one's own, a person's, a team's, and who may do what where."""

from __future__ import annotations

from trainer.competence.views import own as _own  # noqa: F401  (adds its pages)
from trainer.competence.views import people as _people  # noqa: F401  (likewise)
from trainer.competence.views import returned as _returned  # noqa: F401  (likewise)
from trainer.competence.views import sightings as _sightings  # noqa: F401  (likewise)
from trainer.competence.views import team as _team  # noqa: F401  (likewise)
from trainer.competence.views import windows as _windows  # noqa: F401  (likewise)
from trainer.competence.views.blueprint import bp
from trainer.competence.views.own import due_today
from trainer.competence.views.people import lines_of

__all__ = ["bp", "due_today", "lines_of"]
