"""Whoever reaches for what is not his is refused, and the audit keeps that he did.

A foreign thing and a missing one look the same, to the audit too: what is kept is
the number that was asked for. A person who tries on fills no disk: of one minute
only so many tries are kept. Programs show tokens, see
:mod:`trainer.people.views.callers`.
"""

from __future__ import annotations

import logging

from flask import request
from sqlalchemy.exc import SQLAlchemyError

from trainer.core.errors import TooManyError
from trainer.core.errors import TrainerError
from trainer.kit.web import api
from trainer.kit.web import current
from trainer.kit.web import limits
from trainer.people import service
from trainer.people.domain.refusals import Refused

LOG = logging.getLogger("trainer.people")

LIMIT = "refusals"
"""Name of the limit of what is kept of one person, or of one address."""


def note(why: str, *, of_anybody: bool) -> None:
    """Audit a refusal, also after its own transaction has been undone.

    Args:
        why: Name of the error.
        of_anybody: Also when nobody is logged in.
    """
    by = current.actor()
    if api.is_meant() or not (by.person or of_anybody):
        return
    keys = (key for key in (request.view_args or {}).values() if isinstance(key, int))
    refused = Refused(request.endpoint or "", tuple(keys), why)
    try:
        limits.spend(LIMIT, f"person/{by.person}" if by.person else current.address())
        with current.writing() as session:
            service.note_refusal(session, refused, by=by, at=current.now())
    except TooManyError:
        return
    except (TrainerError, SQLAlchemyError) as error:
        LOG.warning("a refusal was not noted: %s", error)
