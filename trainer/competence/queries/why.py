"""Why a figure is what it is, for a person, a competency and a day."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from trainer.competence.domain.explaining import chances
from trainer.competence.domain.explaining import moves
from trainer.competence.domain.records import Event
from trainer.competence.domain.records import Record
from trainer.competence.domain.records import standing_of
from trainer.competence.domain.standing import INDEPENDENT
from trainer.competence.domain.standing import Standing
from trainer.competence.domain.standing import lacking
from trainer.competence.domain.telling import CHANCE_NAMES
from trainer.competence.domain.telling import FACT_NAMES
from trainer.competence.domain.telling import Step
from trainer.competence.domain.telling import account
from trainer.competence.domain.telling import due_in_words
from trainer.competence.domain.telling import effect
from trainer.competence.domain.telling import outcome_in_words
from trainer.competence.domain.telling import strongest_first
from trainer.competence.domain.telling import summed
from trainer.competence.domain.telling import weighed
from trainer.competence.domain.witnessing import sighting_of
from trainer.competence.queries.judging import Bench
from trainer.competence.queries.judging import bench
from trainer.competence.queries.knowing import replayed
from trainer.competence.queries.people import Subject
from trainer.competence.queries.people import subject
from trainer.competence.queries.profile import Changed
from trainer.competence.queries.profile import changed_in
from trainer.competence.queries.profile import must_not_be_future
from trainer.competence.queries.profile import risk_of
from trainer.competence.queries.refreshing import days_left
from trainer.competence.queries.sightings import businesses_of
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.evidence.domain import FactKind
from trainer.publishing import queries as publishing
from trainer.topics import queries as topics
from trainer.topics.domain.competencies import Competency
from trainer.topics.domain.competencies import Level

MOST_MOVES = 6
"""Facts that are told; the others moved it less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A fact, and the points it makes in the figure of the day.

    ``what`` names the question or the business; empty when nothing single was asked.
    """

    on: date
    kind: FactKind
    outcome: float
    what: str
    points: int

    @property
    def went(self) -> str:
        """How it went, in words."""
        return outcome_in_words(self.kind, self.outcome)


@dataclass(frozen=True, slots=True)
class Raise:
    """Something to do, and the points it would bring."""

    words: str
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a figure is what it is.

    Attributes:
        subject: Of whom.
        competency: Of what.
        on: On which day.
        standing: What is believed.
        level: The level reached; None when the framework has none of its code.
        steps: The figure laid out.
        moved: The facts that moved it most, the strongest first.
        raises: What would raise it, the most first.
        due: When it falls below its line, in words; empty when nothing is known.
        lacking: What is missing to be independent, a phrase each.
        changed: Changes of policy not shown yet.
    """

    subject: Subject
    competency: Competency
    on: date
    standing: Standing
    level: Level | None
    steps: Sequence[Step]
    moved: Sequence[Moved]
    raises: Sequence[Raise]
    due: str
    lacking: Sequence[str]
    changed: Sequence[Changed]


def why(
    session: Session, key: int, code: str, on: date, today: date, *, reader: Actor
) -> Why:
    """Explain a figure.

    Raises:
        NotFoundError: there is no such person for this reader, or no such competency.
        FutureDayError: the day is to come.
    """
    found = subject(session, key, today, reader=reader)
    must_not_be_future(on, today)
    framework = topics.competencies(session)
    competency = framework.competency(code) if framework else None
    if framework is None or competency is None:
        raise NotFoundError(N_("没有代码是“{code}”的能力项", code=code))
    by = bench(session, on)
    record = replayed(session, by, [key], reader=reader)[key]
    now = standing_of(record, code, by.judge, by.at)
    risk = risk_of(competency, topics.topics(session))
    levels = {level.code: level for level in framework.levels}
    due = days_left(now, record, by.judge, by.at)
    return Why(
        subject=found,
        competency=competency,
        on=on,
        standing=now,
        level=levels.get(now.level(risk).code),
        steps=account(now),
        moved=_moved(session, now, record, by),
        raises=_raises(now, record, by),
        due="" if due is None else due_in_words(due, on),
        lacking=lacking(now, INDEPENDENT[risk]),
        changed=changed_in(now, by),
    )


