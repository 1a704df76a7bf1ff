"""What editors and approvers see of banks and quizzes: the list, and each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trainer.publishing.domain.drafting import Chosen
from trainer.publishing.domain.revision import Revision
from trainer.quizzes.domain.proofs import Shown
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.quiz import Quota


@dataclass(frozen=True, slots=True)
class ShelfFilter:
    """What of the list is wanted; empty is all."""

    kind: str = ""
    line: str = ""
    words: str = ""
    stale: bool = False
    open: bool = False
    part: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfLine:
    """A bank or a quiz in the list.

    Attributes:
        revision: What holds, else the newest there is.
        since: First day of what holds; None when nothing does.
        questions: How many it has, or asks.
        stale: How many of them rest on a clause that changed.
        drafts: Texts of it that somebody works on.
    """

    revision: Revision
    since: date | None
    questions: int
    stale: int
    drafts: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class BankFilter:
    """Which questions of a bank are wanted; empty is all."""

    competency: str = ""
    type: str = ""
    difficulty: int = 0
    stale: bool = False
    words: str = ""

    def fits(self, question: Question, *, stale: bool) -> bool:
        """Tell whether a question is wanted."""
        return (
            self.competency in {"", question.competency}
            and self.type in {"", question.type}
            and self.difficulty in {0, question.difficulty}
            and (stale or not self.stale)
            and all(words in _said(question) for words in self.words.split())
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BankSheet:
    """A bank with the questions that are wanted, out of ``total``."""

    sheet: Chosen
    questions: tuple[Shown, ...]
    total: int
    competencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """A quota: how many questions fit it, and how many are left for it.

    Quotas share the questions, so fewer may be left than fit.
    """

    quota: Quota
    fitting: int
    available: int

    @property
    def is_short(self) -> bool:
        """Whether it cannot be filled."""
        return self.available < self.quota.count


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A fixed question of a quiz; ``name`` is empty when there is none."""

    place: Place
    name: str
    is_stale: bool

    @property
    def is_missing(self) -> bool:
        """Whether no bank in force has it."""
        return not self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizSheet:
    """A quiz: its rules in words, and what it asks, as the pool is on a day."""

    sheet: Chosen
    rules: tuple[str, ...]
    quotas: tuple[QuotaLine, ...]
    places: tuple[PlaceLine, ...]
    on: date

    @property
    def lacks(self) -> bool:
        """Whether a paper of it would have too few questions."""
        unfit = any(line.is_missing or line.is_stale for line in self.places)
        return unfit or any(line.is_short for line in self.quotas)


def _said(question: Question) -> str:
    """Give what words are looked for in."""
    told = (question.stem, question.explanation, question.id, *question.tags)
    story = question.case.stem if question.case else ""
    return "\n".join((*told, story))
