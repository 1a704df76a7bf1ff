"""Results of the people somebody looks after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import request
from werkzeug.wrappers import Response

from trainer.core.paging import part_number
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.publishing.domain.revision import Revision
from trainer.quizzes.domain.exporting import OUTCOME_SHEETS
from trainer.quizzes.domain.exporting import OUTCOMES
from trainer.quizzes.domain.names import TYPE_NAMES
from trainer.quizzes.domain.outcomes import Outcomes
from trainer.quizzes.domain.outcomes import tables
from trainer.quizzes.domain.showing import Result
from trainer.quizzes.forms.grading import TableExportForm
from trainer.quizzes.forms.grading import WantedForm
from trainer.quizzes.queries import outcomes as queries
from trainer.quizzes.queries.overseen import must_look_after
from trainer.quizzes.views.blueprint import bp
from trainer.quizzes.views.grading import note_look
from trainer.quizzes.views.taking_away import handed_out
from trainer.topics import queries as topics


@dataclass(frozen=True, slots=True)
class OutcomesPage(Page):
    """The attempts at a quiz that are wanted, and who has none."""

    template = "quizzes/outcomes.html"
    revision: Revision
    form: WantedForm
    export: TableExportForm
    outcomes: Outcomes


@dataclass(frozen=True, slots=True)
class OutcomePage(Page):
    """Somebody's paper, marked."""

    template = "quizzes/outcomes_paper.html"
    key: int
    name: str
    result: Result
    competencies: Mapping[str, str]
    types: Mapping[str, str]


@bp.get("/<slug>/outcomes")
def outcomes(slug: str) -> str:
    """List the results of a quiz."""
    return _page(slug, _form(TableExportForm()))


@bp.post("/<slug>/outcomes/export")
def export_outcomes(slug: str) -> Response | tuple[str, HTTPStatus]:
    """Give the results that are wanted as tables, with a reason that is kept."""
    form, on, reader = (
        _form(TableExportForm(request.form)),
        current.today(),
        current.actor(),
    )
    if not form.validate():
        return _page(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    asked = WantedForm(request.args)
    asked.validate()
    wanted = asked.wanted(1)
    with current.reading() as session:
        must_look_after(reader)
        revision = queries.quiz_text(session, slug, reader=reader)
        found = queries.all_outcomes(session, slug, wanted, on, reader=reader)
        rest = queries.missing(session, slug, on, reader=reader, limit=None)
    return handed_out(
        form,
        tables(found, rest.people),
        what=OUTCOMES,
        asked=f"{slug}:{wanted.told()}",
        title=revision.header.title,
    )


@bp.get("/attempts/<int:key>/outcome")
def outcome(key: int) -> str:
    """Show somebody's paper, marked, and note the look."""
    reader = current.actor()
    with current.reading() as session:
        name, result = queries.outcome(session, key, current.now(), reader=reader)
        names = topics.competency_names(session)
    note_look(key)
    return render(OutcomePage(key, name, result, names, TYPE_NAMES))


def _page(slug: str, export: TableExportForm) -> str:
    form, reader, on = WantedForm(request.args), current.actor(), current.today()
    form.validate()
    wanted = form.wanted(part_number(request.args.get("part", "")))
    with current.reading() as session:
        must_look_after(reader)
        revision = queries.quiz_text(session, slug, reader=reader)
        found = queries.outcomes(session, slug, wanted, on, reader=reader)
    return render(OutcomesPage(revision, form, export, found))


def _form(form: TableExportForm) -> TableExportForm:
    form.offer(OUTCOME_SHEETS)
    return form
