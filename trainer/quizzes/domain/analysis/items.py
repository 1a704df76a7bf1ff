"""What the answers say about each question, in each of its wordings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from trainer.core.wording import N_
from trainer.quizzes.domain.analysis.measures import Values
from trainer.quizzes.domain.analysis.measures import correlation
from trainer.quizzes.domain.analysis.measures import thirds
from trainer.quizzes.domain.analysis.sheets import EXACT
from trainer.quizzes.domain.analysis.sheets import Graded
from trainer.quizzes.domain.analysis.sheets import Item
from trainer.quizzes.domain.analysis.sheets import Numbers
from trainer.quizzes.domain.analysis.sheets import Outcome
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.types.deciding import TRUE_FALSE
from trainer.quizzes.domain.types.ticking import MATERIALS
from trainer.quizzes.domain.types.ticking import MULTIPLE
from trainer.quizzes.domain.types.ticking import SINGLE

FIRM = 30
"""People from whom on figures are firm, a choice of ours. By chance alone a
correlation of nothing then strays by 1 / sqrt(29) = 0.19 (Fisher, 1915) and a facility
by at most sqrt(0.25 / 30) = 9 percentage points; with fewer people a flag would be
little more than a guess."""

TOO_EASY = 0.95
"""Facility above which a question tells nothing, a choice of ours: the default pass
mark is 80 %, so high facilities are wanted, but one of twenty ought to learn by it."""

TOO_HARD = 0.25
"""Facility below which something is wrong with the question, the key or the lessons:
who guesses gets as much, of four options."""

TICKED = frozenset(each.code for each in (SINGLE, MULTIPLE, MATERIALS, TRUE_FALSE))
"""Types whose answer is the keys of what is chosen; only these have distractors."""


class Flag(StrEnum):
    """What an author ought to look at."""

    TOO_EASY = "too_easy"
    TOO_HARD = "too_hard"
    NEGATIVE = "negative"
    DEAD_DISTRACTOR = "dead_distractor"


FLAG_NAMES: Mapping[Flag, str] = {
    Flag.TOO_EASY: N_("太容易"),
    Flag.TOO_HARD: N_("太难"),
    Flag.NEGATIVE: N_("区分度为负"),
    Flag.DEAD_DISTRACTOR: N_("干扰项没人选"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How many people chose something, by the third their whole paper is in.

    Attributes:
        key: Its key in the question.
        text: Its words.
        is_right: Whether it ought to be chosen; else it is a distractor.
        lower: People of the lower third who chose it.
        middle: Of the middle third.
        upper: Of the upper third.
    """

    key: str
    text: str
    is_right: bool
    lower: int
    middle: int
    upper: int

    @property
    def count(self) -> int:
        """How many people chose it."""
        return self.lower + self.middle + self.upper


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatistics:
    """What is known of an item.

    Attributes:
        item: The item.
        n: People whose answer is graded, at least 1.
        facility: Mean share of the full mark, 0 to 1.
        item_rest: Correlation of the share with that of the rest of the same paper,
            -1 to 1; None where it is not defined: fewer than three people with a
            rest, or no difference between them.
        unanswered: People who gave no answer.
        choices: What could be chosen, in the order of the text; empty where nothing
            is ticked.
        seconds: Median of the known times; None when none is known.
        flags: What to look at; none while it is not firm.
    """

    item: Item
    n: int
    facility: float
    item_rest: float | None
    unanswered: int
    choices: tuple[Choice, ...]
    seconds: float | None
    flags: tuple[Flag, ...]

    @property
    def is_firm(self) -> bool:
        """Whether enough people answered to judge it."""
        return self.n >= FIRM


def item_statistics(
    answers: Graded, questions: Mapping[Item, Question]
) -> tuple[ItemStatistics, ...]:
    """Give what is known of each item, in their order.

    Args:
        answers: What is graded of the first attempts.
        questions: The questions as they were asked.
    """
    ordered = np.argsort(answers.item, kind="stable")
    ends = np.cumsum(np.bincount(answers.item, minlength=len(answers.items)))
    rests = _rests(answers)
    found = (
        _statistics(item, answers, lines, rests[lines], questions.get(item))
        for item, lines in zip(answers.items, np.split(ordered, ends), strict=False)
    )
    return tuple(sorted(found, key=lambda each: each.item))


def _rests(answers: Graded) -> Values:
    """Give, by line, the share of the rest of the paper; NaN where there is none.

    Of papers with the same questions its correlation is that of the rest score.
    Where each paper is drawn, the share makes papers of different length comparable;
    that some are harder is noise, which draws the correlation towards 0.

    Source: Henrysson (1963), Psychometrika 28, 211-218: what counts in the sum
    itself must be taken out of it.
    """
    sizes = np.bincount(answers.paper)[answers.paper]
    got = answers.got[answers.paper] - answers.share * answers.marks
    full = answers.full[answers.paper] - answers.marks
    rests: Values = np.full(len(got), np.nan)
    return np.divide(got, full, out=rests, where=sizes > 1)


def _statistics(
    item: Item,
    answers: Graded,
    lines: Numbers,
    rests: Values,
    question: Question | None,
) -> ItemStatistics:
    shares, outcomes = answers.share[lines], [answers.outcomes[at] for at in lines]
    facility, paired = float(shares.mean()), ~np.isnan(rests)
    item_rest = correlation(shares[paired], rests[paired])
    percents = answers.percent[answers.paper[lines]]
    choices = _choices(outcomes, thirds(percents), question) if question else ()
    known = [each.seconds for each in outcomes if each.seconds is not None]
    flags = _flags(facility, item_rest, choices) if len(outcomes) >= FIRM else ()
    return ItemStatistics(
        item=item,
        n=len(outcomes),
        facility=facility,
        item_rest=item_rest,
        unanswered=sum(not each.given for each in outcomes),
        choices=choices,
        seconds=float(np.median(known)) if known else None,
        flags=tuple(flags),
    )


def _choices(
    outcomes: Sequence[Outcome], places: Sequence[int], question: Question
) -> tuple[Choice, ...]:
    if question.type not in TICKED:
        return ()
    drawn = question.body.draw(lambda _: 0, shuffle=False)
    right = question.body.solution(drawn).answer
    counts = Counter(
        (key, place)
        for each, place in zip(outcomes, places, strict=True)
        for key in each.given
    )
    return tuple(
        Choice(
            key=choice.key,
            text=choice.text,
            is_right=choice.key in right,
            lower=counts[choice.key, 0],
            middle=counts[choice.key, 1],
            upper=counts[choice.key, 2],
        )
        for choice in question.body.face(question.stem, drawn).choices
    )


def _flags(
    facility: float, item_rest: float | None, choices: Iterable[Choice]
) -> Iterator[Flag]:
    if round(facility, EXACT) > TOO_EASY:
        yield Flag.TOO_EASY
    if round(facility, EXACT) < TOO_HARD:
        yield Flag.TOO_HARD
    if item_rest is not None and round(item_rest, EXACT) < 0:
        yield Flag.NEGATIVE
    if any(not choice.is_right and not choice.count for choice in choices):
        yield Flag.DEAD_DISTRACTOR
