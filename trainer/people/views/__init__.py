"""Pages of people, and the gate every request passes."""

from __future__ import annotations

from trainer.people.views import access as _access  # noqa: F401  (adds its pages)
from trainer.people.views import accounts as _accounts  # noqa: F401  (adds its pages)
from trainer.people.views import arranging as _arranging  # noqa: F401  (likewise)
from trainer.people.views import colleagues as _colleagues  # noqa: F401  (likewise)
from trainer.people.views import erasing as _erasing  # noqa: F401  (likewise)
from trainer.people.views import login as _login  # noqa: F401  (likewise)
from trainer.people.views import own as _own  # noqa: F401  (likewise)
from trainer.people.views import own_data as _own_data  # noqa: F401  (likewise)
from trainer.people.views import places as _places  # noqa: F401  (likewise)
from trainer.people.views import roster_files as _files  # noqa: F401  (likewise)
from trainer.people.views import secondments as _secondments  # noqa: F401  (likewise)
from trainer.people.views import signon as _signon  # noqa: F401  (likewise)
from trainer.people.views import tokens as _tokens  # noqa: F401  (likewise)
from trainer.people.views.blueprint import accounts
from trainer.people.views.blueprint import bp
from trainer.people.views.blueprint import places
from trainer.people.views.blueprint import secondments
from trainer.people.views.blueprint import tokens
from trainer.people.views.gate import install
from trainer.people.views.roster import roster

for below in (accounts, places, roster, secondments, tokens):
    bp.register_blueprint(below)

__all__ = ["bp", "install"]
