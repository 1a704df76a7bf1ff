"""Writing an item by a form: shown, previewed, kept, moved, taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import current_app
from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.checklists import service
from trainer.checklists.domain.editing import item_in
from trainer.checklists.domain.editing import item_text
from trainer.checklists.domain.editing import moved_item
from trainer.checklists.domain.editing import with_item
from trainer.checklists.domain.editing import without_item
from trainer.checklists.domain.names import NAMES
from trainer.checklists.domain.names import Names
from trainer.checklists.domain.sheets import Preview
from trainer.checklists.forms.items import ItemForm
from trainer.checklists.views.blueprint import bp
from trainer.checklists.views.drafts import Answer
from trainer.checklists.views.drafts import begun
from trainer.checklists.views.drafts import refused
from trainer.checklists.views.drafts import save
from trainer.checklists.views.drafts import text_for
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.forms.drafts import DraftForm
from trainer.kit.forms.rows import Move
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.publishing import queries as publishing
from trainer.publishing.domain.drafting import Desk
from trainer.publishing.domain.drafting import Outcome
from trainer.publishing.domain.revision import Revision
from trainer.publishing.queries import citable
from trainer.publishing.queries.codes import Codes
from trainer.publishing.queries.codes import codes


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDesk(Desk):
    """Where an item is written; ``item`` is its id, empty for a new one."""

    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOutcome(Outcome):
    """What came of a button; ``preview`` when it was asked for."""

    preview: Preview | None = None


@dataclass(frozen=True, slots=True)
class ItemPage(Page):
    """The form of an item, and what is to be said about it."""

    template = "checklists/item_form.html"
    form: ItemForm
    desk: ItemDesk
    outcome: ItemOutcome
    cited: Mapping[str, str]
    codes: Codes
    on: date
    names: Names = NAMES


@bp.get("/<slug>/items/new")
def add_item(slug: str) -> str:
    """Show the form of a new item."""
    desk = _desk(text_for(slug), "")
    step = request.args.get("step", "")
    return _show(ItemForm(data={"step": step, **begun(desk.revision)}), desk)


@bp.post("/<slug>/items/new")
def create_item(slug: str) -> Answer:
    """Do what a button of the form of a new item asks for."""
    return _sent(_desk(text_for(slug), ""))


@bp.get("/<slug>/items/<item>")
def edit_item(slug: str, item: str) -> str:
    """Show an item in its form."""
    desk = _desk(text_for(slug), item)
    with current.reading() as session:
        entry = item_in(publishing.text(session, desk.revision), item)
    return _show(
        ItemForm(data={**ItemForm.data_of(entry), **begun(desk.revision)}), desk
    )


@bp.post("/<slug>/items/<item>")
def change_item(slug: str, item: str) -> Answer:
    """Do what a button of the form of an item asks for."""
    return _sent(_desk(text_for(slug), item))


@bp.post("/<slug>/items/<item>/remove")
def remove_item(slug: str, item: str) -> Answer:
    """Take an item out of its list."""
    note = N_("删去 {key}", key=item)
    form = DraftForm(request.form)
    try:
        draft = save(slug, form, note, lambda text: without_item(text, item))
    except TrainerError as error:
        again, now = refused(slug, ItemForm(request.form))
        return _show(again, _desk(now, item), ItemOutcome.of(error)), STATUS[error.kind]
    return redirect(url_for(".checklist", slug=slug, revision=draft.id))


@bp.post("/<slug>/items/<item>/move")
def move_item(slug: str, item: str) -> Response:
    """Move an item of a draft up or down among those of its step."""
    up, now = request.form.get("do") == "up", text_for(slug)
    seen = request.form.get("based_on", type=int)
    form = DraftForm(data={**begun(now), "based_on": seen})
    note = N_("移动 {key}", key=item)
    draft = save(slug, form, note, lambda text: moved_item(text, item, up=up))
    return redirect(url_for(".checklist", slug=slug, revision=draft.id, _anchor=item))


def _sent(desk: ItemDesk) -> Answer:
    """Keep an item, or show its form again: moved, previewed, or with mistakes."""
    form = ItemForm(request.form)
    move = Move.of(request.form.get("do", ""))
    if move.verb == "preview":
        return _show(form, desk, ItemOutcome(preview=_preview(form, desk)))
    if move.verb:
        return _show(ItemForm(data=form.moved(move)), desk)
    if not form.validate():
        return _show(form, desk), HTTPStatus.UNPROCESSABLE_ENTITY
    preview = _preview(form, desk)
    if preview.mistakes:
        wrong = ItemOutcome(mistakes=preview.mistakes)
        return _show(form, desk, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    return _kept(form, desk)


def _kept(form: ItemForm, desk: ItemDesk) -> Answer:
    slug, entry, item = desk.revision.slug, form.entry(), desk.item
    key = str(entry["id"])
    note = N_("修改 {key}", key=key) if item else N_("新增 {key}", key=key)
    try:
        draft = save(slug, form, note, lambda text: with_item(text, entry, item))
    except TrainerError as error:
        again, now = refused(slug, form)
        outcome = ItemOutcome.of(error, _theirs(now, item))
        return _show(again, _desk(now, item), outcome), STATUS[error.kind]
    return redirect(url_for(".checklist", slug=slug, revision=draft.id, _anchor=key))


def _theirs(now: Revision, item: str) -> str:
    """Give the item as it is saved now; nothing when it is not there."""
    with current.reading() as session:
        text = publishing.text(session, now)
    try:
        return item_text(item_in(text, item)) if item else ""
    except NotFoundError:
        return ""


def _preview(form: ItemForm, desk: ItemDesk) -> Preview:
    on, by = current.business_date(), current.actor()
    with current.reading() as session:
        return service.preview(session, form.entry(), desk.revision, on, by=by)


def _desk(revision: Revision, item: str) -> ItemDesk:
    slug, key = revision.slug, request.args.get("revision", type=int)
    action = (
        url_for(".change_item", slug=slug, item=item, revision=key)
        if item
        else url_for(".create_item", slug=slug, revision=key)
    )
    return ItemDesk(revision=revision, item=item, action=action)


def _show(form: ItemForm, desk: ItemDesk, outcome: ItemOutcome | None = None) -> str:
    on, reader = current.business_date(), current.actor()
    kinds = current_app.extensions["text_kinds"]
    with current.reading() as session:
        known = codes(session)
        slug = form.article.data or ""
        form.offer_clauses(
            citable.articles(session, on, reader=reader, kinds=kinds),
            citable.sections(session, slug, on, reader=reader),
        )
        cited = citable.clause_names(session, form.cited, on, reader=reader)
    form.offer(known, desk.revision.header.line)
    return render(ItemPage(form, desk, outcome or ItemOutcome(), cited, known, on))
