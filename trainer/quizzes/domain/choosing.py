"""What somebody should practise: from what the ledger says of him; pure.

What competence says is due or still to be shown comes first, in its order; then what
went wrong, what was never seen, and what was not seen for longest.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from trainer.competence.domain.refreshing import Due
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.answers import shuffled
from trainer.quizzes.domain.drawing import Candidate
from trainer.quizzes.domain.quiz import Place

DAILY_COUNT = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """How a question went last time: when, and the share of its mark."""

    at: datetime
    share: float


def last_seen(told: Iterable[tuple[str, datetime, float]]) -> dict[Place, Seen]:
    """Give how each question went the last time.

    Args:
        told: Item (``<bank>#<id>``), moment and share of facts that stand, any order.
    """
    last: dict[Place, Seen] = {}
    for item, at, share in told:
        bank, _, key = item.partition("#")
        place = Place(bank, key)
        if place not in last or last[place].at <= at:
            last[place] = Seen(at, share)
    return last


def mistakes(last: Mapping[Place, Seen]) -> list[Place]:
    """Give the questions that went wrong the last time, the latest first."""
    wrong = [place for place, seen in last.items() if seen.share < 1]
    return sorted(wrong, key=lambda place: last[place].at, reverse=True)


def worth_practising(
    pool: Sequence[Candidate],
    last: Mapping[Place, Seen],
    due: Sequence[Due],
    count: int,
    dice: Dice,
) -> list[Place]:
    """Choose what to practise today.

    A case comes whole, so there may be a few more than asked for; chance decides among
    the unseen. What rests on a changed rule fills the set first. Then each due
    competency gives a question in its turn, so a set of five serves several.

    Args:
        pool: What may be drawn.
        last: How each question went the last time.
        due: What is due, the most urgent first.
        count: How many are wanted.
        dice: Chance.
    """
    stories: dict[Place, list[Candidate]] = {}
    for each in pool:
        stories.setdefault(each.story, []).append(each)
    first = shuffled([*stories], dice)
    first.sort(key=lambda story: min(_turn(each, last) for each in stories[story]))
    queues = {
        each: [story for story in first if _serves(stories[story], each)]
        for each in due
    }
    changed = _in_turns([found for each, found in queues.items() if each.items])
    faded = _in_turns([found for each, found in queues.items() if not each.items])
    chosen: list[Place] = []
    for story in dict.fromkeys((*changed, *faded, *first)):
        if len(chosen) >= count:
            break
        chosen += [each.place for each in stories[story]]
    return chosen


def _serves(story: Sequence[Candidate], due: Due) -> bool:
    """Tell whether a story has a question of what is due."""
    return any(
        each.question.competency == due.code
        and (not due.items or f"{each.bank}#{each.question.id}" in due.items)
        for each in story
    )


def _in_turns(queues: Sequence[Sequence[Place]]) -> Iterator[Place]:
    """Give the first of each queue, then the second of each, and so on."""
    for turn in zip_longest(*queues):
        yield from (place for place in turn if place is not None)


def _turn(candidate: Candidate, last: Mapping[Place, Seen]) -> tuple[int, float]:
    """Give when a question is due among others, smaller first."""
    seen = last.get(candidate.place)
    if seen is None:
        return (1, 0.0)
    return (0 if seen.share < 1 else 2, seen.at.timestamp())
