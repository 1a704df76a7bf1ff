"""Who has looked at whom; asked of the audit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.audit import queries as audit
from trainer.core.actor import Actor
from trainer.people.domain.looks import look


def needs_note(session: Session, person: int, at: datetime, *, reader: Actor) -> bool:
    """Tell whether a look of a reader at a person is to be written down.

    One's own page is nobody's business; a look is noted once an hour.
    """
    if reader.person == person:
        return False
    return not audit.has_looked(session, look(person, reader.person), at=at)
