"""Taking a quiz: the paper, saving, handing in.

Everything works without scripts, as one page and one form. The script of the page
shows one question at a time and sends each answer to :func:`keep` as it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.wording import N_
from trainer.kit.web import api
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.quizzes import queries
from trainer.quizzes import service
from trainer.quizzes.domain.names import TYPE_NAMES
from trainer.quizzes.domain.showing import Marked
from trainer.quizzes.domain.taking import NotShownError
from trainer.quizzes.domain.taking import Paper
from trainer.quizzes.domain.taking import line_of
from trainer.quizzes.forms import Typed
from trainer.quizzes.forms import as_save
from trainer.quizzes.forms import saves_of
from trainer.quizzes.forms import whole
from trainer.quizzes.views.blueprint import bp

Answer = Response | tuple[str, HTTPStatus]

ATTEMPT = "/attempts/<int:key>"


@dataclass(frozen=True, slots=True)
class PaperPage(Page):
    """An attempt that is open.

    ``shown`` are the questions whose answer may be seen already, by position; ``wrong``
    says which answers of the form could not be kept, and why.
    """

    template = "quizzes/paper.html"
    paper: Paper
    types: Mapping[str, str]
    shown: Mapping[int, Marked]
    wrong: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class CheckPage(Page):
    """A last look before handing in."""

    template = "quizzes/check.html"
    paper: Paper


@bp.get(ATTEMPT)
def paper(key: int) -> str | Response:
    """Show the paper of an attempt that is open."""
    found = _paper(key)
    if line_of(found.quiz):
        return redirect(url_for(".placing", key=key))
    if not found.is_open:
        return redirect(url_for(".result", key=key))
    return _page(found, {})


@bp.post(ATTEMPT)
def answer(key: int) -> Answer:
    """Keep a page of answers; then stay, go on, show what is right, or check."""
    by, at = current.actor(), current.now()
    found = _paper(key)
    commands = saves_of(cast("Typed", request.form), found.shown)
    with current.writing() as session:
        wrong = dict(service.save_all(session, key, commands, by=by, at=at))
    act, _, place = request.form.get("act", "").partition("-")
    position = whole(place) or 0
    if act == "show" and not wrong:
        wrong = _shown(key, position)
    if wrong:
        return _page(_paper(key), wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    if act == "check":
        return redirect(url_for(".check", key=key))
    if act == "next":
        position = min(position + 1, len(found.items))
        with current.writing() as session:
            service.go_to(session, key, position, by=by, at=at)
    anchor = f"q{position}" if position else None
    return redirect(url_for(".paper", key=key, _anchor=anchor))


@bp.post(f"{ATTEMPT}/answers")
def keep(key: int) -> Response:
    """Keep one answer, sent by the script of the page."""
    by, at = current.actor(), current.now()
    with current.reading() as session:
        queries.own_attempt(session, key, reader=by)
    command = as_save(request.get_json(silent=True))
    with current.writing() as session:
        kept = service.save(session, key, command, by=by, at=at)
    return api.answer(
        {"position": kept.position, "number": kept.number, "left": kept.left}
    )


@bp.get(f"{ATTEMPT}/check")
def check(key: int) -> str | Response:
    """Show what is unanswered or flagged, before handing in."""
    found = _paper(key)
    if not found.is_open:
        return redirect(url_for(".result", key=key))
    return render(CheckPage(found))


@bp.post(f"{ATTEMPT}/submit")
def submit(key: int) -> Response:
    """Hand in."""
    with current.writing() as session:
        service.submit(session, key, by=current.actor(), at=current.now())
    flash(N_("已交卷"))
    return redirect(url_for(".result", key=key))


@bp.post(f"{ATTEMPT}/abandon")
def abandon(key: int) -> Response:
    """Give up."""
    with current.writing() as session:
        service.abandon(session, key, by=current.actor(), at=current.now())
    flash(N_("已放弃，这一次不计成绩"))
    return redirect(url_for(".quizzes"))


def _paper(key: int) -> Paper:
    with current.reading() as session:
        return queries.paper(session, key, current.now(), reader=current.actor())


def _page(found: Paper, wrong: Mapping[int, str]) -> str:
    """Show a paper, with what is right where a practice has shown it."""
    with current.reading() as session:
        shown = queries.shown_already(
            session, found.attempt, current.now(), reader=current.actor()
        )
    return render(PaperPage(found, TYPE_NAMES, shown, wrong))


def _shown(key: int, position: int) -> dict[int, str]:
    """Show what is right; or say, by position, why not yet."""
    try:
        with current.writing() as session:
            service.show(session, key, position, by=current.actor(), at=current.now())
    except NotShownError as error:
        return {position: error.message}
    return {}
