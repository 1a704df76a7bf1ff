"""One person and one competency on one day: the figure, its parts, and the level.

Levels follow from the whole distribution, not from the figure alone: two people at
86 % differ in how sure we are. Which line of risk asks for how much:

==========  ==================================================================
L1 知道      something was seen
L2 带教下    expected >= .70, and .60 reached with probability .80
L3 低风险    expected >= .85, and .75 reached with probability .90
L3 一般      .85 reached with probability .80; seen at work; on two days
L3 高风险    .85 reached with probability .90; seen at work twice; on two days
L4 能带教    .93 reached with probability .80, today and 60 days ago
==========  ==================================================================

Each L3 needs 8 observations. A facet below L2 holds a competency at L2: who has not
shown the new rule does not sit alone, however well he knew the old one.

Source of the rules and of what they cost: ``docs/competence.md``, section 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from trainer.competence.domain.estimates import Estimate
from trainer.core.wording import N_
from trainer.topics.domain.lines import Risk


class Level(IntEnum):
    """What somebody may do, by code of ``content/competencies.yaml``."""

    UNSEEN = 0
    KNOWS = 1
    SUPERVISED = 2
    INDEPENDENT = 3
    COACH = 4

    @property
    def code(self) -> str:
        """Code of the level."""
        return f"L{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a level asks for.

    Attributes:
        expected: Least expected share.
        share: The share that must be reached ...
        sure: ... with at least this probability.
        count: Least number of observations.
        at_work: Least number of observations by a person: role-play, observation,
            co-signed case.
        days: Least number of different days.
    """

    expected: float = 0.0
    share: float
    sure: float
    count: int = 0
    at_work: int = 0
    days: int = 0


SUPERVISED = Line(expected=0.70, share=0.60, sure=0.80)
INDEPENDENT = {
    Risk.LOW: Line(expected=0.85, share=0.75, sure=0.90, count=8),
    Risk.NORMAL: Line(share=0.85, sure=0.80, count=8, at_work=1, days=2),
    Risk.HIGH: Line(share=0.85, sure=0.90, count=8, at_work=2, days=2),
}
COACH = Line(share=0.93, sure=0.80, count=8)
HELD_DAYS = 60
"""How long ago the line of coaches must have been reached already."""

KEPT = Line(share=0.75, sure=0.80)
"""Below it an authorisation lapses: less than is asked for to get one, so that nobody
flickers between the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breadth:
    """What kind of evidence there is.

    Attributes:
        count: Observations.
        at_work: Those made by a person watching: role-play, observation, co-signing.
        days: Different days.
    """

    count: int = 0
    at_work: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The part of a competency that a change made new.

    Attributes:
        estimate: What is believed of it.
        share: Share of the competency's questions, 0..1.
        why: What changed, in words.
        since: First day of the new wording, in days.
    """

    estimate: Estimate
    share: float
    why: str
    since: float

    @property
    def is_shown(self) -> bool:
        """Whether the new rule has been shown well enough to work under supervision.

        However able somebody is, of a rule he was never asked about nothing is shown.
        """
        return self.estimate.count > 0 and reaches(self.estimate, SUPERVISED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is believed of a person's competency.

    Attributes:
        code: The competency.
        main: The unchanged part.
        facets: What changes of policy made new.
        breadth: What kind of evidence there is.
        held: Whether the line of coaches was reached :data:`HELD_DAYS` ago.
    """

    code: str
    main: Estimate
    facets: tuple[Facet, ...] = ()
    breadth: Breadth = Breadth()
    held: bool = False

    @property
    def is_seen(self) -> bool:
        """Whether there is any evidence."""
        return self.breadth.count > 0

    @property
    def expected(self) -> float:
        """Expected share of cases handled correctly: the figure that is shown."""
        new = min(1.0, sum(facet.share for facet in self.facets))
        total = (1 - new) * self.main.expected
        weight = sum(facet.share for facet in self.facets) or 1.0
        return total + sum(
            new * facet.share / weight * facet.estimate.expected
            for facet in self.facets
        )

    @property
    def band(self) -> tuple[float, float]:
        """Give the 80 % interval; with facets, around the mixture."""
        low, high = self.main.band
        moved = self.expected - self.main.expected
        return max(0.0, low + moved), min(1.0, high + moved)

    @property
    def percent(self) -> int:
        """The figure as it is shown, 0..100."""
        return round(100 * self.expected)

    @property
    def percents(self) -> tuple[int, int]:
        """The ends of the interval as they are shown."""
        low, high = self.band
        return round(100 * low), round(100 * high)

    @property
    def open_facets(self) -> tuple[Facet, ...]:
        """Give the changes of policy that have not been shown yet."""
        return tuple(facet for facet in self.facets if not facet.is_shown)

    def level(self, risk: Risk = Risk.NORMAL) -> Level:
        """Give the level for a business line of some risk."""
        if not self.is_seen:
            return Level.UNSEEN
        if not reaches(self.main, SUPERVISED):
            return Level.KNOWS
        if self.open_facets or not self.meets(INDEPENDENT[risk]):
            return Level.SUPERVISED
        if self.held and self.meets(COACH):
            return Level.COACH
        return Level.INDEPENDENT

    def meets(self, line: Line) -> bool:
        """Tell whether estimate and evidence reach a line."""
        has = self.breadth
        broad = (
            has.count >= line.count
            and has.at_work >= line.at_work
            and has.days >= line.days
        )
        return broad and reaches(self.main, line)

    @property
    def is_kept(self) -> bool:
        """Whether an authorisation that rests on it may stay."""
        return reaches(self.main, KEPT) and not self.open_facets


def reaches(estimate: Estimate, line: Line) -> bool:
    """Tell whether a distribution reaches a line, the breadth of evidence aside."""
    return (
        estimate.expected >= line.expected
        and estimate.at_least(line.share) >= line.sure
    )


def lacking(standing: Standing, line: Line) -> Sequence[str]:
    """Say what a standing lacks of a line, a phrase each; nothing when it is met."""
    has, found = standing.breadth, []
    if has.count < line.count:
        found.append(N_("还差 {n} 次记录", n=line.count - has.count))
    if has.at_work < line.at_work:
        n = line.at_work - has.at_work
        found.append(N_("还差 {n} 次演练、观察或共同签字", n=n))
    if has.days < line.days:
        found.append(N_("记录要分布在至少 {n} 天", n=line.days))
    if not reaches(standing.main, line):
        chance = round(100 * standing.main.at_least(line.share))
        found.append(
            N_(
                "办对 {share}% 以上的把握是 {chance}%，要到 {sure}%",
                share=round(100 * line.share),
                chance=chance,
                sure=round(100 * line.sure),
            )
        )
    found += [
        N_("新规定还没有考过：{why}", why=facet.why) for facet in standing.open_facets
    ]
    return found
