"""Writing what holds for a whole scenario by a form."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.forms.rows import Move
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.publishing import queries as publishing
from trainer.publishing.domain.drafting import Desk
from trainer.publishing.domain.drafting import Outcome
from trainer.publishing.domain.revision import Revision
from trainer.publishing.queries.codes import codes
from trainer.scenarios import queries
from trainer.scenarios.domain.editing import body_of
from trainer.scenarios.domain.editing import head_of
from trainer.scenarios.domain.editing import with_head
from trainer.scenarios.domain.manuscripts import called
from trainer.scenarios.domain.patching import STYLE
from trainer.scenarios.forms.scripts import ScriptForm
from trainer.scenarios.views.blueprint import scripts as bp
from trainer.scenarios.views.scripts_drafts import Answer
from trainer.scenarios.views.scripts_drafts import begun
from trainer.scenarios.views.scripts_drafts import refused
from trainer.scenarios.views.scripts_drafts import save
from trainer.scenarios.views.scripts_drafts import status_of
from trainer.scenarios.views.scripts_drafts import text_for
from trainer.topics.domain.outline_text import dumped


@dataclass(frozen=True, slots=True)
class HeadPage(Page):
    """The form of a whole scenario."""

    template = "scenarios/script_head.html"
    form: ScriptForm
    desk: Desk
    outcome: Outcome


@bp.get("/<slug>/head")
def edit_head(slug: str) -> str:
    """Show in a form what holds for a whole scenario."""
    with current.reading() as session:
        revision = text_for(session, slug)
        body = body_of(publishing.text(session, revision))
    data = {**ScriptForm.data_of(head_of(body)), **begun(revision)}
    return _show(ScriptForm(data=data), revision)


@bp.post("/<slug>/head")
def change_head(slug: str) -> Answer:
    """Keep it, or show its form again with its rows moved or what is wrong."""
    with current.reading() as session:
        revision = text_for(session, slug)
    form, move = ScriptForm(request.form), Move.of(request.form.get("do", ""))
    if move.verb:
        return _show(ScriptForm(data=form.moved(move)), revision)
    if not form.validate():
        return _show(form, revision), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        head = form.head()
        draft = save(slug, form, N_("修改设定"), lambda text: with_head(text, head))
    except TrainerError as error:
        again, now = refused(slug, form)
        with current.reading() as session:
            theirs = head_of(body_of(publishing.text(session, now)))
        outcome = Outcome.of(error, dumped(theirs, STYLE))
        return _show(again, now, outcome), status_of(error)
    return redirect(url_for("scenarios.scenario", slug=slug, revision=draft.id))


def _show(form: ScriptForm, revision: Revision, outcome: Outcome | None = None) -> str:
    with current.reading() as session:
        known = codes(session)
        scenario = queries.open_scenario(session, revision)
    form.offer(
        {node.id: called(node.id, node.says) for node in scenario.nodes},
        {each.id: called(each.id, each.says) for each in scenario.endings},
        known.competencies,
    )
    key = request.args.get("revision", type=int)
    action = url_for(".change_head", slug=revision.slug, revision=key)
    desk = Desk(revision=revision, action=action)
    return render(HeadPage(form, desk, outcome or Outcome()))
