"""Tables that leave the system: somebody carries them out, for a reason."""

from __future__ import annotations

import json
from dataclasses import astuple
from dataclasses import dataclass

from trainer.audit.domain.entry import digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Command: note that a table has been made for somebody to take away.

    Attributes:
        what: Code of the table.
        reason: Why, in the person's words.
        asked: What was asked for, as codes and keys, never names.
        rows: How many rows it has.
        digest: SHA-256 of the file, hex, so that a copy can be told from another.
    """

    what: str
    reason: str
    asked: str
    rows: int
    digest: str


def digest_of(export: Export) -> str:
    """Give the digest by which the audit knows what was noted of an export."""
    return digest(json.dumps(astuple(export)))
