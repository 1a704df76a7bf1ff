"""Addresses of mail that an administrator enters for many people; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.notices.domain.mailing import must_be_address

MOST_ADDRESSES: Final = 5000
BETWEEN: Final = re.compile(r"[\s,，;；]+")
HEADING: Final = "工号"
"""How the first line begins, which may be left out."""

NONE: Final = "-"
"""What stands for no address any more."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """Somebody's address, as it was entered.

    Attributes:
        line: Number of the line, from 1.
        login: His account.
        address: Where he gets mail; empty takes away what was entered.
    """

    line: int
    login: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What came of entering addresses.

    Attributes:
        kept: How many are new or different.
        same: How many were there already.
        own: How many were left alone, because people had entered their own.
    """

    kept: int
    same: int
    own: int


def read_addresses(text: str) -> list[Addressed]:
    """Read a list: account and address on each line, as two columns are copied.

    Raises:
        MistakesError: lines that cannot be read, each with its number.
    """
    found: dict[str, Addressed] = {}
    mistakes: list[Mistake] = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = BETWEEN.split(line.strip("\ufeff \t,，;；"))
        if cells == [""] or (number == 1 and cells[0] == HEADING):
            continue
        wrong = _wrong(cells, found)
        if wrong:
            mistakes.append(Mistake(number, wrong))
        else:
            login, address = cells
            found[login] = Addressed(number, login, "" if address == NONE else address)
    if len(found) > MOST_ADDRESSES:
        told = N_("一次最多 {n} 人；请分几次", n=MOST_ADDRESSES)
        mistakes.append(Mistake(MOST_ADDRESSES, told))
    if mistakes:
        raise MistakesError(mistakes)
    return [*found.values()]


def _wrong(cells: list[str], found: Mapping[str, Addressed]) -> str:
    """Say what is wrong with a line, empty when nothing is."""
    if len(cells) != len(("login", "address")):
        return N_("一行写一个人：工号和邮箱，中间用逗号、空格或制表符隔开")
    if cells[0] in found:
        return N_("{login} 写了两次；请保留一处", login=cells[0])
    try:
        if cells[1] != NONE:
            must_be_address(cells[1])
    except TrainerError as error:
        return error.message
    return ""
