"""Placement tests: choosing a line, one question a page, what came of it.

Everything works without scripts. With them answers are saved as they are given, as in
an exam.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.competence.domain.placement import USUAL_ITEMS
from trainer.competence.domain.sitting import Advice
from trainer.core.errors import TrainerError
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.quizzes import queries
from trainer.quizzes import service
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.attempts import ClosedAttemptError
from trainer.quizzes.domain.names import TYPE_NAMES
from trainer.quizzes.domain.placing import ADVICE_NAMES
from trainer.quizzes.domain.placing import ENDING_NAMES
from trainer.quizzes.domain.placing import Ending
from trainer.quizzes.domain.placing import Offer
from trainer.quizzes.domain.placing import Placed
from trainer.quizzes.domain.placing import UnansweredError
from trainer.quizzes.domain.taking import OlderPageError
from trainer.quizzes.domain.taking import Paper
from trainer.quizzes.domain.taking import PassedByError
from trainer.quizzes.domain.taking import line_of
from trainer.quizzes.forms import Typed
from trainer.quizzes.forms import told_of
from trainer.quizzes.views.blueprint import DICE
from trainer.quizzes.views.blueprint import bp
from trainer.quizzes.views.grading import note_look

TEST = "/placement/<int:key>"

AGAIN = (UnansweredError, BadAnswerError, PassedByError, OlderPageError)
"""Why the page comes again, with what was wrong."""


@dataclass(frozen=True, slots=True)
class PlacementsPage(Page):
    """The lines whose test may be taken, and how it went."""

    template = "quizzes/placements.html"
    offers: Sequence[Offer]
    most: int


@dataclass(frozen=True, slots=True)
class PlacingPage(Page):
    """The question that is asked now; ``wrong`` says why it comes again."""

    template = "quizzes/placing.html"
    paper: Paper
    types: Mapping[str, str]
    most: int
    wrong: str


@dataclass(frozen=True, slots=True)
class PlacedPage(Page):
    """What came of a test; ``name`` is whose it is, empty for one's own."""

    template = "quizzes/placed.html"
    placed: Placed
    endings: Mapping[Ending, str]
    advice: Mapping[Advice, str]
    name: str


@bp.get("/placement")
def placements() -> str:
    """Show the lines whose test may be taken."""
    with current.reading() as session:
        found = queries.placement_offers(session, current.now(), reader=current.actor())
    return render(PlacementsPage(found, USUAL_ITEMS))


@bp.post("/placement/<line>/begin")
def begin_placement(line: str) -> Response:
    """Begin the test of a line, or go on with it."""
    by, at = current.actor(), current.now()
    with current.writing() as session:
        key = service.begin_placement(session, line, by=by, at=at, dice=DICE).id
    return redirect(url_for(".placing", key=key))


@bp.get(TEST)
def placing(key: int) -> str | Response:
    """Show the question that is asked now; a test that has ended, its result."""
    found = _paper(key)
    if not line_of(found.quiz):
        return redirect(url_for(".paper", key=key))
    if not found.is_open:
        return redirect(url_for(".placed", key=key))
    return _page(found)


@bp.post(TEST)
def place(key: int) -> Response | tuple[str, HTTPStatus]:
    """Keep an answer and go on, or end the test."""
    by, at = current.actor(), current.now()
    if request.form.get("act") == "end":
        with current.writing() as session:
            service.submit(session, key, by=by, at=at)
        return redirect(url_for(".placed", key=key))
    told = told_of(cast("Typed", request.form))
    try:
        with current.writing() as session:
            service.go_on(session, key, told, by=by, at=at, dice=DICE)
    except AGAIN as error:
        return _again(key, error)
    except ClosedAttemptError as error:
        flash(error.message)
    return redirect(url_for(".placing", key=key))


@bp.get(f"{TEST}/result")
def placed(key: int) -> str | Response:
    """Show what came of a test; one that is still open leads back to it."""
    by, at = current.actor(), current.now()
    with current.reading() as session:
        row = queries.own_attempt(session, key, reader=by)
        found = queries.own_placement(session, key, at, reader=by)
        is_late = row.due_at is not None and row.due_at <= at
    if found is None and not is_late:
        return redirect(url_for(".placing", key=key))
    if found is None:
        with current.writing() as session:
            service.submit(session, key, by=by, at=at)
            found = queries.own_placement(session, key, at, reader=by)
    assert found is not None  # noqa: S101  (it was handed in just now)
    return render(PlacedPage(found, ENDING_NAMES, ADVICE_NAMES, ""))


@bp.get(f"{TEST}/outcome")
def placement_outcome(key: int) -> str:
    """Show what came of somebody's test, and note the look."""
    reader, at = current.actor(), current.now()
    with current.reading() as session:
        name, found = queries.overseen_placement(session, key, at, reader=reader)
    note_look(key)
    return render(PlacedPage(found, ENDING_NAMES, ADVICE_NAMES, name))


def placements_of(person: int) -> Sequence[queries.Taken]:
    """Give the tests a person has taken, for his page among people."""
    on, reader = current.today(), current.actor()
    with current.reading() as session:
        return queries.overseen_placements(session, person, on, reader=reader)


def _paper(key: int) -> Paper:
    with current.reading() as session:
        return queries.paper(session, key, current.now(), reader=current.actor())


def _again(key: int, error: TrainerError) -> tuple[str, HTTPStatus]:
    """Show the question that is asked now, and what was wrong."""
    older = isinstance(error, PassedByError | OlderPageError)
    status = HTTPStatus.CONFLICT if older else HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(_paper(key), error.message), status


def _page(found: Paper, wrong: str = "") -> str:
    return render(PlacingPage(found, TYPE_NAMES, USUAL_ITEMS, wrong))
