"""Forms of competence."""

from __future__ import annotations

from trainer.competence.forms.boards import TeamForm
from trainer.competence.forms.boards import WindowsForm
from trainer.competence.forms.deciding import DecisionForm
from trainer.competence.forms.deciding import ObjectionForm
from trainer.competence.forms.witnessing import FORMS
from trainer.competence.forms.witnessing import CaseForm
from trainer.competence.forms.witnessing import ConfirmForm
from trainer.competence.forms.witnessing import ObservationForm
from trainer.competence.forms.witnessing import ReturnedForm
from trainer.competence.forms.witnessing import SightingForm
from trainer.competence.forms.witnessing import TableForm
from trainer.competence.forms.witnessing import TakeBackForm

__all__ = [
    "FORMS",
    "CaseForm",
    "ConfirmForm",
    "DecisionForm",
    "ObjectionForm",
    "ObservationForm",
    "ReturnedForm",
    "SightingForm",
    "TableForm",
    "TakeBackForm",
    "TeamForm",
    "WindowsForm",
]
