"""The result of an attempt, for its taker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect
from flask import url_for
from werkzeug.wrappers import Response

from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.quizzes import queries
from trainer.quizzes import service
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.names import TYPE_NAMES
from trainer.quizzes.domain.showing import Result
from trainer.quizzes.views.blueprint import bp
from trainer.topics import queries as topics


@dataclass(frozen=True, slots=True)
class ResultPage(Page):
    """What came of an attempt, and what is right where that may be seen."""

    template = "quizzes/result.html"
    result: Result
    competencies: Mapping[str, str]
    types: Mapping[str, str]


@bp.get("/attempts/<int:key>/result")
def result(key: int) -> str | Response:
    """Show the result; an attempt that is still open leads back to its paper."""
    by, at = current.actor(), current.now()
    with current.reading() as session:
        row = queries.own_attempt(session, key, reader=by)
        late = row.due_at is not None and row.due_at <= at
        is_open = row.state == State.IN_PROGRESS
    if is_open and not late:
        return redirect(url_for(".paper", key=key))
    if is_open:
        with current.writing() as session:
            service.submit(session, key, by=by, at=at)
    with current.reading() as session:
        found = queries.own_result(session, key, at, reader=by)
        names = topics.competency_names(session)
    return render(ResultPage(found, names, TYPE_NAMES))
