"""How a text begins: its identity, and what it copies from the text it follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trainer.core import document
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.publishing.domain.header import KEYS
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.rewriting import rewritten
from trainer.publishing.domain.written import Value
from trainer.publishing.domain.written import written

SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
LONGEST_SLUG = 64
OF_THE_OLD = frozenset(
    {
        "change_kind",
        "change_note",
        "effective_to",
        "issued_on",
        "supersedes",
        "transition",
        "verified_by",
        "verified_on",
    }
)
"""Keys that say something of the old wording alone."""


class BadSlugError(TrainerError):
    """The identity of a new text cannot be."""


class Follows(StrEnum):
    """Why a document gets a new text."""

    NEW_RULE = "new_rule"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """Command: begin the text that follows another one.

    ``first_day`` counts for a new rule only: a correction keeps the day of what it
    corrects.
    """

    follows: Follows
    first_day: date
    change_kind: ChangeKind
    change_note: str


def must_be_slug(slug: str) -> None:
    """Check the identity of a new text.

    Raises:
        BadSlugError: it is empty, too long or holds other characters.
    """
    if not SLUG.match(slug) or len(slug) > LONGEST_SLUG:
        raise BadSlugError(
            N_(
                "标识只能用小写字母、数字和连字符，最多 {most} 个字符，"
                "例如 rent-withdrawal",
                most=LONGEST_SLUG,
            )
        )


def following(text: str, command: Following) -> str:
    """Copy a text as the beginning of the one that follows it.

    Args:
        text: A text that parses.
        command: What is new.
    """
    put: dict[str, Value | None] = {
        "change_kind": str(command.change_kind),
        "change_note": command.change_note,
    }
    if command.follows is Follows.CORRECTION:
        put["supersedes"] = document.parse(text).meta["effective_from"]
    else:
        put = {**dict.fromkeys(OF_THE_OLD), "effective_from": command.first_day, **put}
    lines = {key: written(key, value) for key, value in put.items()}
    return rewritten(text, lines, tuple(KEYS))
