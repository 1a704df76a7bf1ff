"""How word processors write the numbers of a list: 一, ①, IV, c, １."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping

DIGITS = "〇一二三四五六七八九"
PLACES = ("", "十", "百", "千")
MOST_IN_CHINESE = 9999
ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def chinese(number: int) -> str:
    """Write 1 to 9999 in Chinese: 十二, 二十, 一百零五; the rest in digits."""
    if not 0 < number <= MOST_IN_CHINESE:
        return str(number)
    told, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            gap = True
            continue
        told += ("零" if gap and told else "") + DIGITS[digit] + PLACES[place]
        gap = False
    return told.removeprefix("一") if told.startswith("一十") else told


def letters(number: int) -> str:
    """Write A to Z, then AA, BB, as Word does."""
    count, place = divmod(number - 1, 26)
    return chr(ord("A") + place) * (count + 1) if number > 0 else str(number)


def roman(number: int) -> str:
    """Write a number in Roman letters."""
    told = ""
    for value, sign in ROMAN:
        times, number = divmod(number, value)
        told += sign * times
    return told


def _from(first: str, most: int) -> Callable[[int], str]:
    """Give the signs that follow each other from the one for 1, else digits."""
    return lambda n: chr(ord(first) + n - 1) if 0 < n <= most else str(n)


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda n: signs[n - 1] if 0 < n <= len(signs) else str(n)


def _wide(number: int) -> str:
    return str(number).translate({ord("0") + n: ord("０") + n for n in range(10)})


def _nothing(_number: int) -> str:
    return ""


_SHOWN: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02}",
    "upperLetter": letters,
    "lowerLetter": lambda n: letters(n).lower(),
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda n: "".join(DIGITS[int(digit)] for digit in str(n)),
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "ideographTraditional": _one_of(STEMS),
    "ideographZodiac": _one_of(BRANCHES),
    "bullet": _nothing,
    "none": _nothing,
}


def numeral(number: int, form: str) -> str:
    """Write a number in a form of WordprocessingML; in digits when it is not known.

    Source: ISO/IEC 29500-1, 17.18.59 ST_NumberFormat.
    """
    return _SHOWN.get(form, str)(number)
