"""What came of a question, and the questions nobody has answered yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint
from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.search import queries
from trainer.search import service
from trainer.search.domain.log import Followed
from trainer.search.domain.log import Outcome
from trainer.search.domain.log import Searched
from trainer.search.domain.log import Unanswered
from trainer.search.views import desk

SPANS = {"7": N_("近 7 天"), "30": N_("近 30 天"), "90": N_("近 90 天")}


@dataclass(frozen=True, slots=True)
class UnansweredPage(Page):
    """Questions without hits or without a click, those asked most first."""

    template = "search/unanswered.html"
    questions: tuple[Unanswered, ...]
    days: str
    spans: tuple[tuple[str, str], ...] = tuple(SPANS.items())


def install(bp: Blueprint) -> None:
    """Add the pages to the blueprint."""
    bp.add_url_rule("/search/log", "log", log, methods=["POST"])
    bp.add_url_rule("/search/missing", "missing", missing, methods=["POST"])
    bp.add_url_rule("/search/unanswered", "unanswered", unanswered)


def log() -> tuple[str, HTTPStatus]:
    """Keep what came of a question that was answered as one typed."""
    opened = request.form.get("outcome") == "opened"
    rank = request.form.get("rank", type=int)
    slug = request.form.get("slug", "")[:200] or None
    _keep(Followed(Outcome.CLICKED if opened else Outcome.SHOWN, rank, slug))
    return "", HTTPStatus.NO_CONTENT


def missing() -> Response:
    """Keep that a person did not find an answer (没找到)."""
    if not request.form.get("q", "").strip():
        raise TrainerError(N_("还没有输入问题；请先搜索，再点“没找到”"))
    _keep(Followed(Outcome.NOT_FOUND))
    flash(N_("已记下这个问题，政策编辑会看到并补上答案"))
    return redirect(url_for(".home", on=current.business_date()))


def unanswered() -> str:
    """Show the questions our texts do not answer yet."""
    days = request.args.get("days", "30")
    days = days if days in SPANS else "30"
    since = current.now() - timedelta(int(days))
    with current.reading() as session:
        found = queries.unanswered(session, reader=current.actor(), since=since)
    return render(UnansweredPage(tuple(found), days))


def _keep(followed: Followed) -> None:
    """Keep a question together with what came of it."""
    question = desk.asked(1)
    with current.reading() as session:
        found = desk.search(session, question)
    searched = Searched(
        words=question.words,
        on=question.on,
        line=question.line,
        kind=question.kind,
        hits=found.total,
        hits_unfiltered=found.unfiltered,
        generation=found.generation,
        milliseconds=0.0,
    )
    by, at = current.actor(), current.now()
    with current.writing() as session:
        service.conclude(session, searched, followed, by=by, at=at)
