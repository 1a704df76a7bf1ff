"""Taking citizens' numbers out of what is kept of somebody's words."""

from __future__ import annotations

from trainer.core.anonymity import AREA
from trainer.core.anonymity import NUMBER

MASK = "［号码］"
"""Stands where a number was."""


def masked(text: str) -> str:
    """Mask numbers that may be a person's, in digits of any width, also spaced.

    Masked are runs of :data:`trainer.core.anonymity.LEAST_DIGITS` digits or more, with
    up to two blanks or dashes between any of them, an X at the end included, and
    telephone numbers with their area code.
    """
    return AREA.sub(MASK, NUMBER.sub(MASK, text))
