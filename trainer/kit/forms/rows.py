"""Lists of rows in a form, changed by buttons that send it; and words as typed."""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from typing import Self

from trainer.core.wording import listed_words

ROW = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Move:
    """What a button of the form asks for: ``add options``, ``up options 2``."""

    verb: str
    rows: str = ""
    at: int = -1

    @classmethod
    def of(cls, written: str) -> Self:
        """Read the value of a button; what makes no sense asks for nothing."""
        verb, rows, at = [*written.split(), "", "", ""][:3]
        return cls(verb, rows, int(at) if ROW.fullmatch(at) else -1)


def moved_rows(rows: Sequence[Any], move: Move) -> list[Any]:
    """Give a list of rows after a button."""
    left = [*rows]
    if move.verb == "add":
        return [*left, {}]
    if not 0 <= move.at < len(left):
        return left
    row = left.pop(move.at)
    match move.verb:
        case "up":
            left.insert(max(0, move.at - 1), row)
        case "down":
            left.insert(move.at + 1, row)
        case "remove":
            pass
        case _:
            left.insert(move.at, row)
    return left


def with_chosen(chosen: str | None, known: Mapping[str, str]) -> dict[str, str]:
    """Give choices with what is chosen among them, though nobody has registered it."""
    extra = {chosen: chosen} if chosen and chosen not in known else {}
    return {**extra, **known}


def day_of(written: object) -> date | None:
    """Give a written day; None when it is none."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None


def words(data: str | None) -> str:
    """Give one line of text without blanks around."""
    return " ".join((data or "").split())


def text(data: str | None) -> str:
    """Give several lines of text, with the line ends of our files."""
    return (data or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def split(data: str | None) -> list[str]:
    """Give the words of a list written on one line."""
    return listed_words(data or "")


def filled_rows(rows: Collection[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Give the rows in which something is written, as they are written."""
    found = []
    for row in rows:
        said = {
            key: "true" if value is True else words(value) if value else ""
            for key, value in row.items()
        }
        if any(value for value in said.values()):
            found.append({key: value for key, value in said.items() if value})
    return found
