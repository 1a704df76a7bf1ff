"""Drawing a paper: unseen questions first, then those seen least; pure.

A question of a case brings the whole case: nobody is asked half of a story.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.answers import shuffled
from trainer.quizzes.domain.listing import Listed
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.quiz import Quota


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be drawn; stale ones are left out by whoever gathers."""

    bank: str
    question: Listed

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.bank, self.question.id)

    @property
    def story(self) -> Place:
        """What is drawn as one: its case, or itself."""
        return Place(self.bank, self.question.story or self.question.id)


@dataclass(frozen=True, slots=True)
class Shortage:
    """A quota that the pool cannot fill: there are only ``available``."""

    quota: Quota
    available: int


def shortages(draw: Sequence[Quota], pool: Sequence[Candidate]) -> list[Shortage]:
    """Give the quotas that cannot be filled, for the author, when he saves.

    Quotas share the pool; the one that fewest questions fit is filled first.
    """
    taken: set[Place] = set()
    found = []
    for quota in (draw[at] for at in _narrow_first(draw, pool)):
        free = [e.place for e in pool if fits(e, quota) and e.place not in taken]
        if len(free) < quota.count:
            found.append(Shortage(quota, len(free)))
        taken.update(free[: quota.count])
    return found


def drawn(
    draw: Sequence[Quota],
    pool: Sequence[Candidate],
    seen: Mapping[Place, int],
    dice: Dice,
) -> list[Place]:
    """Draw a paper; gives the places in the order of the quotas.

    Within a quota: who has seen a question least often gets it, chance decides among
    equals. A case comes whole; what comes with it counts for whichever quota it fits.

    Args:
        draw: The quotas.
        pool: What may be drawn.
        seen: How often this person has been asked each question.
        dice: Chance.
    """
    stories: dict[Place, list[Candidate]] = {}
    for each in pool:
        stories.setdefault(each.story, []).append(each)
    paper: dict[Place, int] = {}  # the quota each is for
    missing = [quota.count for quota in draw]
    for at in _narrow_first(draw, pool):
        for each in _preferred(pool, draw[at], seen, paper, dice):
            if missing[at] <= 0:
                break
            for told in stories[each.story]:
                if told.place not in paper:
                    fills = _filled_by(told, draw, missing, at)
                    paper[told.place] = at if fills is None else fills
                    if fills is not None:
                        missing[fills] -= 1
    return sorted(paper, key=paper.__getitem__)


def _filled_by(
    candidate: Candidate, draw: Sequence[Quota], missing: Sequence[int], first: int
) -> int | None:
    """Give the quota that a question fills, the first one if it can."""
    places = [first, *(at for at in range(len(draw)) if at != first)]
    wanting = (at for at in places if missing[at] > 0)
    return next((at for at in wanting if fits(candidate, draw[at])), None)


def _narrow_first(draw: Sequence[Quota], pool: Sequence[Candidate]) -> list[int]:
    """Give the places of the quotas, those that fewest questions fit first."""
    room = [sum(fits(each, quota) for each in pool) for quota in draw]
    return sorted(range(len(draw)), key=room.__getitem__)


def fits(candidate: Candidate, quota: Quota) -> bool:
    """Tell whether a question counts for a quota."""
    question = candidate.question
    return (
        question.competency == quota.competency
        and quota.difficulty in {0, question.difficulty}
        and (not quota.banks or candidate.bank in quota.banks)
    )


def _preferred(
    pool: Iterable[Candidate],
    quota: Quota,
    seen: Mapping[Place, int],
    taken: Collection[Place],
    dice: Dice,
) -> list[Candidate]:
    """Give what fits and is not taken, least seen first, chance among equals."""
    free = [e for e in pool if fits(e, quota) and e.place not in taken]
    return sorted(shuffled(free, dice), key=lambda each: seen.get(each.place, 0))
