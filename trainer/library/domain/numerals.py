"""Chinese numerals of clause numbers: 第一千二百六十条."""

from __future__ import annotations

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
DIGITS |= {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
SIGNS = "".join((*DIGITS, *UNITS)) + "0-9"
"""What a numeral is made of, to stand inside ``[...]`` of a pattern."""


def number_of(numeral: str) -> int:
    """Read a numeral below ten thousand, in Chinese or in digits.

    Raises:
        ValueError: it is no numeral.
    """
    if numeral.isdecimal():
        return int(numeral)
    total = digit = 0
    for sign in numeral:
        if sign in UNITS:
            # 十五 is 一十五.
            total += (digit or 1) * UNITS[sign]
            digit = 0
        elif sign in DIGITS:
            digit = DIGITS[sign]
        else:
            raise ValueError(f"no numeral: {numeral!r}")
    return total + digit
