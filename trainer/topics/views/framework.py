"""The competency framework by parts: in forms, without touching YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.datastructures import MultiDict
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
from trainer.topics.domain.competencies import Competencies
from trainer.topics.domain.competencies import Competency
from trainer.topics.domain.editing import FieldMistakesError
from trainer.topics.domain.framing import Part
from trainer.topics.domain.framing import has_inner_comments
from trainer.topics.domain.saves import Save
from trainer.topics.domain.saves import SavedMeanwhileError
from trainer.topics.domain.saves import TextName
from trainer.topics.forms import CompetencyForm
from trainer.topics.forms import EditingForm
from trainer.topics.forms import PartForm
from trainer.topics.forms import part_form
from trainer.topics.forms import refuse
from trainer.topics.views.blueprint import bp

Shown = Response | tuple[str, HTTPStatus]

NEW = "/competencies/new"
ONE = "/competencies/items/<code>"
PART = "/competencies/<any(dimensions, levels, tiers):kind>/<code>"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyPage(Page):
    """One competency in a form.

    ``one`` is it as it holds, None where it is new; ``other`` is the save of somebody
    who came first.
    """

    template = "topics/competency.html"
    framework: Competencies
    lines: Mapping[str, str]
    one: Competency | None
    form: CompetencyForm
    comments: bool
    other: Save | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPage(Page):
    """A dimension, a level or a tier in a form, as :class:`CompetencyPage`."""

    template = "topics/framework_part.html"
    kind: str
    part: Part
    form: PartForm
    comments: bool
    other: Save | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """The framework as it holds; ``last`` is the save that it is."""

    framework: Competencies
    lines: Mapping[str, str]
    comments: bool
    last: Save


@bp.get(NEW)
def new_competency() -> str:
    """Show an empty form."""
    current.actor().must(Permission.EDIT)
    return _page(None, "")


@bp.post(NEW)
def add_competency() -> Shown:
    """Add a competency."""
    return _save("")


@bp.get(ONE)
def competency(code: str) -> str:
    """Show the form of a competency."""
    current.actor().must(Permission.EDIT)
    return _page(None, code)


@bp.post(ONE)
def save_competency(code: str) -> Shown:
    """Change a competency."""
    return _save(code)


@bp.post(f"{ONE}/retire")
def retire_competency(code: str) -> Shown:
    """Make a competency one no more."""
    current.actor().must(Permission.EDIT)
    form = EditingForm(request.form)
    if not form.validate():
        return _page(None, code), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            editing, by, at = form.editing(), current.actor(), current.now()
            service.retire_competency(session, code, editing, by=by, at=at)
    except SavedMeanwhileError:
        return _page(None, code, conflict=True), HTTPStatus.CONFLICT
    return _done(N_("{code} 已停用，代码不会再用", code=code), "retired")


@bp.get(PART)
def framework_part(kind: str, code: str) -> str:
    """Show the form of a dimension, a level or a tier."""
    current.actor().must(Permission.EDIT)
    held = _held()
    return _part_page(kind, _part(held, kind, code), held, None)


@bp.post(PART)
def save_framework_part(kind: str, code: str) -> Shown:
    """Change a dimension, a level or a tier."""
    current.actor().must(Permission.EDIT)
    held = _held()
    part = _part(held, kind, code)
    form = part_form(held.framework, part, held.last.number)
    form.process(request.form)
    try:
        if form.validate():
            with current.writing() as session:
                editing, by, at = form.editing(), current.actor(), current.now()
                service.save_part(session, form.part(code), editing, by=by, at=at)
            return _done(N_("“{name}”已保存", name=form.name.data), kind)
    except FieldMistakesError as error:
        refuse(form, error.mistakes)
    except SavedMeanwhileError:
        again = _part_page(kind, part, _held(), form, conflict=True)
        return again, HTTPStatus.CONFLICT
    return _part_page(kind, part, held, form), HTTPStatus.UNPROCESSABLE_ENTITY


def _save(code: str) -> Shown:
    """Add a competency, or change the one with a code."""
    current.actor().must(Permission.EDIT)
    form = _form(request.form, _held())
    try:
        if form.validate():
            with current.writing() as session:
                command, editing = form.command(code), form.editing()
                by, at = current.actor(), current.now()
                service.save_competency(session, command, editing, by=by, at=at)
            return _done(N_("“{name}”已保存", name=command.name), code)
    except FieldMistakesError as error:
        refuse(form, error.mistakes)
    except SavedMeanwhileError:
        return _page(form, code, conflict=True), HTTPStatus.CONFLICT
    return _page(form, code), HTTPStatus.UNPROCESSABLE_ENTITY


def _done(words: str, anchor: str) -> Response:
    flash(words)
    return redirect(url_for(".competencies", _anchor=anchor or None))


def _held() -> _Held:
    """Give the framework as it holds.

    Raises:
        NotFoundError: nothing was imported yet.
    """
    with current.reading() as session:
        framework = queries.competencies(session)
        if framework is None:
            raise NotFoundError(N_("还没有登记能力项；请管理员先导入内容"))
        text = queries.text(session, TextName.COMPETENCIES)
        lines = {line.code: line.name for line in queries.topics(session).lines}
        last = queries.saves(session, TextName.COMPETENCIES)[0]
    comments = has_inner_comments(text)
    return _Held(framework=framework, lines=lines, comments=comments, last=last)


def _form(
    typed: MultiDict[str, str] | None, held: _Held, **shown: object
) -> CompetencyForm:
    form = CompetencyForm(typed, data=shown)
    form.offer(held.framework, held.lines)
    return form


def _shown(one: Competency | None) -> dict[str, object]:
    """Give what a form shows of a competency; nothing of a new one."""
    if one is None:
        return {}
    told: dict[str, object] = {"name": one.name, "about": one.about}
    return {**told, "lines": one.lines, "tiers": one.tiers}


def _page(form: CompetencyForm | None, code: str, *, conflict: bool = False) -> str:
    """Show a form beside the competency it would change; None shows that itself.

    Raises:
        NotFoundError: there is no such competency.
    """
    held = _held()
    found = held.framework.competency(code)
    if code and found is None:
        raise NotFoundError(N_("没有代码是“{code}”的能力项，可能已停用", code=code))
    form = form or _form(None, held, **_shown(found), based_on=held.last.number)
    if conflict:
        form.based_on.data = held.last.number  # what came between is shown
    return render(
        CompetencyPage(
            framework=held.framework,
            lines=held.lines,
            one=found,
            form=form,
            comments=held.comments,
            other=held.last if conflict else None,
        )
    )


def _part(held: _Held, kind: str, code: str) -> Part:
    """Find a dimension, a level or a tier.

    Raises:
        NotFoundError: there is none.
    """
    known: Mapping[str, tuple[Part, ...]] = {
        "dimensions": held.framework.dimensions,
        "levels": held.framework.levels,
        "tiers": held.framework.tiers,
    }
    found = next((part for part in known[kind] if part.code == code), None)
    if found is None:
        raise NotFoundError(N_("没有“{code}”这一项；请回能力项里选", code=code))
    return found


def _part_page(
    kind: str,
    part: Part,
    held: _Held,
    form: PartForm | None,
    *,
    conflict: bool = False,
) -> str:
    """Show a form beside what it would change; None shows that itself."""
    form = form or part_form(held.framework, part, held.last.number)
    if conflict:
        form.based_on.data = held.last.number
        part = _part(held, kind, part.code)
    return render(
        PartPage(
            kind=kind,
            part=part,
            form=form,
            comments=held.comments,
            other=held.last if conflict else None,
        )
    )
