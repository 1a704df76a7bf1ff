"""Pages of people, and the gate every request passes."""

from __future__ import annotations

from trainer.people.views import accounts as _accounts  # noqa: F401  (adds its pages)
from trainer.people.views import login as _login  # noqa: F401  (likewise)
from trainer.people.views import own as _own  # noqa: F401  (likewise)
from trainer.people.views.blueprint import accounts
from trainer.people.views.blueprint import bp
from trainer.people.views.gate import install

bp.register_blueprint(accounts)

__all__ = ["bp", "install"]
