"""A scenario played by two people while somebody observes; pure.

Terms:
    clerk: who answers, and whom the result is about.
    citizen: the colleague who plays him, from the script of the scenario.
    observer: who marks the lines of the rubric; may be the citizen too.
    said: what the clerk said at a node, as the citizen heard it: the choice it came
        nearest to, or words of his own.

The mark is the sum of the levels reached over the sum of the highest levels.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from trainer.core.wording import N_
from trainer.publishing.domain.revision import Revision
from trainer.scenarios.domain.engine import NotOfferedError
from trainer.scenarios.domain.engine import State
from trainer.scenarios.domain.engine import begin
from trainer.scenarios.domain.engine import offered
from trainer.scenarios.domain.engine import replayed
from trainer.scenarios.domain.live_errors import SHORTEST_REASON
from trainer.scenarios.domain.live_errors import NothingTypedError
from trainer.scenarios.domain.live_errors import OldScriptError
from trainer.scenarios.domain.live_errors import ReasonMissingError
from trainer.scenarios.domain.live_errors import SamePersonError
from trainer.scenarios.domain.live_errors import UnmarkedError
from trainer.scenarios.domain.scenario import Mark
from trainer.scenarios.domain.scenario import Scenario

LONGEST_NOTE = 100
LONGEST_COMMENT = 500
LONGEST_REASON = 200
"""Characters of what is typed."""


class LiveState(StrEnum):
    """Where it stands."""

    OPEN = "open"
    FINISHED = "finished"
    CALLED_OFF = "called_off"
    VOIDED = "voided"


LIVE_STATE_NAMES = {
    LiveState.OPEN: N_("进行中"),
    LiveState.FINISHED: N_("完成"),
    LiveState.CALLED_OFF: N_("已取消"),
    LiveState.VOIDED: N_("作废"),
}


class Part(StrEnum):
    """What somebody does in it."""

    CLERK = "clerk"
    CITIZEN = "citizen"
    OBSERVER = "observer"


PART_NAMES = {
    Part.CLERK: N_("演窗口人员"),
    Part.CITIZEN: N_("演群众"),
    Part.OBSERVER: N_("观察"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """Command: set up a play.

    Attributes:
        slug: The scenario.
        clerk: Login of who answers.
        citizen: Login of who plays the citizen.
        observer: Login of who marks.
        case: Id of the case; empty is drawn.
        once: What the page has made up, so that the same form twice is one play.
    """

    slug: str
    clerk: str
    citizen: str
    observer: str
    case: str = ""
    once: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Command: keep what the clerk said.

    Attributes:
        number: Which entry it is, from 1, as the page was shown.
        place: Place of the nearest choice among those offered, from 1; 0 is none.
        note: What he said instead; empty with a choice.
    """

    number: int
    place: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Command: keep marks and comment.

    Attributes:
        marks: Levels by line; what is not named stays.
        comment: As typed.
        was: The comment that the page was shown with.
    """

    marks: Mapping[str, int]
    comment: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An entry of the script; ``choice`` is empty where ``note`` says it."""

    number: int
    node: str
    choice: str = ""
    note: str = ""
    taken_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveListed:
    """A play in a list; the names are those of the people in it, by part.

    ``score`` is None where there is none, or where it is not the reader's to know.
    """

    id: int
    title: str
    state: LiveState
    made_at: datetime
    ended_at: datetime | None
    names: Mapping[Part, str]
    parts: frozenset[Part]
    score: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A play with all that its pages show.

    Attributes:
        id: Its key.
        state: Where it stands.
        revision: The text that is played.
        scenario: The same, opened.
        case: Id of the case; empty where the scenario has none.
        people: Keys of the people, by part.
        names: Their names.
        parts: What the reader does in it.
        looks_after: Whether the clerk is one of his.
        made_at: When it was set up.
        ended_at: When it ended.
        walked: Whether the citizen says it is over.
        judged: Whether the observer says so.
        said: The script so far, what was taken back too.
        marks: Levels by line.
        comment: The observer's.
        score: The mark; None before the end.
        void_reason: Why it does not count; empty while it does.
    """

    id: int
    state: LiveState
    revision: Revision
    scenario: Scenario
    case: str
    people: Mapping[Part, int]
    names: Mapping[Part, str]
    parts: frozenset[Part]
    looks_after: bool
    made_at: datetime
    ended_at: datetime | None
    walked: bool
    judged: bool
    said: tuple[Said, ...]
    marks: Mapping[str, int]
    comment: str
    score: Fraction | None
    void_reason: str

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.state is LiveState.OPEN

    @property
    def shows_result(self) -> bool:
        """Whether there is a result, and the reader gets it: not who was citizen."""
        mine = self.parts & {Part.CLERK, Part.OBSERVER}
        return self.score is not None and bool(mine or self.looks_after)

    @property
    def may_void(self) -> bool:
        """Whether the reader may say that it does not count."""
        judges = Part.OBSERVER in self.parts or self.looks_after
        return self.state is LiveState.FINISHED and judges

    @property
    def walk(self) -> State:
        """Where the citizen's script has come."""
        return walk(self.scenario, self.case, self.said)

    @property
    def told(self) -> str:
        """The situation, for who plays the citizen and who observes."""
        found = self.scenario.case(self.case)
        return found.told if found else ""


