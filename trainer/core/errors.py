"""The errors a feature may raise, and nothing about HTTP.

``kind`` says what went wrong; :mod:`trainer.kit.web.errors` decides which
status and which page that becomes. ``message`` is written for window staff, in
Chinese, marked for translation: what happened, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from trainer.core.document import Mistake
from trainer.core.wording import Nn_
from trainer.core.wording import one_by_one


class Kind(StrEnum):
    """What went wrong, in the caller's terms."""

    MISSING = "missing"
    DENIED = "denied"
    INVALID = "invalid"
    CONFLICT = "conflict"
    BUSY = "busy"
    LIMITED = "limited"
    STRANGER = "stranger"


class TrainerError(Exception):
    """Root of every error that a person may see."""

    kind: ClassVar[Kind] = Kind.INVALID
    code: ClassVar[str] = ""
    """What a program tells it by; empty where its kind says enough."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFoundError(TrainerError):
    """The thing asked for does not exist, or not for this person."""

    kind = Kind.MISSING


class DeniedError(TrainerError):
    """The person may not do this."""

    kind = Kind.DENIED


class ConflictError(TrainerError):
    """Somebody changed it first."""

    kind = Kind.CONFLICT


class BusyError(TrainerError):
    """It cannot be done at this moment; trying again later may work."""

    kind = Kind.BUSY


class TooManyError(TrainerError):
    """It was tried too often; ``wait`` is in seconds until it may be tried again."""

    kind = Kind.LIMITED

    def __init__(self, message: str, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


class StrangerError(TrainerError):
    """A program does not say who it is, or is not known."""

    kind = Kind.STRANGER


class MistakesError(TrainerError):
    """A text has mistakes; each says its line, what is wrong and what to do."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        told = one_by_one([str(mistake) for mistake in self.mistakes[:3]])
        more = len(self.mistakes) - 3
        super().__init__(
            Nn_("{told}；另有 {n} 处", told=told, n=more) if more > 0 else told
        )
