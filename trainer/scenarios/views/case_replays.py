"""Turning a returned file or a complaint into the draft of a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint
from flask import current_app
from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.publishing import service as publishing
from trainer.publishing.domain.revision import Revision
from trainer.publishing.queries import citable
from trainer.publishing.queries.codes import codes
from trainer.scenarios.forms.case_replays import ReplayForm
from trainer.scenarios.service.case_replays import replayed
from trainer.topics import queries as topics

Answer = Response | str | tuple[str, HTTPStatus]

bp = Blueprint("replays", __name__, url_prefix="/case-replays")


@dataclass(frozen=True, slots=True)
class ReplayPage(Page):
    """The form."""

    template = "scenarios/case_replay.html"
    form: ReplayForm
    refusal: str


@bp.get("/new")
def new() -> str:
    """Ask what happened."""
    current.actor().must(Permission.EDIT)
    form = ReplayForm(data={"first_day": current.today(), "origin": "returned"})
    return _page(_offered(form))


@bp.post("/new")
def create() -> Answer:
    """List the clauses of an article, or keep the draft of a scenario."""
    current.actor().must(Permission.EDIT)
    form = _offered(ReplayForm(request.form))
    if request.form.get("do") == "sections":
        return _page(form)
    if not form.validate():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        draft = _begun(form)
    except TrainerError as error:
        return _page(form, error.message), STATUS[error.kind]
    flash(N_("草稿建好了；留着空的地方接着写，写完才能送审"))
    return redirect(url_for("desk.edit", key=draft.id))


def _begun(form: ReplayForm) -> Revision:
    by, slug = current.actor(), (form.slug.data or "").strip()
    with current.reading() as session:
        line = topics.topics(session).line(form.line.data or "")
        ready = replayed(session, form.command(line.owner if line else ""))
    with current.writing() as session:
        return publishing.begin(session, slug, ready, by=by, at=current.now())


def _offered(form: ReplayForm) -> ReplayForm:
    with current.reading() as session:
        _offer(session, form)
    return form


def _offer(session: Session, form: ReplayForm) -> None:
    """Give the form what is registered, and what is in force on its day."""
    reader, known = current.actor(), codes(session)
    on = form.first_day.data or current.today()
    kinds = current_app.extensions["text_kinds"]
    articles = citable.articles(session, on, reader=reader, kinds=kinds)
    form.offer(known.lines, known.competencies, articles)
    slug = form.article.data or ""
    form.offer_sections(citable.sections(session, slug, on, reader=reader))


def _page(form: ReplayForm, refusal: str = "") -> str:
    return render(ReplayPage(form, refusal))
