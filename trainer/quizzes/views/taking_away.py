"""Handing out tables of results and analyses, once it is noted why."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from werkzeug.wrappers import Response

from trainer.audit.domain.exporting import Export
from trainer.kit.files import SHEET_WRITERS
from trainer.kit.files import write_workbook
from trainer.kit.web import current
from trainer.kit.web.downloads import download
from trainer.quizzes.domain.analysis.table import Table
from trainer.quizzes.domain.exporting import file_name
from trainer.quizzes.domain.exporting import watermark
from trainer.quizzes.forms.grading import TableExportForm
from trainer.quizzes.service import overseeing


def handed_out(
    form: TableExportForm, tables: Sequence[Table], *, what: str, asked: str, title: str
) -> Response:
    """Give tables as one file: all of them, or the one chosen for CSV.

    ``form`` is valid; ``what`` and ``asked`` are codes for the audit, ``title`` is
    that of the quiz.
    """
    by, at, ending = current.actor(), current.now(), form.ending.data or "xlsx"
    chosen = tables if ending == "xlsx" else [tables[int(form.sheet.data or 0)]]
    content = _written(chosen, ending, watermark(by, at, form.reason))
    note = Export(
        what=what,
        reason=form.reason,
        asked=asked,
        rows=sum(len(table.rows) for table in chosen),
        digest=hashlib.sha256(content).hexdigest(),
    )
    with current.writing() as session:
        overseeing.note_export(session, note, by=by, at=at)
    name = file_name(title, what)
    return download(content, f"{name}-{current.today()}.{ending}")


def _written(tables: Sequence[Table], ending: str, mark: str) -> bytes:
    if ending == "xlsx":
        return write_workbook(tables, watermark=mark)
    (table,) = tables
    write = SHEET_WRITERS[ending]
    return write(table.title, table.columns, table.rows, watermark=mark)
