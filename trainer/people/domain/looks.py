"""Looking at another person's page is an act that the audit keeps; pure."""

from __future__ import annotations

from datetime import timedelta

from trainer.audit.domain import Entry

PHONE = "phone"
"""Detail of a look when the telephone number was shown."""

EVERY = timedelta(hours=1)
"""One look of one reader at one person is noted at most this often."""


def look(person: int, by: int, detail: str = "") -> Entry:
    """Give the entry of one person's look at another."""
    return Entry(
        person=by, verb="person.looked", object=f"person/{person}", detail=detail
    )
