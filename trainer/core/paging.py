"""A long list is shown in parts; a part knows how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic
from typing import TypeVar

T = TypeVar("T")

SIZE = 50
"""Items of a part."""

FARTHEST = 10_000
"""Last part anybody may ask for; a filter finds things sooner."""


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Part ``number`` (from 1) of a list of ``total`` items."""

    items: tuple[T, ...]
    number: int
    total: int

    @property
    def last(self) -> int:
        """Number of the last part, at least 1."""
        return max(1, -(-self.total // SIZE))


def part_number(written: str) -> int:
    """Read the number of a part from an address; what is no number is the first."""
    if written.isascii() and written.isdigit() and len(written) < len(str(FARTHEST)):
        return max(1, int(written))
    return 1


def offset(number: int) -> int:
    """Give how many items come before a part."""
    return (number - 1) * SIZE
