"""What newcomer and mentor write to each other: reflections and questions; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trainer.core.errors import ConflictError
from trainer.core.errors import DeniedError
from trainer.core.errors import TrainerError
from trainer.core.masking import masked
from trainer.core.wording import N_

LONGEST = 1000


class NoteKind(StrEnum):
    """What a note is."""

    REFLECTION = "reflection"
    QUESTION = "question"


NOTE_NAMES = {
    NoteKind.REFLECTION: N_("本周小结"),
    NoteKind.QUESTION: N_("向带教老师提问"),
}


class NothingWrittenError(TrainerError):
    """There are no words."""

    def __init__(self) -> None:
        super().__init__(N_("还没有写内容；请写几句再提交"))


class NotYourNoteError(DeniedError):
    """Reflections and questions are the newcomer's own."""

    def __init__(self) -> None:
        super().__init__(N_("小结和提问由新人本人写"))


class NotYourAnswerError(DeniedError):
    """The mentor answers."""

    def __init__(self) -> None:
        super().__init__(N_("提问由带教老师来答"))


class AnsweredError(ConflictError):
    """It has an answer."""

    def __init__(self) -> None:
        super().__init__(N_("这个问题已经答过，刚才的没有保存；请刷新后再看"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNote:
    """Command: write to one's mentor.

    Attributes:
        secondment: Key of one's secondment.
        kind: What it is.
        words: What is written; numbers that may be a citizen's are masked.
        once: What tells one form from another.
    """

    secondment: int
    kind: NoteKind
    words: str
    once: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note as it is kept; ``answer`` is empty while there is none.

    ``week`` counts from the first day of the secondment, from 1.
    """

    id: int
    secondment: int
    kind: NoteKind
    week: int
    words: str
    at: datetime
    answer: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is a question without an answer."""
        return self.kind is NoteKind.QUESTION and not self.answer


def kept_words(written: str) -> str:
    """Give words as they are kept: masked, not too long.

    Raises:
        NothingWrittenError: there are none.
    """
    told = masked(written.strip())[:LONGEST]
    if not told:
        raise NothingWrittenError
    return told
