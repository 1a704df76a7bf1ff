"""Files of rosters: taken away, as a template, as a sheet of first passwords."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from flask import Response
from flask import request
from werkzeug.exceptions import NotFound

from trainer.audit.domain.exporting import Export
from trainer.core import clock
from trainer.kit.files import SHEET_WRITERS
from trainer.kit.files.guide_sheet import with_guide
from trainer.kit.web import current
from trainer.kit.web.downloads import download
from trainer.people.domain.roster.exporting import FIRST_COLUMNS
from trainer.people.domain.roster.exporting import FIRST_PASSWORDS
from trainer.people.domain.roster.exporting import GUIDE
from trainer.people.domain.roster.exporting import GUIDE_TITLE
from trainer.people.domain.roster.exporting import TEMPLATE_TITLE
from trainer.people.domain.roster.exporting import TITLE
from trainer.people.domain.roster.exporting import Exported
from trainer.people.domain.roster.exporting import template as empty_roster
from trainer.people.domain.roster.exporting import watermark
from trainer.people.forms import roster as forms
from trainer.people.queries import roster as queries
from trainer.people.service import roster as service
from trainer.people.views.roster import home_again
from trainer.people.views.roster import roster


@roster.post("/export")
def export() -> Response | tuple[str, HTTPStatus]:
    """Take the roster away, with a reason that is kept."""
    form = forms.ExportForm(request.form)
    if not form.validate():
        return home_again(form), HTTPStatus.UNPROCESSABLE_ENTITY
    by, at, kind = current.actor(), current.now(), form.form.data
    with current.reading() as session:
        taken = queries.roster(session, clock.day_of(at), reader=by)
    content = _written(taken, kind, _watermark())
    note = Export(
        what="roster",
        reason=form.reason.data or "",
        asked=kind,
        rows=len(taken.rows),
        digest=hashlib.sha256(content).hexdigest(),
    )
    with current.writing() as session:
        service.record_export(session, note, by=by, at=at)
    return _named(content, kind, TITLE)


@roster.get("/template.<kind>")
def template(kind: str) -> Response:
    """Give an empty roster with a row that shows how to fill it in."""
    if kind not in SHEET_WRITERS:
        raise NotFound
    content = _written(empty_roster(), kind, "")
    if kind == "xlsx":
        content = with_guide(content, GUIDE_TITLE, GUIDE)
    return _named(content, kind, TEMPLATE_TITLE)


@roster.post("/passwords")
def passwords() -> Response:
    """Give the first passwords that the page holds as a sheet; nothing is kept."""
    lines = forms.secrets_of(request.form.to_dict(flat=False))
    told = Exported(columns=FIRST_COLUMNS, rows=tuple(map(tuple, lines)))
    return _named(_written(told, "xlsx", _watermark()), "xlsx", FIRST_PASSWORDS)


def _written(taken: Exported, kind: str, watermark: str) -> bytes:
    return SHEET_WRITERS[kind](TITLE, taken.columns, taken.rows, watermark=watermark)


def _watermark() -> str:
    return watermark(current.actor(), current.now())


def _named(content: bytes, kind: str, title: str) -> Response:
    return download(content, f"{title}-{current.today()}.{kind}")
