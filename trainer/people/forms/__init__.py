"""Forms of people."""

from __future__ import annotations

from trainer.people.forms.accounts import AccountForm
from trainer.people.forms.accounts import LoginForm
from trainer.people.forms.accounts import NewAccountForm
from trainer.people.forms.accounts import PasswordForm
from trainer.people.forms.colleagues import WantedForm
from trainer.people.forms.erasing import EraseForm
from trainer.people.forms.places import OrganisationForm
from trainer.people.forms.places import PlaceForm
from trainer.people.forms.places import PostForm
from trainer.people.forms.places import SeatForm
from trainer.people.forms.places import SiteForm
from trainer.people.forms.secondments import ArrangementForm
from trainer.people.forms.secondments import EndForm
from trainer.people.forms.secondments import PlacementForm
from trainer.people.forms.secondments import RefusableForm
from trainer.people.forms.setup import SetupForm
from trainer.people.forms.tokens import TokenForm

__all__ = [
    "AccountForm",
    "ArrangementForm",
    "EndForm",
    "EraseForm",
    "LoginForm",
    "NewAccountForm",
    "OrganisationForm",
    "PasswordForm",
    "PlaceForm",
    "PlacementForm",
    "PostForm",
    "RefusableForm",
    "SeatForm",
    "SetupForm",
    "SiteForm",
    "TokenForm",
    "WantedForm",
]
