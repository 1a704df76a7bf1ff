"""Taking citizens' numbers out of what is kept of a question."""

from __future__ import annotations

import re

MASK = "［号码］"
"""Stands where a number was."""

LEAST_DIGITS = 11
"""Digits from which on a number may be a person's: mobile 11, identity 15 or 18, bank
card 16 to 19. Nothing one looks for has as many: a 文号 with its year has 8."""

NUMBER = re.compile(
    rf"(?<!\d)\d(?:[\s\-‐-―－_·]{{0,2}}\d){{{LEAST_DIGITS - 1},}}[\s\-]?[xXｘＸ]?"
)
AREA = re.compile(r"(?<!\d)0\d{2,3}[\s\-‐-―－]?\d{7,8}(?!\d)")


def masked(text: str) -> str:
    """Mask numbers that may be a person's, in digits of any width, also spaced.

    Masked are runs of :data:`LEAST_DIGITS` digits or more, with up to two blanks or
    dashes between any of them, an X at the end included, and telephone numbers with
    their area code.
    """
    return AREA.sub(MASK, NUMBER.sub(MASK, text))
