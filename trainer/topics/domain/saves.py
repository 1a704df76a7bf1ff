"""The saves of a text: who changed it, when, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TextName(StrEnum):
    """The texts that all content hangs on; the value is the file without ending."""

    TOPICS = "topics"
    COMPETENCIES = "competencies"
    GLOSSARY = "glossary"


@dataclass(frozen=True, slots=True)
class Save:
    """One save; ``number`` counts from 1."""

    number: int
    by: int
    at: datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveText:
    """Command: replace a text.

    ``based_on`` is the number of the save the editor began with; None skips the
    check (an import).
    """

    name: TextName
    text: str
    note: str
    based_on: int | None = None
