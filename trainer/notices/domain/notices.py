"""What was told: a notice, as it is kept and shown; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trainer.notices.domain.digesting import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something somebody was told.

    Attributes:
        id: Its key.
        key: Of the task, see :class:`~trainer.notices.domain.tasks.Task`; of somebody
            else's task with his key before it.
        kind: What was said of the task.
        on: The day it was told.
        what: What to do.
        why: Why.
        endpoint: Name of the page where it is done.
        values: What that page's address takes.
        due: Last day, inclusive; None when it has none.
        about: Shown name of whose task it is; empty for one's own.
        seen: Whether its person has marked it as seen.
    """

    id: int
    key: str
    kind: Kind
    on: date
    what: str
    why: str
    endpoint: str
    values: tuple[tuple[str, str | int], ...]
    due: date | None
    about: str
    seen: bool
