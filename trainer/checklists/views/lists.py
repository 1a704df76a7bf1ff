"""One list: as it holds on a day or as somebody writes it, and its sheet of A4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import request

from trainer.checklists import queries
from trainer.checklists import service
from trainer.checklists.domain import CHECKLIST
from trainer.checklists.domain.names import HINT
from trainer.checklists.domain.names import KIND_NAME
from trainer.checklists.domain.names import NAMES
from trainer.checklists.domain.names import Names
from trainer.checklists.domain.sheets import ListSheet
from trainer.checklists.views.blueprint import bp
from trainer.core.actor import Permission
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.publishing.queries import TextKind
from trainer.publishing.queries import TextKinds
from trainer.publishing.queries.codes import Codes
from trainer.publishing.queries.codes import codes

KINDS: TextKinds = {
    CHECKLIST: TextKind(
        code=CHECKLIST,
        name=KIND_NAME,
        prepare=service.prepare,
        home="checklists.checklist",
        begin="checklists.begin",
        hint=HINT,
        is_read=True,
        by_section=True,
    )
}
"""What the desk is told of checklists."""


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """A list by step; its author changes items from here."""

    template = "checklists/list.html"
    sheet: ListSheet
    codes: Codes
    on: date
    may_edit: bool
    names: Names = NAMES


@dataclass(frozen=True, slots=True)
class PrintPage(Page):
    """A list on paper."""

    template = "checklists/sheet.html"
    sheet: ListSheet
    codes: Codes
    on: date
    today: date
    names: Names = NAMES


@bp.get("/<slug>")
def checklist(slug: str) -> str:
    """Show a list as it holds on the business date, or another text of it."""
    sheet, known, on = _sheet(slug)
    may_edit = current.actor().may(Permission.EDIT)
    return render(ListPage(sheet, known, on, may_edit))


@bp.get("/<slug>/print")
def print_checklist(slug: str) -> str:
    """Show a list without the frame of the site, ready to print."""
    sheet, known, on = _sheet(slug)
    return render(PrintPage(sheet, known, on, current.today()))


def _sheet(slug: str) -> tuple[ListSheet, Codes, date]:
    on, key = current.business_date(), request.args.get("revision", type=int)
    with current.reading() as session:
        found = queries.list_on(session, slug, key, on, reader=current.actor())
        return found, codes(session), on
