"""Looking at another person's page is an act that the audit keeps; pure."""

from __future__ import annotations

from trainer.audit.domain import Entry

PHONE = "phone"
"""Detail of a look when the telephone number was shown."""


def look(person: int, by: int, detail: str = "") -> Entry:
    """Give the entry of one person's look at another."""
    return Entry(
        person=by, verb="person.looked", object=f"person/{person}", detail=detail
    )
