"""What pages know of a text that somebody writes, by a form or not; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.core.errors import TrainerError
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.revision import Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The text somebody writes, or that its draft will follow.

    Attributes:
        revision: The text.
        action: Address that the form is sent to.
    """

    revision: Revision
    action: str

    @property
    def is_new_draft(self) -> bool:
        """Whether saving begins a draft."""
        return self.revision.status not in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a button.

    Attributes:
        refusal: Why nothing was kept; empty when something was.
        mistakes: Lines that cannot be kept.
        theirs: What somebody else has saved meanwhile.
    """

    refusal: str = ""
    mistakes: Sequence[Mistake] = ()
    theirs: str = ""

    @classmethod
    def of(cls, error: TrainerError, theirs: str = "") -> Self:
        """Say why nothing was kept."""
        if isinstance(error, MistakesError):
            return cls(mistakes=error.mistakes)
        return cls(refusal=error.message, theirs=theirs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One text of a document, and how it stands among the others.

    Attributes:
        revision: The text.
        holds: Whether it is in force on the day asked for.
        drafts: Texts of the document that are not decided yet, newest first.
        held: Whether any was ever approved.
    """

    revision: Revision
    holds: bool
    drafts: tuple[Revision, ...]
    held: bool
