"""Forms of certificates, honours and growth records."""

from __future__ import annotations

from trainer.certificates.forms.deciding import BoundForm
from trainer.certificates.forms.deciding import ConfirmForm
from trainer.certificates.forms.deciding import ReasonForm
from trainer.certificates.forms.taking import IssueForm
from trainer.certificates.forms.taking import RecordExportForm

__all__ = ["BoundForm", "ConfirmForm", "IssueForm", "ReasonForm", "RecordExportForm"]
