"""Whether what holds, or what is stale, may have changed since somebody looked."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.kit.index import outbox
from trainer.publishing.models import ConfirmationRow


class LastChange(NamedTuple):
    """Numbers that rise with every change; equal ones mean that nothing changed.

    Attributes:
        announced: The newest text that came in force or was withdrawn.
        confirmed: How many looks found a text still true.
    """

    announced: int
    confirmed: int


def last_change(session: Session) -> LastChange:
    """Tell up to which change a session sees; drafts are none.

    For who keeps what he has read in the life of a process.
    """
    looks = session.scalar(select(func.count()).select_from(ConfirmationRow)) or 0
    return LastChange(outbox.last_generation(session), looks)
