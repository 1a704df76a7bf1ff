"""The glossary by parts: groups and places in forms, without touching YAML."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.topics import queries
from trainer.topics import service
from trainer.topics.domain.editing import FieldMistakesError
from trainer.topics.domain.editing import has_comments
from trainer.topics.domain.glossary import Glossary
from trainer.topics.domain.glossary import Group
from trainer.topics.domain.saves import Save
from trainer.topics.domain.saves import SavedMeanwhileError
from trainer.topics.domain.saves import TextName
from trainer.topics.forms import EditingForm
from trainer.topics.forms import GroupForm
from trainer.topics.forms import PlacesForm
from trainer.topics.forms import refuse
from trainer.topics.views.blueprint import bp

Shown = Response | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class GlossaryPage(Page):
    """The groups that match some words; ``total`` counts all."""

    template = "topics/glossary.html"
    words: str
    groups: tuple[Group, ...]
    total: int


@dataclass(frozen=True, slots=True)
class GroupPage(Page):
    """One group in a form.

    ``group`` is it as it holds, None where it is new; ``other`` is the save of
    somebody who came first.
    """

    template = "topics/group.html"
    form: GroupForm
    group: Group | None
    comments: bool
    other: Save | None = None


@dataclass(frozen=True, slots=True)
class PlacesPage(Page):
    """The place names, for editors in a form."""

    template = "topics/places.html"
    glossary: Glossary
    form: PlacesForm
    comments: bool
    other: Save | None = None


@bp.get("/glossary")
def glossary() -> str:
    """Show the groups, all or those that match."""
    words = request.args.get("words", "").strip()
    with current.reading() as session:
        known = queries.glossary(session) or Glossary()
    return render(GlossaryPage(words, known.matching(words), len(known.groups)))


@bp.get("/glossary/new")
def new_group() -> str:
    """Show an empty form."""
    current.actor().must(Permission.EDIT)
    return render(_group_page(None, ""))


@bp.post("/glossary/new")
def add_group() -> Shown:
    """Add a group."""
    return _save_group("")


@bp.get("/glossary/groups/<code>")
def group(code: str) -> str:
    """Show the form of a group."""
    current.actor().must(Permission.EDIT)
    return render(_group_page(None, code))


@bp.post("/glossary/groups/<code>")
def save_group(code: str) -> Shown:
    """Replace a group."""
    return _save_group(code)


@bp.post("/glossary/groups/<code>/remove")
def remove_group(code: str) -> Shown:
    """Take a group out."""
    current.actor().must(Permission.EDIT)
    form = EditingForm(request.form)
    if not form.validate():
        page = _group_page(None, code)
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            editing, by, at = form.editing(), current.actor(), current.now()
            last = service.remove_group(session, code, editing, by=by, at=at)
    except SavedMeanwhileError:
        return render(_group_page(None, code, conflict=True)), HTTPStatus.CONFLICT
    return _done(N_("已删除，这是第 {last} 次保存", last=last), url_for(".glossary"))


@bp.get("/glossary/places")
def places() -> str:
    """Show the place names."""
    return render(_places_page(None))


@bp.post("/glossary/places")
def save_places() -> Shown:
    """Replace the place names."""
    current.actor().must(Permission.EDIT)
    form = PlacesForm(request.form)
    try:
        if form.validate():
            with current.writing() as session:
                editing, by, at = form.editing(), current.actor(), current.now()
                names = form.names()
                last = service.save_places(session, names, editing, by=by, at=at)
            return _done(
                N_("地名已保存，这是第 {last} 次保存", last=last), url_for(".places")
            )
    except FieldMistakesError as error:
        refuse(form, error.mistakes)
    except SavedMeanwhileError:
        return render(_places_page(form, conflict=True)), HTTPStatus.CONFLICT
    return render(_places_page(form)), HTTPStatus.UNPROCESSABLE_ENTITY


def _save_group(code: str) -> Shown:
    """Add a group, or replace the one with an id."""
    current.actor().must(Permission.EDIT)
    form = GroupForm(request.form)
    try:
        if form.validate():
            with current.writing() as session:
                command, editing = form.command(code), form.editing()
                by, at = current.actor(), current.now()
                last = service.save_group(session, command, editing, by=by, at=at)
            there = url_for(".glossary", _anchor=command.group.id)
            return _done(
                N_(
                    "“{official}”已保存，第 {last} 次",
                    official=command.group.official,
                    last=last,
                ),
                there,
            )
    except FieldMistakesError as error:
        refuse(form, error.mistakes)
    except SavedMeanwhileError:
        return render(_group_page(form, code, conflict=True)), HTTPStatus.CONFLICT
    return render(_group_page(form, code)), HTTPStatus.UNPROCESSABLE_ENTITY


def _done(words: str, there: str) -> Response:
    flash(words)
    return redirect(there)


def _group_page(
    form: GroupForm | None, code: str, *, conflict: bool = False
) -> GroupPage:
    """Show a form beside the group it would replace; None shows the group itself.

    Raises:
        NotFoundError: nothing was typed, and there is no such group.
    """
    with current.reading() as session:
        found = (queries.glossary(session) or Glossary()).group(code)
        comments = has_comments(queries.text(session, TextName.GLOSSARY))
        saves = queries.saves(session, TextName.GLOSSARY)
    last = saves[0].number if saves else 0
    if form is None and code and found is None:
        raise NotFoundError(N_("没有这个词组，可能已被删除；请回词库查看"))
    if form is None:
        form = GroupForm.of(found, last) if found else GroupForm(based_on=last)
    if conflict:
        form.based_on.data = last  # what came between is shown
    return GroupPage(form, found, comments, saves[0] if conflict else None)


def _places_page(form: PlacesForm | None, *, conflict: bool = False) -> PlacesPage:
    """Show the place names, with what came between."""
    with current.reading() as session:
        known = queries.glossary(session) or Glossary()
        comments = has_comments(queries.text(session, TextName.GLOSSARY))
        saves = queries.saves(session, TextName.GLOSSARY)
    last = saves[0].number if saves else 0
    form = form or PlacesForm(places="\n".join(known.places), based_on=last)
    if conflict:
        form.based_on.data = last
    return PlacesPage(known, form, comments, saves[0] if conflict else None)
