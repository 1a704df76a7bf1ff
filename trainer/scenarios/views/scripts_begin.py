"""Beginning a scenario: what it says of itself; nodes and choices come after."""

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
from trainer.scenarios.domain import SCENARIO
from trainer.scenarios.domain.beginning import SOURCE
from trainer.scenarios.domain.names import HINT
from trainer.scenarios.forms.headers import HeaderForm
from trainer.scenarios.service import OWN
from trainer.scenarios.views.blueprint import scripts as bp
from trainer.scenarios.views.scripts_drafts import Answer


@dataclass(frozen=True, slots=True)
class BeginPage(Page):
    """The header of a new scenario."""

    template = "scenarios/script_new.html"
    form: HeaderForm
    hint: str
    refusal: str = ""


@bp.get("/new/<kind>")
def begin(kind: str) -> str:
    """Ask what a new scenario is called, whose it is, what it trains."""
    _must_be_known(kind)
    today = current.today()
    known = {"effective_from": today, "day": today, "source": SOURCE}
    return _show(HeaderForm(data=known))


@bp.post("/new/<kind>")
def create(kind: str) -> Answer:
    """Keep a new scenario as a draft."""
    _must_be_known(kind)
    form = HeaderForm(request.form)
    if not form.validate():
        return _show(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        draft = _begun(form)
    except TrainerError as error:
        return _show(form, error.message), STATUS[error.kind]
    flash(N_("情景建好了，还是草稿；现在写开场白和结局，再一个一个加选项"))
    return redirect(url_for("scenarios.scenario", slug=draft.slug, revision=draft.id))


def _begun(form: HeaderForm) -> Revision:
    by, slug = current.actor(), (form.slug.data or "").strip()
    with current.reading() as session:
        ready = changing.prepared(session, form.text(), OWN)
    with current.writing() as session:
        return publishing.begin(session, slug, ready, by=by, at=current.now())


def _must_be_known(kind: str) -> None:
    """Stop here unless somebody who may begins something that there is."""
    current.actor().must(Permission.EDIT)
    if kind != SCENARIO:
        raise NotFoundError(N_("只能新建情景；请从“情景演练”重新选择"))


def _show(form: HeaderForm, refusal: str = "") -> str:
    with current.reading() as session:
        known = codes(session)
    evidence = {level.value: name for level, name in EVIDENCE_NAMES.items()}
    form.offer(known.lines, known.posts, evidence)
    return render(BeginPage(form, HINT, refusal))
