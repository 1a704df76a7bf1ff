"""Numbers in any notation brought to one form, so that question and text meet.

Terms:
    form: a word of Latin letters and digits that goes into the index beside the
        text, such as ``yuan500000`` for 50万, 500000元 and 五十万.

Forms by their first letters: ``no46y2018`` and ``no46`` a document number,
``art24`` an article, ``item3`` an item, ``yuan`` an amount, ``pct3p1`` a percentage,
``m6 d180 w3`` a duration in months, days, working days, ``age60`` an age. A
duration has every form that somebody may call it by: three working days are also
``d3``, 180 days are also ``m6``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from decimal import InvalidOperation

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10_000, "亿": 100_000_000}
MONTHS = {"个月": 1, "年": 12, "周年": 12}
DAYS_OF_MONTH = 30
LEAST_BARE = 1_000
"""A number without a unit is taken for an amount from here on, years aside."""

_CHINESE = "零〇一二两三四五六七八九十百千"
_NUMBER = rf"(?:\d[\d,，]*(?:\.\d+)?|[{_CHINESE}]+(?:点[{_CHINESE}]+)?)"
_COUNT = rf"(?:\d+|[{_CHINESE}]+)"
_DOCUMENT = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d)\s*[年〕\])）】]*\s*第?\s*)?"
    rf"(?<![月\d])(?P<number>{_COUNT})\s*号"
)
_ARTICLE = re.compile(rf"第?\s*(?P<number>{_COUNT})\s*条")
_ITEM = re.compile(rf"第?\s*[（(](?P<number>{_COUNT})[）)]")
_AMOUNT = re.compile(
    rf"(?:(?P<first>{_NUMBER})\s*[-—–~至到]\s*)?(?P<number>{_NUMBER})\s*(?P<large>[万亿])"
    rf"(?P<rest>[{_CHINESE}1-9](?![\d{_CHINESE}年个月天日岁%]))?"
    rf"|(?P<plain>{_NUMBER})\s*[元块]"
)
_PERCENT = re.compile(
    rf"(?P<number>{_NUMBER})\s*(?:%|个百分点|个点)|百分之(?P<after>{_NUMBER})"
)
_DURATION = re.compile(
    rf"(?<![月\d])(?P<number>{_COUNT}|半)\s*"
    r"(?P<unit>个?工作日|周年|年|个月|天|日)(?P<half>半)?"
)
_AGE = re.compile(rf"(?P<number>{_COUNT})\s*周?岁")
_BARE = re.compile(
    r"(?<![\d.])(?P<number>\d[\d,]*(?:\.\d+)?)(?![\d.]*[\d年月日号条万亿%])"
)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A 文号; ``year`` is None when only 46号 was said."""

    number: int
    year: int | None = None


def forms(text: str, *, typed: bool = False) -> tuple[str, ...]:
    """List the forms of all numbers of a text, each once.

    Args:
        text: Normalised text (NFKC, simplified).
        typed: The text is a question: numbers without a unit count as well.
    """
    found: dict[str, None] = {}
    for document in document_numbers(text):
        found[f"no{document.number}"] = None
        if document.year:
            found[f"no{document.number}y{document.year}"] = None
    found.update(dict.fromkeys(f"art{n}" for n in articles(text)))
    for amount in _amounts(text):
        found[f"yuan{amount}"] = None
    for percent in _percents(text):
        found[f"pct{_plain(percent)}"] = None
    found.update(dict.fromkeys(_durations(text)))
    if typed:
        found.update(dict.fromkeys(_bare(text)))
    return tuple(found)


def document_numbers(text: str) -> tuple[DocumentNumber, ...]:
    """Read 建金〔2018〕46号, 建金2018 46号, 2018年第46号, 46号文, 四十六号."""
    found = []
    for match in _DOCUMENT.finditer(text):
        number = count(match["number"])
        if number is not None:
            year = int(match["year"]) if match["year"] else None
            found.append(DocumentNumber(number, year))
    return tuple(dict.fromkeys(found))


def articles(text: str) -> tuple[int, ...]:
    """Read the numbers of articles: 第二十四条, 第24条, 24条."""
    return _counts(_ARTICLE, text)


def items(text: str) -> tuple[int, ...]:
    """Read the numbers of items in brackets: （三）, 第(3)."""
    return _counts(_ITEM, text)


def count(words: str) -> int | None:
    """Read a whole number in digits or Chinese: 46, 四十六, 四六, 二百三十, 两."""
    words = words.replace(",", "").replace("，", "")
    if words.isdecimal():
        return int(words)
    if all(c in DIGITS for c in words):
        return int("".join(str(DIGITS[c]) for c in words)) if words else None
    total = 0
    digit: int | None = None
    last = 1
    for character in words:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in TENS:
            last = TENS[character]
            total += (1 if digit is None else digit) * last
            digit = None
        else:
            return None
    if digit is not None and last > 10 and not words[-2:].startswith(("零", "〇")):  # noqa: PLR2004  (一百五 is 150)
        digit *= last // 10
    return total + (digit or 0)


def _counts(pattern: re.Pattern[str], text: str) -> tuple[int, ...]:
    found = (count(match["number"]) for match in pattern.finditer(text))
    return tuple(dict.fromkeys(n for n in found if n is not None))


def _number(words: str) -> Decimal | None:
    """Read a number with a point: 1.5, 三点一, 1,500."""
    whole, _, rest = words.partition("点")
    if rest:
        first = count(whole)
        digits = "".join(str(DIGITS.get(c, "")) for c in rest)
        return None if first is None else Decimal(f"{first}.{digits or 0}")
    try:
        return Decimal(words.replace(",", "").replace("，", ""))
    except InvalidOperation:
        found = count(words)
        return None if found is None else Decimal(found)


def _amounts(text: str) -> Iterator[int]:
    for match in _AMOUNT.finditer(text):
        large = LARGE.get(match["large"] or "", 1)
        more = (count(match["rest"] or "") or 0) * large // 10  # 六万八 is 68000
        first = match["first"] and _number(match["first"])
        number = _number(match["number"] or match["plain"])
        if first:
            yield int(first * large)
        if number is not None:
            yield int(number * large) + more


def _percents(text: str) -> Iterator[Decimal]:
    for match in _PERCENT.finditer(text):
        number = _number(match["number"] or match["after"])
        if number is not None:
            yield number


def _durations(text: str) -> Iterator[str]:
    for match in _DURATION.finditer(text):
        half = match["number"] == "半"
        number = 0 if half else count(match["number"])
        unit = match["unit"]
        if number is None or (unit == "年" and number > 100):  # noqa: PLR2004  (2018年 is a date)
            continue
        if unit in MONTHS:
            more = MONTHS[unit] // 2 if half or match["half"] else 0
            yield f"m{number * MONTHS[unit] + more}"
            continue
        yield f"d{number}"
        if unit.endswith("工作日"):
            yield f"w{number}"
        elif number and number % DAYS_OF_MONTH == 0:
            yield f"m{number // DAYS_OF_MONTH}"
    for number in _counts(_AGE, text):
        yield f"age{number}"


def _bare(text: str) -> Iterator[str]:
    for match in _BARE.finditer(text):
        number = Decimal(match["number"].replace(",", ""))
        if number != int(number):
            yield f"pct{_plain(number)}"
        elif number >= LEAST_BARE and not 1900 <= number <= 2100:  # noqa: PLR2004  (a year)
            yield f"yuan{int(number)}"


def _plain(number: Decimal) -> str:
    words = f"{number.normalize():f}"
    return words.replace(".", "p")
