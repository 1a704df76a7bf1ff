"""What a password must be, and how long it lasts; pure."""

from __future__ import annotations

import re
from datetime import datetime
from datetime import timedelta
from itertools import product

from pypinyin import Style
from pypinyin import pinyin

from trainer.core.clock import day_of
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.people.domain.common_passwords import is_common

SHORTEST_PASSWORD = 10
"""Least characters of a password."""

SHORTEST_PART = 4
"""Letters or digits of a name or number from which it counts as part of a password."""

REMEMBERED = 5
"""Passwords before the present one that are not taken again."""

WARNED_BEFORE = timedelta(days=14)
"""From so long before its end on, the owner is told that a password expires."""

LIKE = str.maketrans("@$!", "asi")
"""Signs that people write for a letter."""


class WeakPasswordError(TrainerError):
    """The password is too easy to guess."""


class UsedPasswordError(TrainerError):
    """The person had this password lately."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "新密码是最近用过的；最近 {n} 个用过的密码都不能再用，请换一个",
                n=REMEMBERED,
            )
        )


def must_be_strong(
    password: str, login: str, *, name: str = "", phone: str = ""
) -> None:
    """Check a new password against what is known of its owner.

    Args:
        password: As typed.
        login: The owner's 工号.
        name: Shown name; its pinyin is looked for, either name first.
        phone: Telephone number as given, empty when unknown.

    Raises:
        WeakPasswordError: too short, one sort of characters only, one of the
            commonest, or it holds the login, the name or the telephone number.
    """
    sorts = sum(
        bool(re.search(sort, password))
        for sort in ("[A-Za-z]", "[0-9]", "[^A-Za-z0-9]")
    )
    if len(password) < SHORTEST_PASSWORD or sorts < 2:  # noqa: PLR2004
        raise WeakPasswordError(
            N_(
                "密码至少 {n} 位，并含字母、数字、符号中的两类",
                n=SHORTEST_PASSWORD,
            )
        )
    plain = _alnum(password)
    if login.casefold() in password.casefold():
        raise WeakPasswordError(N_("密码里不能含有工号"))
    if is_common(plain) or is_common(_alnum(password.translate(LIKE))):
        raise WeakPasswordError(
            N_("这个密码太常见，最先被人猜到；请换一个别人想不到的")
        )
    if any(spelt in plain for spelt in _spellings(name)):
        raise WeakPasswordError(N_("密码里不能含有姓名的拼音"))
    digits = re.sub(r"\D", "", phone)
    if len(digits) >= SHORTEST_PART and digits in re.sub(r"\D", "", password):
        raise WeakPasswordError(N_("密码里不能含有自己的电话号码"))


def _alnum(password: str) -> str:
    return "".join(filter(str.isalnum, password.casefold()))


def _spellings(name: str) -> set[str]:
    """Give a name in pinyin, family name first and last; remarks are left out."""
    written = re.sub("[(（].*|[^\u4e00-\u9fff]", "", name)[:4]
    read = pinyin(written, style=Style.NORMAL, heteronym=True)
    spelt = {
        "".join(order)
        for syllables in product(*read)
        for order in (syllables, (*syllables[1:], *syllables[:1]))
    }
    return {each for each in spelt if len(each) >= SHORTEST_PART}


def ends_at(set_at: datetime, days: int) -> datetime | None:
    """Give when a password expires, None when passwords last for ever."""
    return set_at + timedelta(days=days) if days else None


def days_left(ends: datetime | None, at: datetime) -> int | None:
    """Give the days of the centre's calendar a password still lasts.

    None when its owner need not be told yet; 0 is its last day.
    """
    if ends is None or ends - at > WARNED_BEFORE:
        return None
    return max((day_of(ends) - day_of(at)).days, 0)
