"""A walk as it is shown: what was said, and what might have been better; pure."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import ConflictError
from trainer.core.wording import N_
from trainer.scenarios.domain.engine import State
from trainer.scenarios.domain.engine import begin
from trainer.scenarios.domain.engine import chosen
from trainer.scenarios.domain.engine import offered
from trainer.scenarios.domain.engine import step
from trainer.scenarios.domain.scenario import MARKS
from trainer.scenarios.domain.scenario import Choice
from trainer.scenarios.domain.scenario import Dimension
from trainer.scenarios.domain.scenario import Rating
from trainer.scenarios.domain.scenario import Scenario

PROMPTER = Actor(0, N_("提词"), frozenset({Permission.READ, Permission.EDIT}))
"""Reads the pinned text of a play for its player, whatever became of it since."""

FIRST_WEIGHT, LATER_WEIGHT = 1.0, 0.5
"""What a choice counts in the first play of a revision, and in later ones."""

MOOD_NAMES = (
    *(N_("火冒三丈"), N_("很不高兴"), N_("有点急")),
    *(N_("平静"), N_("客气"), N_("很满意")),
)
"""By mood, 0 to 5."""


class PlayState(StrEnum):
    """Where a play stands."""

    OPEN = "open"
    ENDED = "ended"
    ABANDONED = "abandoned"


STATE_NAMES = {
    PlayState.OPEN: N_("没有演完"),
    PlayState.ENDED: N_("演完了"),
    PlayState.ABANDONED: N_("放弃了"),
}


class OldPageError(ConflictError):
    """The page is older than what another window has chosen."""

    def __init__(self) -> None:
        super().__init__(
            N_("这一步在别的窗口里已经选过了，保留了那里的选择；请从现在这一步接着演")
        )


class OverError(ConflictError):
    """The play has ended, one way or the other."""

    def __init__(self) -> None:
        super().__init__(N_("这一次已经结束，不能再选；可以从情景页重新开始"))


class StillOpenError(ConflictError):
    """Another play of the same scenario is open."""

    def __init__(self) -> None:
        super().__init__(N_("这个情景您还有一次没有演完；请先演完它，或放弃它"))


class NoTurnError(ConflictError):
    """There is no such turn to go back to."""

    def __init__(self) -> None:
        super().__init__(N_("没有这一步，不能从这里重来；请从复盘里重新选择"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """Command: take a step.

    Attributes:
        number: Which step, from 1, as the page that sends it was shown.
        place: Place of the choice among those that were offered, from 1.
    """

    number: int
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How somebody wants to play.

    Attributes:
        shows: Whether each choice is judged at once; else all of them at the end.
        timed: Whether the minutes of the scenario are shown.
    """

    shows: bool = False
    timed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One step of a walk.

    Attributes:
        number: From 1.
        who: Who spoke; empty is the citizen.
        says: What was said to the clerk.
        mood: Mood of the citizen when he spoke.
        choice: What the clerk chose.
        rated: Its rating in each dimension at stake.
        better: What was offered too and is rated higher, the best first.
        minutes: Minutes of the scenario that had passed after it.
    """

    number: int
    who: str
    says: str
    mood: int
    choice: Choice
    rated: Mapping[Dimension, Rating]
    better: tuple[Choice, ...]
    minutes: int

    @property
    def is_wrong(self) -> bool:
        """Whether something better was offered."""
        return bool(self.better)


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A play in a list.

    Attributes:
        id: Its key.
        slug: The scenario.
        title: Its title in the revision that was played.
        number: The person's how manieth play of it.
        state: Where it stands.
        is_replay: Whether it went on from a turn of another one.
        began_at: When it began.
        ended_at: When it ended; None while it is open.
        score: Share of the full score; None before the end.
        passed: Whether it passed; None before the end.
    """

    id: int
    slug: str
    title: str
    number: int
    state: PlayState
    is_replay: bool
    began_at: datetime
    ended_at: datetime | None
    score: Fraction | None
    passed: bool | None

    @property
    def counts(self) -> bool:
        """Whether it is one of those that results are taken from."""
        return self.state is PlayState.ENDED and not self.is_replay


def turns(scenario: Scenario, state: State, *, at: str = "") -> tuple[Turn, ...]:
    """Give the steps of a walk.

    Args:
        scenario: The scenario.
        state: Where the walk has come.
        at: The node it began at; empty is the start.
    """
    return tuple(_turns(scenario, state, begin(scenario, state.case, at=at)))


def _turns(scenario: Scenario, state: State, now: State) -> Iterator[Turn]:
    for number, taken in enumerate(state.taken, start=1):
        node, choice = chosen(scenario, taken)
        ways = offered(scenario, now)
        after = step(scenario, now, choice.id)
        yield Turn(
            number=number,
            who=node.who,
            says=node.words(now.case),
            mood=now.mood,
            choice=choice,
            rated=node.rated(choice),
            better=better(choice, ways),
            minutes=after.minutes,
        )
        now = after


def better(choice: Choice, ways: Iterable[Choice]) -> tuple[Choice, ...]:
    """Give the ways that are rated higher than a choice, the best first."""
    found = [way for way in ways if MARKS[way.rating] > MARKS[choice.rating]]
    return tuple(sorted(found, key=lambda way: -MARKS[way.rating]))


def percent(share: Fraction) -> int:
    """Give a share in whole percent; below the full score it is never 100."""
    return int(share * 100)


def best_of(plays: Iterable[Played]) -> Played | None:
    """Give the play with the best result; of equals the first."""
    ended = [play for play in plays if play.counts and play.score is not None]
    return max(
        ended, key=lambda play: (bool(play.passed), play.score or 0), default=None
    )
