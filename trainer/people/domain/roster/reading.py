"""What people write into the cells of a roster: days, spans, paths, lists."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from datetime import timedelta
from enum import StrEnum

from trainer.core.errors import TrainerError
from trainer.core.wording import N_

FIRST_YEAR, LAST_YEAR = 1980, 2100
"""Years a roster may name; what lies outside is a slip."""

EPOCH = date(1899, 12, 30)
"""Day 0 of the serial numbers of spreadsheets, from 1900-03-01 on."""

OPEN = date.max
"""Stands for an end that is not known yet: 长期, 至今."""

_DAY = (
    r"(?:(?P<y{n}>\d{{4}})(?P<s{n}>[-./年])(?P<m{n}>\d{{1,2}})[-./月](?P<d{n}>\d{{1,2}})[日号]?"
    r"|(?P<c{n}>(?:19|2[01])\d{{6}})|(?P<e{n}>\d{{5}})(?!\d))"
    r"(?:[ T]\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?"
)
_SHORT = r"(?:(?P<m3>\d{1,2})[-./月](?P<d3>\d{1,2})[日号]?)"
_BETWEEN = r"\s*(?:至|到|起至|起到|~+|-+|—+|–+|―+|─+|,|;)\s*"
DAY = re.compile(_DAY.format(n=1))
SPAN = re.compile(
    f"(?:自|从)?{_DAY.format(n=1)}(?:起)?"
    f"(?:{_BETWEEN}(?:{_DAY.format(n=2)}|{_SHORT}|(?P<open>今|长期|无固定期限))(?:止)?)?"
)
FOREVER = frozenset({"长期", "至今", "无", "无固定期限", "不限", "-", "—"})
SEPARATORS = re.compile(r"[/|\\>／｜＼＞－—–-]+")
LISTED = re.compile(r"[、,;/|\s]+")
SEAT_LIKE = re.compile(r"(?:窗口|座席|工位|柜台|台|席)\Z|\d+号?\Z")


class UnreadableError(TrainerError):
    """A cell cannot be read."""


class Intent(StrEnum):
    """What a row says is to happen; STAY also when it says nothing."""

    STAY = "stay"
    LEAVE = "leave"
    MOVE = "move"
    RETURN = "return"


INTENTS = {
    Intent.STAY: "在岗 在职 正常 新增 新到 新入 将到岗 新到岗 即将到期 已超期 不变",
    Intent.LEAVE: "离开 离职 离岗 撤回 调离 期满 已离开 离任 退回",
    Intent.MOVE: "调动 调岗 轮岗 换点",
    Intent.RETURN: "回归 返岗 重新派驻 再次派驻",
}
PRESENT = "在岗"
USUAL_INTENTS = "在岗、离开、离职、调动 或 回归"
_INTENTS = {word: i for i, words in INTENTS.items() for word in words.split()}


def tidy(text: str) -> str:
    """Give a text as it was written, without invisible signs and odd spaces."""
    seen = (sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join("".join(seen).split())


def plain(text: str) -> str:
    """Give a text with the usual width of signs, to be read, not to be kept."""
    return tidy(unicodedata.normalize("NFKC", text))


def read_day(text: str) -> date:
    """Read a day: 2026-01-01, 2026.1.1, 2026/1/1, 2026年1月1日, 20260101, 46023.

    Raises:
        UnreadableError: it is no day.
    """
    found = DAY.fullmatch(plain(text))
    if found is None:
        raise UnreadableError(
            N_("看不懂日期“{text}”；请写成 2026-01-31 这样", text=text[:20])
        )
    return _day(found, 1, text)


def read_last_day(text: str) -> date:
    """Read a last day, which is included; :data:`OPEN` for an end nobody knows."""
    return OPEN if plain(text) in FOREVER else read_day(text)


def read_span(text: str) -> tuple[date, date | None]:
    """Read the first and the last day of a span; None when it tells only the first.

    Raises:
        UnreadableError: it is no span.
    """
    found = SPAN.fullmatch(plain(text))
    if found is None:
        raise UnreadableError(
            N_(
                "看不懂起止日期“{text}”；请写成 2026-01-01至2026-12-31 这样",
                text=text[:40],
            )
        )
    first = _day(found, 1, text)
    if found["open"]:
        return first, OPEN
    if found["m3"]:
        return first, _made(first.year, found["m3"], found["d3"], text)
    told = found["y2"] or found["c2"] or found["e2"]
    return first, _day(found, 2, text) if told else None


def _day(found: re.Match[str], place: int, text: str) -> date:
    if compact := found[f"c{place}"]:
        return _made(compact[:4], compact[4:6], compact[6:], text)
    if serial := found[f"e{place}"]:
        day = EPOCH + timedelta(days=int(serial))
        return _made(day.year, day.month, day.day, text)
    return _made(found[f"y{place}"], found[f"m{place}"], found[f"d{place}"], text)


def _made(year: str | int, month: str | int, day: str | int, text: str) -> date:
    try:
        made = date(int(year), int(month), int(day))
    except ValueError as error:
        raise UnreadableError(
            N_("没有“{text}”这一天；请核对", text=text[:20])
        ) from error
    if not FIRST_YEAR <= made.year <= LAST_YEAR:
        raise UnreadableError(N_("日期“{text}”的年份不对；请核对", text=text[:20]))
    return made


def read_intent(text: str) -> Intent:
    """Read what is to happen.

    Raises:
        UnreadableError: nobody says it so.
    """
    found = _INTENTS.get(plain(text)) if text else Intent.STAY
    if found is None:
        raise UnreadableError(
            N_("看不懂状态“{text}”；请写 {known}", text=text[:20], known=USUAL_INTENTS)
        )
    return found


def split_path(text: str) -> tuple[str, ...]:
    """Split 示例中心/城东管理部/1号窗口 into its parts, from the widest on."""
    parts = (part.strip() for part in SEPARATORS.split(tidy(text)))
    return tuple(part for part in parts if part)


def split_list(text: str) -> tuple[str, ...]:
    """Split a list of names: 提取、贷款."""
    return tuple(part for part in LISTED.split(plain(text)) if part)


def is_like_a_seat(name: str) -> bool:
    """Tell whether a name sounds like a window, not like a site."""
    return bool(SEAT_LIKE.search(plain(name)))
