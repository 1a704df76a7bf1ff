"""A scenario as it is written: the graph and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from trainer.core.wording import N_


class Rating(StrEnum):
    """How good it is to choose something."""

    BEST = "best"
    FAIR = "fair"
    BAD = "bad"
    BAN = "ban"


class Dimension(StrEnum):
    """What a choice is rated in."""

    POLICY = "policy"
    PROCESS = "process"
    COMMUNICATION = "communication"
    RISK = "risk"


class Outcome(StrEnum):
    """How a walk ends for the citizen."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"


MARKS: Mapping[Rating, int] = MappingProxyType(
    {Rating.BEST: 10, Rating.FAIR: 7, Rating.BAD: 3, Rating.BAN: 0}
)
"""Tenths of the full mark."""

FULL = 10
"""The full mark of one step, in tenths."""

MOODS = range(6)
"""0 furious to 5 happy."""
RISKS = range(10)

CITIZEN = N_("办事群众")

RATING_NAMES = {
    Rating.BEST: N_("最佳"),
    Rating.FAIR: N_("可接受"),
    Rating.BAD: N_("不妥"),
    Rating.BAN: N_("禁忌"),
}
DIMENSION_NAMES = {
    Dimension.POLICY: N_("政策"),
    Dimension.PROCESS: N_("流程"),
    Dimension.COMMUNICATION: N_("沟通"),
    Dimension.RISK: N_("风控"),
}
OUTCOME_NAMES = {
    Outcome.GOOD: N_("办得好"),
    Outcome.FAIR: N_("办得还行"),
    Outcome.BAD: N_("办砸了"),
}


@dataclass(frozen=True, slots=True, order=True)
class Cite:
    """A clause that a choice rests on; ``line`` counts from 1."""

    slug: str
    section: str
    line: int = 0

    @property
    def address(self) -> str:
        """As it is written."""
        return f"{self.slug}#{self.section}"


@dataclass(frozen=True, slots=True)
class Case:
    """One situation behind the opening words; ``told`` is for the debrief."""

    id: str
    told: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number must be for a choice to be offered; both ends are allowed."""

    least: int = 0
    most: int = 9

    def __contains__(self, number: int) -> bool:
        """Tell whether a number is within them."""
        return self.least <= number <= self.most


ANY = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When a choice is offered; what is empty does not matter."""

    cases: frozenset[str] = frozenset()
    knows: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    mood: Bounds = ANY
    risk: Bounds = ANY


ALWAYS = When()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the clerk may say or do.

    Attributes:
        id: Stable, unique in its node.
        text: His words.
        rating: How good it is as a whole.
        rates: Another rating in some dimension, which is at stake then.
        to: Id of the next node or ending.
        when: When it is offered.
        learns: Facts he knows from now on.
        mood: Change of mood, -3 to 3.
        risk: Risk taken, 0 to 3.
        minutes: Time it takes, 1 to 15.
        competency: Code of the competency it is evidence for; empty is none.
        why: Why it is rated so; empty only where it is best.
        cites: What that rests on.
        line: Where it begins in the file, from 1.
    """

    id: str
    text: str
    rating: Rating
    to: str
    rates: Mapping[Dimension, Rating] = field(default_factory=dict)
    when: When = ALWAYS
    learns: frozenset[str] = frozenset()
    mood: int = 0
    risk: int = 0
    minutes: int = 1
    competency: str = ""
    why: str = ""
    cites: tuple[Cite, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """The citizen speaks, or something happens.

    ``lines`` are other words in some cases, by id of the case.
    """

    id: str
    says: str
    tests: frozenset[Dimension]
    choices: tuple[Choice, ...]
    lines: Mapping[str, str] = field(default_factory=dict)
    who: str = ""
    line: int = 0

    def choice(self, key: str) -> Choice | None:
        """Give a choice by its id."""
        return next((choice for choice in self.choices if choice.id == key), None)

    def words(self, case: str) -> str:
        """Give what is said in a case."""
        return self.lines.get(case, self.says)

    def rated(self, choice: Choice) -> dict[Dimension, Rating]:
        """Give the rating of a choice in each dimension that is at stake."""
        return {
            dimension: choice.rates.get(dimension, choice.rating)
            for dimension in Dimension
            if dimension in self.tests or dimension in choice.rates
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Where a walk ends."""

    id: str
    outcome: Outcome
    says: str
    debrief: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line of what an observer marks: levels from the lowest, 0."""

    id: str
    competency: str
    name: str
    levels: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A scenario but for its header; see docs/scenario-format.md.

    ``timeout`` is empty where time does not run out; ``line`` is where it begins.
    """

    about: str
    on: date
    start: str
    nodes: tuple[Node, ...]
    endings: tuple[Ending, ...]
    patience: int = 20
    timeout: str = ""
    mood: int = 3
    pass_percent: int = 70
    cases: tuple[Case, ...] = ()
    rubric: tuple[Mark, ...] = ()
    line: int = 0

    @property
    def case_ids(self) -> tuple[str, ...]:
        """Ids of its cases; one that is empty where there are none."""
        return tuple(case.id for case in self.cases) or ("",)

    def node(self, key: str) -> Node | None:
        """Give a node by its id."""
        return next((node for node in self.nodes if node.id == key), None)

    def ending(self, key: str) -> Ending | None:
        """Give an ending by its id."""
        return next((ending for ending in self.endings if ending.id == key), None)

    def case(self, key: str) -> Case | None:
        """Give a case by its id."""
        return next((case for case in self.cases if case.id == key), None)


RUBRIC = (
    Mark(
        id="policy",
        competency="P1",
        name=N_("政策说得准"),
        levels=(N_("说错了"), N_("大体对，有含糊"), N_("说对了，还说得出依据")),
    ),
    Mark(
        id="process",
        competency="R1",
        name=N_("一次说清怎么办"),
        levels=(N_("让人再跑一趟"), N_("说了，有遗漏"), N_("材料和步骤一次说全")),
    ),
    Mark(
        id="communication",
        competency="C2",
        name=N_("说大白话，不急不躁"),
        levels=(N_("官话或顶撞"), N_("听得懂，少了点耐心"), N_("说人话，稳得住")),
    ),
    Mark(
        id="risk",
        competency="R4",
        name=N_("看得见风险"),
        levels=(N_("没看出来"), N_("看出来了，没处理"), N_("看出来并按规定处理")),
    ),
)
"""What is marked where a scenario does not say."""
