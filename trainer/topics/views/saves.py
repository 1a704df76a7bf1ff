"""The saves of a text: who, when, why; an earlier one can be seen and brought back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response
from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response as Answer

from trainer.core.errors import MistakesError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web import downloads
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.topics import queries
from trainer.topics import service
from trainer.topics.domain.comparing import Hunk
from trainer.topics.domain.saves import TEXT_NAMES
from trainer.topics.domain.saves import Save
from trainer.topics.domain.saves import SavedMeanwhileError
from trainer.topics.domain.saves import TextName
from trainer.topics.forms import EditingForm
from trainer.topics.views.blueprint import bp
from trainer.topics.views.blueprint import text_name


@dataclass(frozen=True, slots=True)
class SavesPage(Page):
    """Every save of a text, newest first."""

    template = "topics/saves.html"
    name: TextName
    title: str
    saves: Sequence[Save]


@dataclass(frozen=True, slots=True)
class SavedPage(Page):
    """One save: what has changed since, the text, and the way back to it."""

    template = "topics/saved.html"
    name: TextName
    title: str
    save: Save
    last: int
    text: str
    hunks: tuple[Hunk, ...]
    form: EditingForm
    refusal: str


@bp.get("/texts/<name>/saves")
def saves(name: str) -> str:
    """List the saves of a text."""
    text = text_name(name)
    with current.reading() as session:
        return render(SavesPage(text, TEXT_NAMES[text], queries.saves(session, text)))


@bp.get("/texts/<name>/saves/<int:number>")
def saved(name: str, number: int) -> str:
    """Show an earlier save beside the present."""
    return render(_page(text_name(name), number, None, ""))


@bp.post("/texts/<name>/saves/<int:number>")
def bring_back(name: str, number: int) -> Answer | tuple[str, HTTPStatus]:
    """Make an earlier save the text again."""
    text, form = text_name(name), EditingForm(request.form)
    if not form.validate():
        page = _page(text, number, form, "")
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    command = form.bring_back(text, number)
    try:
        with current.writing() as session:
            by, at = current.actor(), current.now()
            last = service.bring_back(session, command, by=by, at=at)
    except SavedMeanwhileError as error:
        return render(_page(text, number, form, error.message)), HTTPStatus.CONFLICT
    except MistakesError as error:
        words = N_(
            "那时的文字不合现在的规则，不能直接恢复。{message}", message=error.message
        )
        page = _page(text, number, form, words)
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(N_("已恢复，这是第 {last} 次保存", last=last))
    return redirect(url_for(".saves", name=text))


@bp.get("/texts/<name>/saves/<int:number>/file")
def download(name: str, number: int) -> Response:
    """Send the text of a save as the file it came from."""
    text = text_name(name)
    with current.reading() as session:
        found = queries.saved_text(session, text, number)
    if found is None:
        raise NotFoundError(N_("没有这一次保存；请回到保存记录里选"))
    return downloads.download(found, f"{text}.yaml")


def _page(
    name: TextName, number: int, form: EditingForm | None, refusal: str
) -> SavedPage:
    with current.reading() as session:
        every = queries.saves(session, name)
        text = queries.saved_text(session, name, number)
        present = queries.text(session, name)
    if text is None:
        raise NotFoundError(N_("没有这一次保存；请回到保存记录里选"))
    save = next(save for save in every if save.number == number)
    last = every[0].number
    form = form or EditingForm()
    form.based_on.data = last  # what the page shows is what the person decides on
    hunks = queries.difference(name, text, present)
    return SavedPage(name, TEXT_NAMES[name], save, last, text, hunks, form, refusal)
