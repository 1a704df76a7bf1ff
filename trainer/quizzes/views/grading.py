"""Grading by hand: what waits, and one answer after another."""

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

from trainer.core.errors import ConflictError
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.paging import Part
from trainer.core.paging import part_number
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.quizzes.domain import QUIZ
from trainer.quizzes.domain.grading import LONGEST_REASON
from trainer.quizzes.domain.grading import Judged
from trainer.quizzes.domain.grading import ToGrade
from trainer.quizzes.domain.grading import Waiting
from trainer.quizzes.domain.names import TYPE_NAMES
from trainer.quizzes.forms import Typed
from trainer.quizzes.forms.grading import TypedGrade
from trainer.quizzes.forms.grading import typed_grade
from trainer.quizzes.queries import grading as queries
from trainer.quizzes.queries import outcomes
from trainer.quizzes.service import grading as service
from trainer.quizzes.service import overseeing
from trainer.quizzes.views.blueprint import bp

ANSWER = "/grading/<int:key>/<int:position>"


@dataclass(frozen=True, slots=True)
class GradingPage(Page):
    """The answers that wait, those graded last, and the quizzes to look at."""

    template = "quizzes/grading.html"
    part: Part[Waiting]
    lately: Sequence[Judged]
    quizzes: Sequence[Revision]


@dataclass(frozen=True, slots=True)
class GradePage(Page):
    """One answer beside its key points.

    ``typed`` is what stands in the form, ``refusal`` why it was not kept.
    """

    template = "quizzes/grading_answer.html"
    answer: ToGrade
    typed: TypedGrade
    refusal: str
    types: Mapping[str, str]
    longest: int = LONGEST_REASON


@bp.get("/grading/")
def grading() -> str:
    """List what waits to be graded by whoever asks, one question at a time."""
    on, reader = current.today(), current.actor()
    number = part_number(request.args.get("part", ""))
    with current.reading() as session:
        part = queries.waiting(session, on, number, reader=reader)
        lately = queries.graded_lately(session, on, reader=reader)
        held = publishing.in_force(session, on, reader=reader, kinds=[QUIZ])
    held.sort(key=lambda revision: revision.header.title)
    return render(GradingPage(part, lately, held))


@bp.get(ANSWER)
def grade_answer(key: int, position: int) -> str:
    """Show an answer with its key points, and note the look."""
    return _page(key, position)


@bp.post(ANSWER)
def grade(key: int, position: int) -> Response | tuple[str, HTTPStatus]:
    """Keep the marks, then show the next answer that waits."""
    by, at = current.actor(), current.now()
    typed = typed_grade(cast("Typed", request.form))
    with current.reading() as session:
        onward = queries.following(session, key, position, current.today(), reader=by)
    try:
        with current.writing() as session:
            service.grade(session, typed.command(key, position), by=by, at=at)
    except (DeniedError, NotFoundError):
        raise
    except ConflictError as error:
        return _page(key, position, None, error.message), HTTPStatus.CONFLICT
    except TrainerError as error:
        page = _page(key, position, typed, error.message)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    if onward is None:
        flash(N_("已评分；没有别的答案在等您评了"))
        return redirect(url_for(".grading"))
    flash(N_("已评分，这是下一份"))
    return redirect(url_for(".grade_answer", key=onward[0], position=onward[1]))


def _page(
    key: int, position: int, typed: TypedGrade | None = None, refusal: str = ""
) -> str:
    at, reader = current.now(), current.actor()
    with current.reading() as session:
        found = queries.answer_to_grade(session, key, position, at, reader=reader)
    note_look(key)
    blank = found.given or ("",) * len(found.points)
    typed = typed or TypedGrade(blank, "", found.seen)
    return render(GradePage(found, typed, refusal, TYPE_NAMES))


def note_look(key: int) -> None:
    """Note that whoever asks looks at somebody's answers, before they are shown.

    Raises:
        TrainerError: it cannot be noted, so nothing may be shown.
    """
    by, at = current.actor(), current.now()
    with current.reading() as session:
        unseen = outcomes.needs_note(session, key, at, reader=by)
    if unseen:
        with current.writing() as session:
            overseeing.note_look(session, key, by=by, at=at)
