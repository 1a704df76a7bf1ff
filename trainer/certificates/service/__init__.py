"""Use cases of certificates and honours.

Each function takes the caller's session and never commits; see
:func:`trainer.kit.db.writing`.
"""

from __future__ import annotations

from trainer.certificates.service.honouring import confirm
from trainer.certificates.service.honouring import set_bound
from trainer.certificates.service.honouring import take_back
from trainer.certificates.service.issuing import issue
from trainer.certificates.service.issuing import note_export
from trainer.certificates.service.issuing import revoke
from trainer.certificates.service.printing import certificate_pdf
from trainer.certificates.service.printing import growth_pdf

__all__ = [
    "certificate_pdf",
    "confirm",
    "growth_pdf",
    "issue",
    "note_export",
    "revoke",
    "set_bound",
    "take_back",
]
