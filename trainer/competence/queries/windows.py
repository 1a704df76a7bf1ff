"""Who may handle what at which window: states only, no figures and no reasons."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy.orm import Session

from trainer.competence.domain.authorising import State
from trainer.competence.domain.keeping import KEEPER
from trainer.competence.queries.authorisations import authorisations
from trainer.competence.queries.people import Working
from trainer.competence.queries.people import at_work
from trainer.competence.queries.people import own_sites
from trainer.core.actor import Actor
from trainer.people import queries as people
from trainer.people.domain.places import Site
from trainer.topics import queries as topics
from trainer.topics.domain.lines import Line

SERVING = frozenset({State.ALONE, State.LIMITED})


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody at work, and what holds for each line by its code."""

    person: Working
    states: Mapping[str, State]

    @property
    def serves(self) -> bool:
        """Whether he serves any line, alone or co-signed."""
        return not SERVING.isdisjoint(self.states.values())


@dataclass(frozen=True, slots=True)
class Answer:
    """Who serves a line: alone, and co-signed."""

    line: Line
    alone: Sequence[Working]
    limited: Sequence[Working]


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Who may handle what at a site on a day.

    Attributes:
        on: The day.
        site: The site; None when there is none for the reader.
        sites: Sites the reader may choose.
        lines: The lines shown.
        every: All lines, for choosing.
        seats: People by seat; who has none comes last, if he serves a line.
    """

    on: date
    site: Site | None
    sites: Sequence[Site]
    lines: Sequence[Line]
    every: Sequence[Line]
    seats: Sequence[tuple[str, Sequence[Seated]]]

    @property
    def answers(self) -> Sequence[Answer]:
        """Who serves each line, in one piece."""
        everybody = [each for _, seated in self.seats for each in seated]
        return [
            Answer(
                line,
                [s.person for s in everybody if s.states[line.code] is State.ALONE],
                [s.person for s in everybody if s.states[line.code] is State.LIMITED],
            )
            for line in self.lines
        ]


def windows(
    session: Session,
    on: date,
    today: date,
    *,
    reader: Actor,
    site: int | None = None,
    line: str = "",
) -> Windows:
    """Give who may handle what at a site on a day, for whoever works there.

    What is asked for and is not the reader's falls back to his first site.

    Args:
        session: A session.
        on: The day; one to come is judged by what is known today.
        today: Today, which decides what sites a reader has.
        reader: Who asks.
        site: Key of a site, None for the first of the reader's.
        line: Code of a line, empty for all.
    """
    may = own_sites(session, today, reader=reader)
    sites = [
        s for s in people.sites(session) if s.active and (may is None or s.id in may)
    ]
    chosen = next((s for s in sites if s.id == site), sites[0] if sites else None)
    every = topics.topics(session).lines
    lines = [each for each in every if line in {"", each.code}] or list(every)
    there = at_work(session, chosen.id, on) if chosen else []
    seated = _seated(session, there, lines, on)
    seated.sort(key=lambda s: (not s.person.seat, s.person.seat))
    grouped = groupby(seated, key=lambda s: s.person.seat)
    return Windows(
        on=on,
        site=chosen,
        sites=sites,
        lines=lines,
        every=every,
        seats=[(seat, [*each]) for seat, each in grouped],
    )


def _seated(
    session: Session, there: Sequence[Working], lines: Sequence[Line], on: date
) -> list[Seated]:
    """Find out what holds; who has no seat and serves no line is left out."""
    keys, codes = [person.id for person in there], [line.code for line in lines]
    states: dict[int, dict[str, State]] = {key: {} for key in keys}
    for each in authorisations(session, keys, on, reader=KEEPER, lines=codes):
        states[each.person][each.line] = each.authorisation.state
    everybody = [Seated(person, states[person.id]) for person in there]
    return [each for each in everybody if each.person.seat or each.serves]
