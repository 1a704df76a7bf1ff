"""The log of searches: what was asked, and what came of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from enum import StrEnum

from trainer.core.wording import N_

KEPT_DAYS = 365
"""How long questions are kept."""

_BETWEEN = re.compile(r"[\W_]+")


class Outcome(StrEnum):
    """What came of a search."""

    SHOWN = "shown"
    CLICKED = "clicked"
    NOT_FOUND = "not_found"


OUTCOME_NAMES = {
    Outcome.SHOWN: N_("看了，没有点开"),
    Outcome.CLICKED: N_("点开了"),
    Outcome.NOT_FOUND: N_("标了“没找到”"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """Command: keep a search that was meant (Enter, a click, a pause).

    ``hits`` and ``hits_unfiltered`` count articles in force, with and without the
    filters ``line`` and ``kind``.
    """

    words: str
    on: date
    line: str = ""
    kind: str = ""
    hits: int
    hits_unfiltered: int
    generation: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Followed:
    """Command: what the person did next; ``rank`` from 1 and ``slug`` of a click."""

    outcome: Outcome
    rank: int | None = None
    slug: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A question that found nothing or got no click, as often as it was asked.

    Attributes:
        normalised: What the questions have in common.
        example: How one of them was typed, masked.
        asked: How often.
        without_hits: How often nothing was found.
        filtered_out: How often a filter hid all there was.
        not_found: How often somebody said so.
        last_at: When last.
    """

    normalised: str
    example: str
    asked: int
    without_hits: int
    filtered_out: int
    not_found: int
    last_at: datetime


def key_of(text: str) -> str:
    """Give what two wordings of one question share: no blanks, no marks."""
    return _BETWEEN.sub("", text)
