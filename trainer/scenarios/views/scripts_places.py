"""Writing nodes, choices and endings by forms: added, changed, moved, taken out."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.forms.drafts import DraftForm
from trainer.kit.forms.rows import Move
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.publishing import queries as publishing
from trainer.publishing.domain.drafting import Desk
from trainer.publishing.domain.drafting import Outcome
from trainer.publishing.domain.revision import Revision
from trainer.scenarios.domain.editing import NODES
from trainer.scenarios.domain.editing import Entry
from trainer.scenarios.domain.editing import Kind
from trainer.scenarios.domain.editing import Shelf
from trainer.scenarios.domain.editing import body_of
from trainer.scenarios.domain.editing import entry
from trainer.scenarios.domain.editing import with_entry
from trainer.scenarios.domain.editing import with_moved
from trainer.scenarios.domain.editing import without_entry
from trainer.scenarios.domain.patching import STYLE
from trainer.scenarios.forms.places import FORMS
from trainer.scenarios.forms.places import PlaceForm
from trainer.scenarios.views.blueprint import scripts as bp
from trainer.scenarios.views.offering import offer
from trainer.scenarios.views.scripts_drafts import Answer
from trainer.scenarios.views.scripts_drafts import asked_revision
from trainer.scenarios.views.scripts_drafts import begun
from trainer.scenarios.views.scripts_drafts import refused
from trainer.scenarios.views.scripts_drafts import save
from trainer.scenarios.views.scripts_drafts import status_of
from trainer.scenarios.views.scripts_drafts import text_for
from trainer.topics.domain.outline_text import dumped

KIND_NAMES = {
    Kind.NODES: N_("节点"),
    Kind.CHOICES: N_("选项"),
    Kind.ENDINGS: N_("结局"),
}
LIST = "/<slug>/<any(nodes, endings, choices):kind>"
PLACE = f"{LIST}/<place>"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDesk(Desk):
    """Where a place is written; ``place`` is empty for a new one."""

    shelf: Shelf
    place: str

    @property
    def name(self) -> str:
        """What kind of place it is."""
        return KIND_NAMES[self.shelf.kind]


@dataclass(frozen=True, slots=True)
class PlacePage(Page):
    """The form of a node, a choice or an ending.

    ``around`` is what the citizen says before a choice; ``cited`` names clauses.
    """

    template = "scenarios/place_form.html"
    form: PlaceForm
    desk: PlaceDesk
    outcome: Outcome
    around: str
    cited: Mapping[str, str]


@bp.get(LIST)
def add(slug: str, kind: str) -> str:
    """Show the form of a new place."""
    desk = _desk(slug, kind, "")
    return _show(FORMS[desk.shelf.kind](data=begun(desk.revision)), desk)


@bp.post(LIST)
def create_place(slug: str, kind: str) -> Answer:
    """Do what a button of the form of a new place asks for."""
    return _sent(_desk(slug, kind, ""))


@bp.get(PLACE)
def edit(slug: str, kind: str, place: str) -> str:
    """Show a place in its form."""
    desk = _desk(slug, kind, place)
    form = FORMS[desk.shelf.kind]
    return _show(
        form(data={**form.data_of(_entry(desk)), **begun(desk.revision)}), desk
    )


@bp.post(PLACE)
def change(slug: str, kind: str, place: str) -> Answer:
    """Do what a button of the form of a place asks for."""
    return _sent(_desk(slug, kind, place))


@bp.post(f"{PLACE}/remove")
def remove(slug: str, kind: str, place: str) -> Answer:
    """Take a place out."""
    desk = _desk(slug, kind, place)
    note = N_("删去 {key}", key=place)
    return _done(desk, note, lambda text: without_entry(text, desk.shelf, place))


@bp.post(f"{PLACE}/move")
def move(slug: str, kind: str, place: str) -> Answer:
    """Move a place up or down in its list."""
    desk = _desk(slug, kind, place)
    up = request.form.get("do") == "up"
    note = N_("移动 {key}", key=place)
    return _done(desk, note, lambda text: with_moved(text, desk.shelf, place, up=up))


def _done(desk: PlaceDesk, note: str, change: Callable[[str], str]) -> Answer:
    """Do what needs no form but the one that says which text was open."""
    try:
        draft = save(desk.revision.slug, DraftForm(request.form), note, change)
    except TrainerError as error:
        form, now = refused(desk.revision.slug, FORMS[desk.shelf.kind](request.form))
        there = _desk(now.slug, desk.shelf.kind, desk.place, now)
        shown = form.data_of(_entry(there)) | begun(now)
        return _show(type(form)(data=shown), there, Outcome.of(error)), status_of(error)
    return _back(desk, draft)


def _sent(desk: PlaceDesk) -> Answer:
    """Keep a place, or show its form again: with moved rows, or what is wrong."""
    form = FORMS[desk.shelf.kind](request.form)
    if desk.place:
        form.id.data = desk.place
    asked = Move.of(request.form.get("do", ""))
    if asked.verb:
        return _show(type(form)(data=form.moved(asked)), desk)
    offer(form, desk.revision, desk.shelf)
    if not form.validate():
        return _show(form, desk), HTTPStatus.UNPROCESSABLE_ENTITY
    return _kept(form, desk)


def _kept(form: PlaceForm, desk: PlaceDesk) -> Answer:
    slug, new, key = desk.revision.slug, form.entry(), form.id.data or ""
    changed = N_("修改 {key}", key=key)
    note = changed if desk.place else N_("新增 {key}", key=key)
    try:
        draft = save(
            slug,
            form,
            note,
            lambda text: with_entry(text, desk.shelf, new, desk.place),
        )
    except TrainerError as error:
        again, now = refused(slug, form)
        there = _desk(slug, desk.shelf.kind, desk.place, now)
        outcome = Outcome.of(error, _theirs(there))
        return _show(again, there, outcome), status_of(error)
    return _back(desk, draft)


def _back(desk: PlaceDesk, draft: Revision) -> Response:
    anchor = desk.shelf.node or desk.place or request.form.get("id")
    home = "scenarios.scenario"
    return redirect(url_for(home, slug=draft.slug, revision=draft.id, _anchor=anchor))


def _desk(
    slug: str, kind: str, place: str, revision: Revision | None = None
) -> PlaceDesk:
    """Give where somebody writes.

    Raises:
        NotFoundError: there is no such scenario, or no node of the choice.
    """
    node = request.args.get("node", "") if kind == Kind.CHOICES else ""
    shelf = Shelf(Kind(kind), node)
    with current.reading() as session:
        found = revision or text_for(session, slug)
        if kind == Kind.CHOICES:
            entry(body_of(publishing.text(session, found)), NODES, node)
    action = url_for(
        ".change" if place else ".create_place",
        slug=slug,
        kind=kind,
        place=place or None,
        revision=asked_revision(),
        node=node or None,
    )
    return PlaceDesk(revision=found, action=action, shelf=shelf, place=place)


def _entry(desk: PlaceDesk) -> Entry:
    """Give a place as it is written in the text that was opened.

    Raises:
        NotFoundError: it is not there.
    """
    with current.reading() as session:
        text = publishing.text(session, desk.revision)
    return entry(body_of(text), desk.shelf, desk.place)


def _theirs(desk: PlaceDesk) -> str:
    """Give the place as it is saved now; nothing when it is new or gone."""
    try:
        return dumped([_entry(desk)], STYLE) if desk.place else ""
    except NotFoundError:
        return ""


def _show(form: PlaceForm, desk: PlaceDesk, outcome: Outcome | None = None) -> str:
    around, cited = offer(form, desk.revision, desk.shelf)
    return render(PlacePage(form, desk, outcome or Outcome(), around, cited))