def _moved(
    session: Session, now: Standing, record: Record, by: Bench
) -> Sequence[Moved]:
    seen = [event.seen for event in record.events]
    effects = summed(
        {
            move.place: effect(part, move.points)
            for move in moves(by.judge.ledger, seen, part.estimate.code)
        }
        for part in weighed(now)
    )
    # What was seen of other competencies moves this one too, through the person; one
    # by one that says nothing, and together it is a step of its own.
    own = {p: e for p, e in effects.items() if _is_of(record.events[p], now.code)}
    strongest = strongest_first(own, MOST_MOVES)
    names = _names(session, [record.events[place] for place, _ in strongest])
    return [
        Moved(
            on=day_of(event.fact.happened_at),
            kind=event.fact.kind,
            outcome=event.fact.outcome,
            what=names.get(event.fact.source, ""),
            points=points,
        )
        for event, points in ((record.events[place], p) for place, p in strongest)
    ]


def _is_of(event: Event, code: str) -> bool:
    return event.fact.competency == code


def _names(session: Session, events: Sequence[Event]) -> Mapping[str, str]:
    """Name what some facts are about, by their source."""
    asked = {
        event.fact.source: (event.fact.revision, event.fact.item.partition("#")[2])
        for event in events
        if event.fact.revision is not None and event.fact.item
    }
    places = [(revision, item) for revision, item in asked.values() if revision]
    sections = publishing.some_sections(session, places)
    known = {(key, item): found.heading for (key, item), found in sections.items()}
    told = {
        source: known[revision, item]
        for source, (revision, item) in asked.items()
        if revision and (revision, item) in known
    }
    keys = {event.fact.source: sighting_of(event.fact.source) for event in events}
    cases = businesses_of(session, set(keys.values()))
    spine = topics.topics(session)
    for source, key in keys.items():
        business = spine.business(cases.get(key, ""))
        if business:
            told[source] = business.name
    return told


def _raises(now: Standing, record: Record, by: Bench) -> Sequence[Raise]:
    return sorted(_offers(now, record, by), key=lambda each: -each.points)


def _offers(now: Standing, record: Record, by: Bench) -> Iterator[Raise]:
    ledger, person = by.judge.ledger, record.person
    for part, facet in zip(weighed(now), (None, *now.facets), strict=True):
        for chance in chances(ledger, person, part.estimate.code, by.at):
            points = 100 * part.share * chance.points
            if facet is None:
                yield Raise(CHANCE_NAMES[chance.kind], points)
            elif chance.kind is FactKind.QUIZ_ANSWER and not facet.is_shown:
                yield Raise(N_("答对一道新规定的题（{why}）", why=facet.why), points)


def told(found: Why) -> Iterator[str]:
    """Say it line by line, for the command line."""
    low, high = found.standing.percents
    yield N_(
        "{name}，{competency}，{on}：估计能办对 {percent}%，八成在 {low}% 到 {high}%",
        name=found.subject.name,
        competency=found.competency.name,
        on=found.on,
        percent=found.standing.percent,
        low=low,
        high=high,
    )
    for step in found.steps:
        points = "" if step.points is None else f"{step.points:+d} 点，"
        yield f"  {step.words}：{points}{step.total}%"
    for each in found.moved:
        what = f"{FACT_NAMES[each.kind]}：{each.what}" if each.what else ""
        what = what or FACT_NAMES[each.kind]
        yield f"  {each.on} {what}（{each.went}）{each.points:+d} 点"
    for way in found.raises:
        yield f"  {way.words}：约 {way.points:+.0f} 点"
    if found.due:
        yield found.due
