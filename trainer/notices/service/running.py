"""Having a job done again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.kit import jobs


def run_again(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Have a run of a job done again, from its first try.

    Raises:
        DeniedError: the caller does not run the system.
        NotFoundError: there is no such run.
        ConflictError: it is running.
    """
    by.must(Permission.ADMINISTER)
    jobs.ask_again(session, key, at=at)
    entry = Entry(person=by.person, verb="job.asked_again", object=f"job/{key}")
    audit.record(session, entry, at=at)
