"""A job: what is done for a key, and when it is asked for by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


def never(_at: datetime) -> str:
    """Ask for nothing by itself."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A named piece of work; the same key twice is the same work.

    Attributes:
        name: ``<feature>.<act>``, never renamed: runs keep it.
        run: Does it for a key at a moment; done twice it does no harm. A
            :class:`~trainer.core.errors.TrainerError` says why it is tried again.
        key_now: The key that is due at a moment, empty for none.
    """

    name: str
    run: Callable[[str, datetime], None]
    key_now: Callable[[datetime], str] = never
