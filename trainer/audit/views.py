"""Pages of the audit, for the auditor only; nothing here changes an entry.

His own looks are kept like those of others. A look is written before the answer is
given; where it cannot be written, nothing is shown.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from dataclasses import replace
from http import HTTPStatus
from typing import cast

from flask import Blueprint
from flask import current_app
from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.audit import queries
from trainer.audit import service
from trainer.audit.domain import table
from trainer.audit.domain.entry import Entry
from trainer.audit.domain.exporting import Export
from trainer.audit.domain.listing import EVERYTHING
from trainer.audit.domain.listing import MOST_EXPORTED
from trainer.audit.domain.listing import MOST_PEOPLE
from trainer.audit.domain.listing import Line
from trainer.audit.domain.listing import Listed
from trainer.audit.domain.listing import Wanted
from trainer.audit.domain.listing import line_of
from trainer.audit.domain.listing import people_in
from trainer.audit.domain.verbs import VIEWED
from trainer.audit.forms import EntriesExportForm
from trainer.audit.forms import WantedForm
from trainer.core.actor import Permission
from trainer.core.wording import N_
from trainer.kit.files import SHEET_WRITERS
from trainer.kit.forms import filled
from trainer.kit.web import current
from trainer.kit.web.downloads import download
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render

bp = Blueprint("audit", __name__, url_prefix="/audit")


@dataclass(frozen=True, slots=True)
class EntriesPage(Page):
    """The newest of the entries that are wanted; ``thing`` is the one object meant."""

    template = "audit/entries.html"
    form: WantedForm
    export: EntriesExportForm
    lines: tuple[Line, ...]
    older: int | None
    thing: str
    most_exported: int = MOST_EXPORTED


@dataclass(frozen=True, slots=True)
class EntryPage(Page):
    """One entry with everything that is kept of it."""

    template = "audit/entry.html"
    shown: queries.Shown
    line: Line


@bp.before_request
def _auditors_only() -> None:
    """Ask before anything else, so that a new page cannot forget to."""
    current.actor().must(Permission.AUDIT)


@bp.get("/")
def entries() -> str:
    """List the entries that are wanted, newest first."""
    form = WantedForm(request.args)
    form.validate()
    return render(_entries(form, EntriesExportForm(request.args)))


@bp.get("/<int:number>")
def entry(number: int) -> str:
    """Show one entry."""
    by = current.actor()
    with current.reading() as session:
        shown = queries.entry(session, number, reader=by)
        people = people_in((shown.sealed,))
        names = _directory().names(session, people, by)
        look, seen = _look(session, Wanted())
    _keep(look, seen=seen)
    return render(EntryPage(shown, line_of(shown.sealed, names)))


@bp.post("/export")
def export() -> Response | tuple[str, HTTPStatus]:
    """Give the entries that are wanted as a table, once the reason is kept."""
    form, by, at = EntriesExportForm(request.form), current.actor(), current.now()
    if not form.validate():
        return render(_entries(form, form)), HTTPStatus.UNPROCESSABLE_ENTITY
    with current.reading() as session:
        wanted = replace(_wanted(session, form), before=None)
        listed = queries.listed(session, wanted, reader=by, limit=MOST_EXPORTED)
        people = people_in(listed.entries) | {by.person}
        names = _directory().names(session, people, by)
    if form.who.errors:
        return render(_entries(form, form)), HTTPStatus.UNPROCESSABLE_ENTITY
    mark = table.watermark(names[by.person], at, form.reason, listed)
    rows = [table.row_of(sealed, names) for sealed in listed.entries]
    data = SHEET_WRITERS[filled(form.ending)](
        table.TITLE, table.COLUMNS, rows, watermark=mark
    )
    with current.writing() as session:
        service.exported(session, _note(form, wanted, listed, data), by=by, at=at)
    return download(data, f"audit-{at:%Y%m%d-%H%M%S}.{form.ending.data}")


def _entries(form: WantedForm, export: EntriesExportForm) -> EntriesPage:
    by = current.actor()
    with current.reading() as session:
        wanted = _wanted(session, form)
        listed = queries.listed(session, wanted, reader=by)
        names = _directory().names(session, people_in(listed.entries), by)
        look, seen = _look(session, wanted)
    _keep(look, seen=seen)
    lines = tuple(line_of(sealed, names) for sealed in listed.entries)
    return EntriesPage(form, export, lines, listed.older, wanted.object)


def _wanted(session: Session, form: WantedForm) -> Wanted:
    """Read the form; the words that name somebody are looked up now."""
    if not form.person:
        return form.wanted(None)
    found = _directory().found(session, form.person, current.actor())
    if not found:
        form.who.errors = [N_("没有工号或姓名含这些字的人")]
    if len(found) > MOST_PEOPLE:
        form.who.errors = [N_("符合的人太多，请写完整的工号或姓名")]
        found = frozenset()
    return form.wanted(found)


def _look(session: Session, wanted: Wanted) -> tuple[Entry, bool]:
    """Give the look at what is wanted, and whether it is kept already."""
    people = wanted.people or frozenset()
    thing = f"person/{min(people)}" if len(people) == 1 else f"audit/{EVERYTHING}"
    look = Entry(person=current.actor().person, verb=VIEWED, object=thing)
    return look, queries.has_looked(session, look, at=current.now())


def _keep(look: Entry, *, seen: bool) -> None:
    if not seen:
        with current.writing() as session:
            service.looked(session, look, at=current.now())


def _note(
    form: EntriesExportForm, wanted: Wanted, listed: Listed, data: bytes
) -> Export:
    return Export(
        what=table.WHAT,
        reason=form.reason,
        asked=wanted.told(),
        rows=len(listed.entries),
        digest=hashlib.sha256(data).hexdigest(),
    )


def _directory() -> queries.Directory:
    """Give who knows people on this site."""
    return cast("queries.Directory", current_app.extensions["directory"])
