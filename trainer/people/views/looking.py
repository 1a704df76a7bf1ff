"""A look at another person is noted before he is shown (decision 0020)."""

from __future__ import annotations

from trainer.kit.web import current
from trainer.people import queries
from trainer.people import service


def note_look(key: int) -> None:
    """Note that whoever asks looks at a person; once an hour, and never at himself.

    Raises:
        TrainerError: it cannot be noted, so nothing may be shown.
    """
    by, at = current.actor(), current.now()
    with current.reading() as session:
        unseen = queries.needs_note(session, key, at, reader=by)
    if unseen:
        with current.writing() as session:
            service.note_look(session, key, by=by, at=at)