def must_be_different(clerk: int, citizen: int, observer: int) -> None:
    """Check that nobody judges himself.

    Raises:
        SamePersonError: the clerk is citizen or observer too.
    """
    if clerk in {citizen, observer}:
        raise SamePersonError


def must_give_reason(reason: str) -> None:
    """Check that a reason says something.

    Raises:
        ReasonMissingError: it does not.
    """
    if len("".join(reason.split())) < SHORTEST_REASON:
        raise ReasonMissingError


def walk(scenario: Scenario, case: str, said: Iterable[Said]) -> State:
    """Give where a script is: what was taken back or said freely moves nothing."""
    taken = [each.choice for each in said if each.choice and not each.taken_back]
    return replayed(scenario, begin(scenario, case), taken)


def entry(
    scenario: Scenario, case: str, said: Sequence[Said], command: Say
) -> Said | None:
    """Give what a command adds to a script; None when it is there already.

    Raises:
        OldScriptError: something else was kept at its place.
        NotOfferedError: there is no such choice here.
        NothingTypedError: neither a choice nor words.
    """
    if not 0 < command.number <= len(said) + 1:
        raise OldScriptError
    before = walk(scenario, case, said[: command.number - 1])
    made = _made(scenario, before, command)
    if command.number == len(said) + 1:
        return made
    there = said[command.number - 1]
    if (there.choice, there.note) != (made.choice, made.note):
        raise OldScriptError
    return None


def _made(scenario: Scenario, state: State, command: Say) -> Said:
    if command.place:
        ways = offered(scenario, state)
        if not 0 < command.place <= len(ways):
            raise NotOfferedError(
                N_("这一步没有这个选项；请按页面上现在给出的选项重新选择")
            )
        choice = ways[command.place - 1].id
        return Said(number=command.number, node=state.at, choice=choice)
    note = " ".join(command.note.split())[:LONGEST_NOTE]
    if not note:
        raise NothingTypedError
    return Said(number=command.number, node=state.at, note=note)


def last(said: Iterable[Said]) -> Said | None:
    """Give the last entry that stands."""
    return next((e for e in reversed([*said]) if not e.taken_back), None)


def is_complete(rubric: Iterable[Mark], marks: Mapping[str, int]) -> bool:
    """Tell whether every line has a level."""
    return all(mark.id in marks for mark in rubric)


def score(rubric: Iterable[Mark], marks: Mapping[str, int]) -> Fraction:
    """Give sum(level reached) / sum(highest level), 0 to 1.

    Raises:
        UnmarkedError: a line has no level.
    """
    lines = tuple(rubric)
    if not is_complete(lines, marks):
        raise UnmarkedError
    highest = sum(highest_of(mark) for mark in lines)
    return Fraction(sum(marks[mark.id] for mark in lines), highest)


def highest_of(mark: Mark) -> int:
    """Give the highest level of a line; the lowest is 0."""
    return len(mark.levels) - 1


def source_of(live: int, line: str) -> str:
    """Give where the fact of a line comes from."""
    return f"live:{live}:{line}"
