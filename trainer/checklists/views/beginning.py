"""Beginning a list: what it says of itself; its items come after."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for

from trainer.checklists import service
from trainer.checklists.domain import CHECKLIST
from trainer.checklists.domain.editing import SOURCE
from trainer.checklists.domain.names import HINT
from trainer.checklists.forms.headers import ListForm
from trainer.checklists.views.blueprint import bp
from trainer.checklists.views.drafts import Answer
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.forms.rows import words
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


@dataclass(frozen=True, slots=True)
class BeginPage(Page):
    """The header of a new list."""

    template = "checklists/new.html"
    form: ListForm
    hint: str = HINT
    refusal: str = ""


@bp.get("/new/<kind>")
def begin(kind: str) -> str:
    """Ask what a new list is called, and whose it is."""
    _must_be_known(kind)
    return _show(ListForm(data={"effective_from": current.today(), "source": SOURCE}))


@bp.post("/new/<kind>")
def create(kind: str) -> Answer:
    """Keep a new list as a draft."""
    _must_be_known(kind)
    form = ListForm(request.form)
    if not form.validate():
        return _show(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        draft = _begun(form)
    except TrainerError as error:
        return _show(form, error.message), STATUS[error.kind]
    flash(N_("清单建好了，还是草稿；现在写第一条"))
    return redirect(url_for(".add_item", slug=draft.slug, revision=draft.id))


def _begun(form: ListForm) -> Revision:
    by, slug = current.actor(), words(form.slug.data)
    with current.reading() as session:
        ready = changing.prepared(session, form.text(), service.OWN)
    with current.writing() as session:
        return publishing.begin(session, slug, ready, by=by, at=current.now())


def _must_be_known(kind: str) -> None:
    """Stop here unless somebody who may begins a list."""
    current.actor().must(Permission.EDIT)
    if kind != CHECKLIST:
        raise NotFoundError(N_("这里只能新建易错清单；请从“易错清单”重新选择"))


def _show(form: ListForm, refusal: str = "") -> str:
    with current.reading() as session:
        known = codes(session)
    evidence = {level.value: name for level, name in EVIDENCE_NAMES.items()}
    form.offer(known.lines, known.posts, evidence)
    return render(BeginPage(form, refusal=refusal))
