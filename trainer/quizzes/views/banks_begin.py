"""Beginning a bank or a quiz: what it says of itself; the rest comes after."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for

from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.publishing import service as publishing
from trainer.publishing.domain.header import EVIDENCE_NAMES
from trainer.publishing.domain.revision import Revision
from trainer.publishing.queries.codes import codes
from trainer.publishing.service import changing
from trainer.quizzes import service
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain.beginning import SOURCE
from trainer.quizzes.domain.names import HINTS
from trainer.quizzes.domain.names import KIND_NAMES
from trainer.quizzes.forms.headers import HeaderForm
from trainer.quizzes.views.banks_drafts import Answer
from trainer.quizzes.views.blueprint import bank_desk as bp


@dataclass(frozen=True, slots=True)
class BeginPage(Page):
    """The header of a new bank or quiz."""

    template = "quizzes/bank_new.html"
    form: HeaderForm
    kind: str
    name: str
    hint: str
    refusal: str = ""


@bp.get("/new/<kind>")
def begin(kind: str) -> str:
    """Ask what a new bank or quiz is called, and whose it is."""
    _must_be_known(kind)
    return _show(
        HeaderForm(data={"effective_from": current.today(), "source": SOURCE}), kind
    )


@bp.post("/new/<kind>")
def create(kind: str) -> Answer:
    """Keep a new bank or quiz as a draft."""
    _must_be_known(kind)
    form = HeaderForm(request.form)
    if not form.validate():
        return _show(form, kind), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        draft = _begun(form, kind)
    except TrainerError as error:
        return _show(form, kind, error.message), STATUS[error.kind]
    if kind == QUESTIONS:
        flash(N_("题库建好了，还是草稿；现在写第一道题"))
        return redirect(url_for(".add_question", slug=draft.slug, revision=draft.id))
    flash(N_("测验建好了，还是草稿；现在定怎么考、考哪些题"))
    return redirect(url_for(".edit_quiz", slug=draft.slug, revision=draft.id))


def _begun(form: HeaderForm, kind: str) -> Revision:
    by, slug = current.actor(), (form.slug.data or "").strip()
    with current.reading() as session:
        known = codes(session).competencies
        text = form.text(kind, next(iter(known), "P1"))
        ready = changing.prepared(session, text, service.OWN)
    with current.writing() as session:
        return publishing.begin(session, slug, ready, by=by, at=current.now())


def _must_be_known(kind: str) -> None:
    """Stop here unless somebody who may begins something that there is."""
    current.actor().must(Permission.EDIT)
    if kind not in KIND_NAMES:
        raise NotFoundError(N_("只能新建题库或测验；请从“题库和测验”重新选择"))


def _show(form: HeaderForm, kind: str, refusal: str = "") -> str:
    with current.reading() as session:
        known = codes(session)
    evidence = {level.value: name for level, name in EVIDENCE_NAMES.items()}
    form.offer(known.lines, known.posts, evidence)
    return render(BeginPage(form, kind, KIND_NAMES[kind], HINTS[kind], refusal))
