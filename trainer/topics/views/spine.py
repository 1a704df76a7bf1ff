"""What the centre does and what its people can do: lines, steps, competencies."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.topics import queries
from trainer.topics.domain.competencies import Competencies
from trainer.topics.domain.lines import Topics
from trainer.topics.views.blueprint import bp


@dataclass(frozen=True, slots=True)
class LinesPage(Page):
    """The business lines with their businesses, and the common steps."""

    template = "topics/lines.html"
    topics: Topics


@dataclass(frozen=True, slots=True)
class CompetenciesPage(Page):
    """The competencies by dimension, the levels and the tiers."""

    template = "topics/competencies.html"
    framework: Competencies | None


@bp.get("/")
def lines() -> str:
    """Show the business lines and steps."""
    with current.reading() as session:
        return render(LinesPage(queries.topics(session)))


@bp.get("/competencies")
def competencies() -> str:
    """Show the competency framework."""
    with current.reading() as session:
        return render(CompetenciesPage(queries.competencies(session)))
