"""What an import would do, before it is done: values for the pages that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from trainer.quizzes.domain.exchange.joining import Standing
from trainer.quizzes.domain.exchange.joining import free_prefix
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.taking import AskedItem
from trainer.quizzes.domain.types.base import Solution


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where somebody wants questions to go.

    Attributes:
        slug: The bank.
        front_matter: Front matter of a new bank; empty for one in force.
        first_day: First day of what the import makes.
    """

    slug: str
    front_matter: str
    first_day: date

    @property
    def is_new(self) -> bool:
        """Whether the bank begins with this."""
        return bool(self.front_matter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A bank as it is found.

    Attributes:
        destination: What was asked for.
        title: What it is called.
        topic: Its business line.
        text: Its text; of a new bank the front matter between its fences.
        there: Its questions, none for a new bank.
        since: First day of that text, None for a new bank.
        seal: Digest of the text, empty for a new bank.
        draft: Key of a draft somebody has begun; None when there is none.
    """

    destination: Destination
    title: str
    topic: str
    text: str
    there: tuple[Question, ...]
    since: date | None
    seal: str
    draft: int | None

    @property
    def prefix(self) -> str:
        """What ids of questions without one begin with."""
        return free_prefix(self.there)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A question of a preview.

    Attributes:
        line: Row or line where it begins.
        id: Its id.
        standing: What it means for the bank; None with faults.
        item: As a taker sees it; None when it could not be read so far.
        solution: What is right, in letters where there are letters.
        why: Safe HTML of the explanation.
        stem: What was understood of it while it cannot be shown.
        cites: What the clauses are called that it rests on, by address.
        faults: What is wrong, each with its place.
        warnings: What should be looked at; it may come in.
    """

    line: int
    id: str
    standing: Standing | None
    item: AskedItem | None
    solution: Solution | None
    why: str
    stem: str
    cites: Mapping[str, str]
    faults: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import would do.

    Attributes:
        target: Where to.
        shown: Its questions, those with faults first.
        faults: What is wrong with the file as a whole.
        unused: Headers of columns that nothing was read from.
        packed: What is sent back to confirm it.
    """

    target: Target
    shown: tuple[Shown, ...]
    faults: tuple[str, ...]
    unused: tuple[str, ...]
    packed: str

    @property
    def counts(self) -> Mapping[Standing, int]:
        """How many questions are new, changed, the same."""
        told = [each.standing for each in self.shown]
        return {standing: told.count(standing) for standing in Standing}

    @property
    def wrong(self) -> int:
        """How many have faults."""
        return sum(1 for each in self.shown if each.standing is None)

    @property
    def coming(self) -> int:
        """How many can come in."""
        return len(self.shown) - self.wrong

    @property
    def is_effective(self) -> bool:
        """Whether it would change anything."""
        return bool(self.counts[Standing.NEW] or self.counts[Standing.CHANGED])
