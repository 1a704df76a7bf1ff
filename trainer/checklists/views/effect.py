"""What showing items does: for who writes them and who supervises."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import request
from werkzeug.wrappers import Response

from trainer.audit.domain.exporting import Export
from trainer.checklists import service
from trainer.checklists.domain import effect as figures
from trainer.checklists.domain.effect import HINT_NAMES
from trainer.checklists.domain.effect import Hint
from trainer.checklists.domain.effect import ItemEffect
from trainer.checklists.forms.effect import WantedForm
from trainer.checklists.queries.effect import effects
from trainer.checklists.views.tips_blueprint import bp
from trainer.core.clock import CENTRE
from trainer.core.paging import SIZE
from trainer.core.paging import Part
from trainer.core.paging import offset
from trainer.core.paging import part_number
from trainer.kit.files import SHEET_WRITERS
from trainer.kit.forms import filled
from trainer.kit.forms.exporting import ExportForm
from trainer.kit.web import current
from trainer.kit.web.downloads import download
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.topics import queries as topics


@dataclass(frozen=True, slots=True)
class EffectPage(Page):
    """Each item with how often it was shown, and what became of it."""

    template = "checklists/effect.html"
    form: WantedForm
    export: ExportForm
    part: Part[ItemEffect]
    hints: Mapping[Hint, str]
    firm: int = figures.FIRM


@bp.get("/effect")
def effect() -> str:
    """Show what showing items does."""
    return _page(ExportForm())


@bp.post("/effect/export")
def export_effect() -> Response | tuple[str, HTTPStatus]:
    """Give the figures as a table, with a reason that is kept."""
    form, by, at = ExportForm(request.form), current.actor(), current.now()
    wanted, found = _found()
    if not form.validate():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    ending, rows = filled(form.ending), [*figures.rows_of(found)]
    moment = at.astimezone(CENTRE)
    content = SHEET_WRITERS[ending](
        figures.FILE_NAME,
        figures.COLUMNS,
        rows,
        watermark=figures.watermark(by.name, moment, form.reason),
    )
    note = Export(
        what=figures.EFFECT,
        reason=form.reason,
        asked=wanted.wanted().told(),
        rows=len(rows),
        digest=hashlib.sha256(content).hexdigest(),
    )
    with current.writing() as session:
        service.note_export(session, note, by=by, at=at)
    return download(content, f"{figures.FILE_NAME}-{current.today()}.{ending}")


def _page(export: ExportForm) -> str:
    form, found = _found()
    number = part_number(request.args.get("part", ""))
    shown = tuple(found[offset(number) : offset(number) + SIZE])
    part = Part(shown, number, len(found))
    return render(EffectPage(form, export, part, HINT_NAMES))


def _found() -> tuple[WantedForm, list[ItemEffect]]:
    """Find the figures that the address asks for."""
    form, today = WantedForm(request.args), current.today()
    with current.reading() as session:
        lines = topics.topics(session).lines
        form.offer({line.code: line.name for line in lines}, today)
        form.validate()
        found = effects(session, form.wanted(), today, reader=current.actor())
    return form, found
