"""How ready one's sites are for what changes."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trainer.courses import queries
from trainer.courses.domain.readiness import Burnup
from trainer.courses.domain.readiness import Readiness
from trainer.courses.domain.readiness import burnup
from trainer.courses.views.duties_blueprint import article_kinds
from trainer.courses.views.duties_blueprint import bp
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.people import queries as people

WIDE, HIGH = 240, 48
"""Pixels of a burn-up."""


@dataclass(frozen=True, slots=True)
class Line:
    """How ready one site is for one change; ``points`` draw its burn-up."""

    readiness: Readiness
    burnup: Burnup
    points: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadinessPage(Page):
    """All changes at all sites of the reader, what is due first, first."""

    template = "courses/readiness.html"
    lines: Sequence[Line]
    sites: Mapping[int, str]
    today: date
    wide: int = WIDE
    high: int = HIGH


@bp.get("/readiness")
def readiness() -> str:
    """Show who has read what, for who runs sites or lends people."""
    reader, today = current.actor(), current.today()
    with current.reading() as session:
        found = queries.readiness(session, today, article_kinds(), reader=reader)
        sites = {site.id: site.name for site in people.sites(session)}
        names = people.names(
            session, {p for each in found for p in each.missing}, reader=reader
        )
    return render(
        ReadinessPage([_line(each, names, today) for each in found], sites, today)
    )


def _line(each: Readiness, names: Mapping[int, str], on: date) -> Line:
    grown = burnup(each.news, each.obliged, each.read.values(), on)
    missing = sorted(names[person] for person in each.missing if person in names)
    return Line(each, grown, _points(grown), tuple(missing))


def _points(grown: Burnup) -> str:
    """Give the corners of the line that rises from left to right."""
    steps = max(len(grown.counts) - 1, 1)
    return " ".join(
        f"{WIDE * number / steps:.1f},{HIGH - HIGH * count / grown.of:.1f}"
        for number, count in enumerate(grown.counts)
    )
