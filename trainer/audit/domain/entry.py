"""An entry of the audit: who did what to which thing.

Entries carry keys and digests, never names, texts or passwords, so the audit may
be kept longer than the people it speaks of.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act.

    Attributes:
        person: Key of who acted; 0 is nobody logged in, or the command line.
        verb: What was done, ``<kind of thing>.<past tense>``, ``account.closed``;
            its name is in :mod:`trainer.audit.domain.verbs`.
        object: The thing, ``<kind>/<key>``; empty when there is none.
        detail: A code that says more; never words somebody typed.
        before: Digest of the thing before the act, empty when there was none.
        after: Digest after it, likewise.
    """

    person: int
    verb: str
    object: str = ""
    detail: str = ""
    before: str = ""
    after: str = ""

    @property
    def kind(self) -> str:
        """The kind of thing it is about: of the object, else as the verb says."""
        return (self.object or self.verb.replace(".", "/")).partition("/")[0]


def digest(value: str) -> str:
    """Give the digest that stands for a value, SHA-256 in hex."""
    return hashlib.sha256(value.encode()).hexdigest()
