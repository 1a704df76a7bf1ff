"""From the facts of one person to what is known of him on a day.

A pure function of (facts, changes of policy, day): any day can be asked, and computing
everything anew gives what was computed step by step.

A change of policy concerns a person only where he had shown the competency before it;
who comes later learns the new rule from the start. After :data:`.facets.SETTLED_DAYS`
a facet that agrees with its competency is joined to it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from trainer.competence.domain.estimates import estimate
from trainer.competence.domain.facets import AGREEING
from trainer.competence.domain.facets import SETTLED_DAYS
from trainer.competence.domain.facets import Change
from trainer.competence.domain.facets import open_on
from trainer.competence.domain.facets import routed
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.ledger import Person
from trainer.competence.domain.ledger import Seen
from trainer.competence.domain.reliability import RELIABILITY
from trainer.competence.domain.reliability import SECONDS_A_DAY
from trainer.competence.domain.reliability import seen_of
from trainer.competence.domain.standing import COACH
from trainer.competence.domain.standing import HELD_DAYS
from trainer.competence.domain.standing import Breadth
from trainer.competence.domain.standing import Facet
from trainer.competence.domain.standing import Standing
from trainer.competence.domain.standing import reaches
from trainer.evidence.domain import Fact
from trainer.evidence.domain import standing as standing_facts


@dataclass(frozen=True, slots=True)
class Event:
    """A fact as the ledger saw it; ``fact`` is what was recorded."""

    fact: Fact
    seen: Seen


@dataclass(slots=True)
class Tally:
    """What kind of evidence there is of a competency; ``last`` is the latest day."""

    count: int = 0
    at_work: int = 0
    days: int = 0
    last: int = -1

    @property
    def breadth(self) -> Breadth:
        """The same, for the rules of levels."""
        return Breadth(count=self.count, at_work=self.at_work, days=self.days)


@dataclass(slots=True)
class Record:
    """What is known of one person.

    Attributes:
        person: The ledger's account of the person.
        first: The first day of each competency, facets aside.
        tallies: What kind of evidence there is, by competency.
        coached: Since which day the line of coaches is reached, by competency.
        joined: Codes of facets that are part of their competency again.
        events: What was seen, oldest first.
    """

    person: Person
    first: dict[str, float] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    coached: dict[str, float] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Judge:
    """Ledger and changes of policy: all that is needed to judge anybody.

    ``ledger`` must begin the facets of ``changes`` where facets begin, see
    :func:`judge`.
    """

    ledger: Ledger
    changes: tuple[Change, ...]


def judge(ledger: Ledger, changes: Iterable[Change]) -> Judge:
    """Give a judge whose ledger knows where the facets of the changes begin."""
    known = tuple(changes)
    c = ledger.constants
    starts = {change.code: (c.facet_mean, c.facet_variance) for change in known}
    return Judge(Ledger(c, ledger.questions, starts=starts), known)


def record_of(facts: Sequence[Fact], by: Judge, at: float) -> Record:
    """Give what is known of a person at a moment.

    Args:
        facts: What was recorded of the person, any order, revocations included.
        by: The judge.
        at: The moment, in days; what happened later is left out.
    """
    known = Record(by.ledger.newcomer())
    told = [fact for fact in standing_facts(facts) if day_of(fact) <= at]
    for fact in sorted(told, key=lambda fact: (fact.happened_at, fact.source)):
        add(known, fact, by)
    return known


def add(known: Record, fact: Fact, by: Judge) -> None:
    """Let a fact, not older than those before it, change what is known."""
    day = day_of(fact)
    code = _routed(known, fact, day, by)
    seen = seen_of(fact, code)
    if seen is None:
        return
    before = _coaches(known, fact.competency, by, day)
    by.ledger.update(known.person, seen)
    known.events.append(Event(fact, seen))
    known.first.setdefault(fact.competency, day)
    _count(known.tallies.setdefault(fact.competency, Tally()), fact, day)
    if not before:
        known.coached.pop(fact.competency, None)
    if _coaches(known, fact.competency, by, day):
        known.coached.setdefault(fact.competency, day)


def _coaches(known: Record, code: str, by: Judge, day: float) -> bool:
    return reaches(estimate(by.ledger, known.person, code, day), COACH)


def _count(tally: Tally, fact: Fact, day: float) -> None:
    tally.count += 1
    tally.at_work += RELIABILITY[fact.kind].at_work
    if int(day) > tally.last:
        tally.days += 1
        tally.last = int(day)


def _routed(known: Record, fact: Fact, day: float, by: Judge) -> str:
    """Give what a fact is evidence for; joins what has settled first."""
    changes = concerning(known, fact.competency, by.changes)
    for change in changes:
        _join_if_settled(known, change, day, by.ledger)
    left = [change for change in changes if change.code not in known.joined]
    return routed(fact.competency, fact.item, fact.revision, day, left)


def concerning(
    known: Record, competency: str, changes: Sequence[Change]
) -> list[Change]:
    """Leave the changes of a competency that the person had shown before."""
    first = known.first.get(competency)
    if first is None:
        return []
    return [c for c in changes if c.competency == competency and c.since > first]


def _join_if_settled(known: Record, change: Change, day: float, by: Ledger) -> None:
    """Join a facet to its competency once it is old and agrees with it."""
    if change.code in known.joined or day < change.since + SETTLED_DAYS:
        return
    facet = known.person.skills.get(change.code)
    main = known.person.skills.get(change.competency)
    if facet is None or main is None:
        return
    figures = [
        estimate(by, known.person, code, day).expected
        for code in (change.code, change.competency)
    ]
    if abs(figures[0] - figures[1]) >= AGREEING:
        return
    main.mean += change.share * (facet.mean - main.mean)
    main.variance += change.share * (facet.variance - main.variance)
    main.count += facet.count
    last = [trace.last for trace in (main, facet) if trace.last is not None]
    main.last = max(last) if last else None
    known.joined.add(change.code)


def standing_of(known: Record, code: str, by: Judge, at: float) -> Standing:
    """Give what is believed of a person's competency at a moment, in days."""
    main = estimate(by.ledger, known.person, code, at)
    return Standing(
        code=code,
        main=main,
        facets=tuple(_facets(known, code, by, at)),
        breadth=known.tallies.get(code, Tally()).breadth,
        held=at - known.coached.get(code, at) >= HELD_DAYS,
    )


def standings_of(
    known: Record, codes: Iterable[str], by: Judge, at: float
) -> Mapping[str, Standing]:
    """Give what is believed of several competencies, by code."""
    return {code: standing_of(known, code, by, at) for code in codes}


def _facets(known: Record, code: str, by: Judge, at: float) -> Iterable[Facet]:
    for change in open_on(concerning(known, code, by.changes), at):
        if change.code not in known.joined:
            yield Facet(
                estimate=estimate(by.ledger, known.person, change.code, at),
                share=change.share,
                why=change.why,
                since=change.since,
            )


def day_of(fact: Fact) -> float:
    """Give the moment of a fact, in days."""
    return fact.happened_at.timestamp() / SECONDS_A_DAY
