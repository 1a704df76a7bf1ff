"""What every command shares: the installation it works on, and its exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click
from sqlalchemy import Engine

T = TypeVar("T")

EXIT_WRONG = 1
"""The command did its work and the answer is no: mistakes, differences, no hit."""

EXIT_REFUSED = 3
"""The command could not do its work; the sentence on stderr says why."""

EXIT_INTERRUPTED = 130
"""Ctrl-C; what the command was doing left no half of itself behind."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What commands work on; ``home_city`` is the centre's own city."""

    data: Path
    index: Path
    engine: Engine
    home_city: str
    audit_keep_days: int


def progress(items: Collection[T], label: str) -> Iterator[T]:
    """Show a progress bar on a terminal, and nothing elsewhere, while items pass."""
    shown = sys.stderr.isatty()
    with click.progressbar(
        items, label=label, file=sys.stderr, hidden=not shown
    ) as bar:
        yield from bar


@contextmanager
def advancing(total: int, label: str) -> Iterator[Callable[[int], None]]:
    """Show such a bar for work that tells by itself how many more it has done."""
    shown = sys.stderr.isatty()
    with click.progressbar(
        length=total, label=label, file=sys.stderr, hidden=not shown
    ) as bar:
        yield bar.update
