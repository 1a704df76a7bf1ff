"""A row of a roster, read; not yet compared with who is here."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import TypeVar

from trainer.core.wording import N_
from trainer.people.domain.accounts import LOGIN
from trainer.people.domain.accounts import PHONE
from trainer.people.domain.places import CHANNEL_NAMES
from trainer.people.domain.places import Channel
from trainer.people.domain.roles import ROLE_NAMES
from trainer.people.domain.roles import Role
from trainer.people.domain.roster.fields import Field
from trainer.people.domain.roster.reading import OPEN
from trainer.people.domain.roster.reading import Intent
from trainer.people.domain.roster.reading import UnreadableError
from trainer.people.domain.roster.reading import plain
from trainer.people.domain.roster.reading import read_day
from trainer.people.domain.roster.reading import read_intent
from trainer.people.domain.roster.reading import read_last_day
from trainer.people.domain.roster.reading import read_span
from trainer.people.domain.roster.reading import split_list
from trainer.people.domain.roster.reading import tidy

LONGEST = 64
"""Characters of a cell that names something."""

LONGEST_NAME = 32
LONGEST_REASON = 200

GIVEN_ROLES = "窗口人员、带教老师"
"""The roles a roster may give, as it writes them."""

T = TypeVar("T")
DAY = timedelta(days=1)

_ROLES = {name: role for role, name in ROLE_NAMES.items()} | {
    role.value: role for role in Role
}
_CHANNELS = {name: channel for channel, name in CHANNEL_NAMES.items()} | {
    channel.value: channel for channel in Channel
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell."""

    field: Field
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a row says; what it leaves open is empty or None and stays as it is.

    Attributes:
        number: Number of the row in the sheet.
        department: The path as it was written, see :func:`.reading.split_path`.
        until: First day after the span; :data:`OPEN` when no end is known.
        gone_on: First day on which the person is no longer there.
    """

    number: int
    login: str
    name: str = ""
    phone: str = ""
    roles: frozenset[Role] | None = None
    department: str = ""
    bank: str = ""
    seat: str = ""
    channel: Channel | None = None
    lines: tuple[str, ...] = ()
    post: str = ""
    begins: date | None = None
    until: date | None = None
    mentor: str = ""
    successor: str = ""
    intent: Intent = Intent.STAY
    gone_on: date | None = None
    reason: str = ""


class _Cells:
    """The cells of one row; gathers what cannot be read."""

    def __init__(self, cells: Mapping[Field, str]) -> None:
        self._cells = cells
        self.problems: list[Problem] = []

    def raw(self, field: Field) -> str:
        return self._cells.get(field, "").strip()

    def text(self, field: Field, longest: int = LONGEST) -> str:
        text = tidy(self.raw(field))
        if len(text) > longest:
            self.wrong(field, N_("太长了，最多 {longest} 个字", longest=longest))
            return ""
        return text

    def read(self, field: Field, how: Callable[[str], T]) -> T | None:
        if not (text := self.raw(field)):
            return None
        try:
            return how(text)
        except UnreadableError as error:
            self.wrong(field, error.message)
            return None

    def wrong(self, field: Field, message: str) -> None:
        self.problems.append(Problem(field, message))


def read_entry(
    number: int, cells: Mapping[Field, str]
) -> tuple[Entry, tuple[Problem, ...]]:
    """Read a row; never raises."""
    row = _Cells(cells)
    begins, until = _days(row)
    gone = row.read(Field.LEFT_ON, read_day)
    entry = Entry(
        number=number,
        login=_login(row),
        name=row.text(Field.NAME, LONGEST_NAME),
        phone=_phone(row),
        roles=_roles(row),
        department=row.text(Field.DEPARTMENT, 3 * LONGEST),
        bank=row.text(Field.BANK),
        seat=row.text(Field.SEAT),
        channel=row.read(Field.CHANNEL, _channel),
        lines=split_list(row.text(Field.LINES, 3 * LONGEST)),
        post=row.text(Field.POST),
        begins=begins,
        until=until,
        mentor=row.text(Field.MENTOR),
        successor=row.text(Field.SUCCESSOR),
        intent=row.read(Field.STATUS, read_intent) or Intent.STAY,
        gone_on=gone + DAY if gone else None,
        reason=row.text(Field.REASON, LONGEST_REASON),
    )
    return entry, tuple(row.problems)


def _login(row: _Cells) -> str:
    login = plain(row.raw(Field.LOGIN))
    if not login:
        row.wrong(Field.LOGIN, N_("缺工号；系统按工号认人，请补上"))
    elif not LOGIN.match(login):
        row.wrong(Field.LOGIN, N_("工号用 2 到 32 位字母、数字、点、横线或下划线"))
    return login[:LONGEST]


def _phone(row: _Cells) -> str:
    phone = plain(row.text(Field.PHONE))
    if phone and not PHONE.match(phone):
        row.wrong(Field.PHONE, N_("电话只写数字，可带横线，例如 010-12345678"))
        return ""
    return phone


def _roles(row: _Cells) -> frozenset[Role] | None:
    names = split_list(row.text(Field.ROLE, 3 * LONGEST))
    if unknown := [name for name in names if name.lower() not in _ROLES]:
        row.wrong(
            Field.ROLE,
            N_(
                "没有“{name}”这个角色；可写 {known}", name=unknown[0], known=GIVEN_ROLES
            ),
        )
        return None
    return frozenset(_ROLES[name.lower()] for name in names) if names else None


def _channel(text: str) -> Channel:
    found = _CHANNELS.get(plain(text).lower())
    if found is None:
        names = "、".join(CHANNEL_NAMES.values())  # in Chinese, as it is read
        raise UnreadableError(
            N_("没有“{text}”这种渠道；可写 {names}", text=text[:20], names=names)
        )
    return found


def _days(row: _Cells) -> tuple[date | None, date | None]:
    """Give the first day, and the first day after the last."""
    begins: date | None
    if span := row.read(Field.SPAN, read_span):
        field, (begins, last) = Field.SPAN, span
    else:
        field = Field.LAST_DAY
        begins = row.read(Field.BEGINS, read_day)
        last = row.read(Field.LAST_DAY, read_last_day)
    if begins and last and last < begins:
        row.wrong(field, N_("最后一天早于第一天；请核对起止日期"))
        return begins, None
    return begins, last if last in {None, OPEN} else last + DAY
