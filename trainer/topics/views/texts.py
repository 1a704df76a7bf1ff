"""Editing a whole text: for those who like it, and for a file from elsewhere.

What is wrong is shown with its line, what would change before it is saved.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.document import MOST_BYTES
from trainer.core.document import Mistake
from trainer.core.document import decode
from trainer.core.errors import MistakesError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.topics import queries
from trainer.topics import service
from trainer.topics.domain.comparing import Hunk
from trainer.topics.domain.saves import TEXT_NAMES
from trainer.topics.domain.saves import UPLOADED
from trainer.topics.domain.saves import CodesDroppedError
from trainer.topics.domain.saves import Save
from trainer.topics.domain.saves import SavedMeanwhileError
from trainer.topics.domain.saves import TextName
from trainer.topics.forms import TextForm
from trainer.topics.views.blueprint import bp
from trainer.topics.views.blueprint import text_name

Shown = str | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class TextPage(Page):
    """A text in a form.

    ``hunks`` is how it differs from what holds, None when that was not asked;
    ``other`` is the save of somebody who came first.
    """

    template = "topics/text.html"
    name: TextName
    title: str
    form: TextForm
    last: int
    mistakes: tuple[tuple[Mistake, str], ...] = ()
    hunks: tuple[Hunk, ...] | None = None
    dropped: tuple[str, ...] = ()
    other: Save | None = None


@bp.get("/texts/<name>")
def text(name: str) -> str:
    """Show the text as it holds, to change it."""
    current.actor().must(Permission.EDIT)
    found = text_name(name)
    with current.reading() as session:
        last = queries.last_save(session, found)
        form = TextForm(text=queries.text(session, found), based_on=last)
    return render(TextPage(found, TEXT_NAMES[found], form, last))


@bp.post("/texts/<name>")
def save_text(name: str) -> Response | Shown:
    """Save the text, or show what saving it would change."""
    current.actor().must(Permission.EDIT)
    found, form = text_name(name), TextForm(request.form)
    if "preview" in request.form:
        return _preview(found, form)
    if not form.validate():
        return _preview(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            by, at = current.actor(), current.now()
            last = service.save_text(session, form.command(found), by=by, at=at)
    except SavedMeanwhileError:
        return _preview(found, form, conflict=True), HTTPStatus.CONFLICT
    except (MistakesError, CodesDroppedError):
        return _preview(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(N_("{text}已保存，这是第 {last} 次保存", text=TEXT_NAMES[found], last=last))
    return redirect(url_for(".saves", name=found))


@bp.post("/texts/<name>/upload")
def upload(name: str) -> Shown:
    """Show what a file would change; nothing is saved before that is confirmed."""
    current.actor().must(Permission.EDIT)
    found, read = text_name(name), _uploaded()
    with current.reading() as session:
        last = queries.last_save(session, found)
        present = queries.text(session, found)
    if isinstance(read, Mistake):
        form = TextForm(text=present, based_on=last)
        form.text.errors = [str(read)]
        page = TextPage(found, TEXT_NAMES[found], form, last)
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    return _preview(found, TextForm(text=read, based_on=last, why=UPLOADED))


def _uploaded() -> str | Mistake:
    """Read the file that was sent as text."""
    file = request.files.get("file")
    if not file:
        return Mistake(0, N_("请先选择文件，再点上传"))
    with closing(file):
        return decode(file.stream.read(MOST_BYTES + 1))


def _preview(name: TextName, form: TextForm, *, conflict: bool = False) -> str:
    """Show a text that is not saved: its mistakes, and what it would change."""
    written = form.text.data or ""
    lines = ["", *written.splitlines()]
    with current.reading() as session:
        saves = queries.saves(session, name)
        present = queries.text(session, name)
        mistakes = service.mistakes_in(name, written)
        dropped = service.codes_dropped(session, name, written) if not mistakes else []
    last = saves[0].number if saves else 0
    if conflict:
        form.based_on.data = last  # the differences are shown; saving again is meant
    page = TextPage(
        name,
        TEXT_NAMES[name],
        form,
        last,
        tuple((m, "".join(lines[m.line : m.line + 1])) for m in mistakes),
        None if mistakes else queries.difference(name, present, written),
        tuple(dropped),
        saves[0] if conflict else None,
    )
    return render(page)
