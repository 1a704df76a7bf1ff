"""What the site holds about somebody, as he gets it himself; pure.

Every feature that holds something about people gives one or more chapters; the
registry of them is in ``trainer.features``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from trainer.core.clock import CENTRE


@dataclass(frozen=True, slots=True)
class Chapter:
    """A table of what is held; each row has as many cells as there are columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def cells(*values: object) -> tuple[str, ...]:
    """Write the cells of a row; what there is none of is empty.

    A moment is written as the centre's clock shows it, with its offset.
    """
    return tuple(map(_cell, values))


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(CENTRE).isoformat(" ", "seconds")
    return "" if value is None else str(value)
