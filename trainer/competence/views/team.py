"""The board of a team: figures, proposals, who lapsed, who is due."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import request
from werkzeug.wrappers import Response

from trainer.audit.domain.exporting import Export
from trainer.competence import queries
from trainer.competence import service
from trainer.competence.domain.boards import BOARD
from trainer.competence.domain.boards import FILE_NAME
from trainer.competence.domain.boards import heat
from trainer.competence.domain.boards import sheet
from trainer.competence.domain.boards import watermark
from trainer.competence.forms import TeamForm
from trainer.competence.queries import Board
from trainer.competence.views.blueprint import bp
from trainer.kit.files import SHEET_WRITERS
from trainer.kit.forms.exporting import ExportForm
from trainer.kit.web import current
from trainer.kit.web.downloads import download
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render

COLOURS = {figure: f"heat{heat(figure)}" for figure in range(101)}


@dataclass(frozen=True, slots=True)
class TeamPage(Page):
    """Who can do what; ``colours`` are classes of the style sheet by figure."""

    template = "competence/team.html"
    board: Board
    form: TeamForm
    export: ExportForm
    colours: Mapping[int, str]


@bp.get("/team")
def team() -> str:
    """Show the board of those one looks after."""
    return _page(ExportForm())


@bp.post("/team/export")
def export_team() -> Response | tuple[str, HTTPStatus]:
    """Give the board as a table, with a reason that is kept."""
    form, by, at = ExportForm(request.form), current.actor(), current.now()
    if not form.validate():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    wanted = TeamForm(request.args).wanted()
    with current.reading() as session:
        found = queries.board(session, wanted, current.today(), reader=by)
    ending = form.ending.data or "xlsx"
    content = _written(found, ending, watermark(by, at, form.reason))
    note = Export(
        what=BOARD,
        reason=form.reason,
        asked=wanted.told(),
        rows=len(found.rows),
        digest=hashlib.sha256(content).hexdigest(),
    )
    with current.writing() as session:
        service.note_export(session, note, by=by, at=at)
    return download(content, f"{FILE_NAME}-{current.today()}.{ending}")


def _page(export: ExportForm) -> str:
    form = TeamForm(request.args)
    with current.reading() as session:
        wanted = form.wanted()
        reader = current.actor()
        found = queries.board(session, wanted, current.today(), reader=reader)
    form.offer(found.sites, found.banks, found.lines, found.dimensions)
    return render(TeamPage(found, form, export, COLOURS))


def _written(found: Board, ending: str, mark: str) -> bytes:
    table = sheet(
        found.columns,
        (
            ((p.login, p.name, p.bank_name, p.site_name, p.seat), row.figures)
            for row in found.rows
            for p in (row.person,)
        ),
    )
    write = SHEET_WRITERS[ending]
    return write(table.title, table.columns, table.rows, watermark=mark)
