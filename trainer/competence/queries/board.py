"""The board of a team: who can do what, how sure we are, and whom to help."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from trainer.competence.domain.authorising import State
from trainer.competence.domain.boards import Sort
from trainer.competence.domain.boards import Wanted
from trainer.competence.domain.refreshing import holds
from trainer.competence.domain.standing import Standing
from trainer.competence.queries.authorisations import Held
from trainer.competence.queries.authorisations import overview
from trainer.competence.queries.people import Working
from trainer.competence.queries.people import must_look_after
from trainer.competence.queries.people import team
from trainer.core.actor import Actor
from trainer.topics import queries as topics
from trainer.topics.domain.competencies import Competency


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Somebody of a team.

    Attributes:
        person: Who, and where.
        figures: Per cent by the columns of the board; None where nothing was seen.
        due: How many competencies must be practised now.
        mean: Mean of the figures, None where there are none.
    """

    person: Working
    figures: tuple[int | None, ...]
    due: int
    mean: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A team on a day.

    Attributes:
        columns: The competencies shown.
        rows: The people, as they were asked to be sorted.
        proposed: Who reaches a line and is not authorised.
        lapsed: Whose authorisation the rule has taken.
        objections: Objections that wait for an answer.
        lines: Names of lines by code.
        sites: Names of sites in the team by key.
        banks: Names of those who sent them by key.
        dimensions: Names of dimensions by code.
    """

    columns: Sequence[Competency]
    rows: Sequence[Row]
    proposed: Sequence[Held]
    lapsed: Sequence[Held]
    objections: Sequence[Held]
    lines: Mapping[str, str]
    sites: Mapping[int, str]
    banks: Mapping[int, str]
    dimensions: Mapping[str, str]

    @property
    def people(self) -> Mapping[int, Working]:
        """Who stands in it, by key."""
        return {row.person.id: row.person for row in self.rows}


def board(session: Session, wanted: Wanted, today: date, *, reader: Actor) -> Board:
    """Give the board of a reader's people who work today.

    Raises:
        DeniedError: the reader looks after nobody.
    """
    must_look_after(reader)
    framework, spine = topics.competencies(session), topics.topics(session)
    lines = {line.code: line.name for line in spine.lines}
    dimensions = {d.code: d.name for d in framework.dimensions} if framework else {}
    wanted = wanted.among(lines, dimensions)
    everybody = team(session, today, reader=reader)
    people = [p for p in everybody if wanted.takes(p.site, p.bank)]
    columns = (
        [c for c in framework.competencies if wanted.shows(c)] if framework else []
    )
    found = overview(session, [p.id for p in people], today, reader=reader)
    rows = [_row(p, found.standings.get(p.id, {}), columns) for p in people]
    held = [h for h in found.held if wanted.line in {"", h.line}]
    return Board(
        columns=columns,
        rows=_sorted(rows, wanted.sort),
        proposed=[h for h in held if h.is_proposed],
        lapsed=[h for h in held if h.authorisation.state is State.LAPSED],
        objections=[h for h in held if h.authorisation.objection],
        lines=lines,
        sites={p.site: p.site_name for p in everybody},
        banks={p.bank: p.bank_name for p in everybody},
        dimensions=dimensions,
    )


def _row(
    person: Working, known: Mapping[str, Standing], columns: Sequence[Competency]
) -> Row:
    shown = [known.get(column.code) for column in columns]
    figures = tuple(s.percent if s and s.is_seen else None for s in shown)
    seen = [figure for figure in figures if figure is not None]
    return Row(
        person=person,
        figures=figures,
        due=sum(1 for s in shown if s and s.is_seen and is_due(s)),
        mean=sum(seen) / len(seen) if seen else None,
    )


def is_due(standing: Standing) -> bool:
    """Tell whether a competency must be practised now."""
    return bool(standing.open_facets) or not holds(standing.main)


def _sorted(rows: Sequence[Row], by: Sort) -> list[Row]:
    """Order people; rows come by login. Nobody is ranked: weakest first is for help."""
    if by is Sort.WEAKEST:
        return sorted(rows, key=lambda r: (r.mean is None, r.mean or 0.0))
    if by is Sort.DUE:
        return sorted(rows, key=lambda r: -r.due)
    if by is Sort.SITE:
        return sorted(rows, key=lambda r: (r.person.site_name, r.person.seat))
    return list(rows)
