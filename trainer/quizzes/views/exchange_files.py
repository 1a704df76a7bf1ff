"""Files of questions: the template to fill in, and banks to take away."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from flask import Response
from flask import request
from werkzeug.exceptions import NotFound

from trainer.audit.domain.exporting import Export
from trainer.core.wording import N_
from trainer.kit.files import SHEET_WRITERS
from trainer.kit.web import current
from trainer.kit.web.downloads import download
from trainer.quizzes.forms.exchange import ExportForm
from trainer.quizzes.forms.exchange import ImportForm
from trainer.quizzes.service import exchange as service
from trainer.quizzes.service.exchange_files import template as filled_in
from trainer.quizzes.service.exchange_files import write_file
from trainer.quizzes.views.exchange import show_home
from trainer.quizzes.views.exchange_blueprint import bp

TEMPLATE = N_("题目导入模板")
"""Name of the file, in Chinese."""


@bp.get("/template.<kind>")
def template(kind: str) -> Response:
    """Give a table to fill in, with an example of each type of question."""
    if kind not in SHEET_WRITERS:
        raise NotFound
    return download(filled_in(kind), f"{TEMPLATE}.{kind}")


@bp.post("/export")
def export() -> Response | tuple[str, HTTPStatus]:
    """Take a bank away; the audit keeps it."""
    form, by = ExportForm(request.form), current.actor()
    if not form.validate():
        return (
            show_home(ImportForm(), N_("请选择要导出的题库和文件")),
            HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    kind = form.kind.data or ""
    with current.reading() as session:
        bank, text, questions = service.to_export(
            session, form.revision.data or 0, by=by
        )
    content = write_file(kind, bank.header.title, text, questions)
    note = Export(
        what="questions",
        reason=service.REASON,
        asked=f"{bank.slug} {bank.id} {kind}",
        rows=len(questions),
        digest=hashlib.sha256(content).hexdigest(),
    )
    with current.writing() as session:
        service.record_export(session, note, by=by, at=current.now())
    return download(content, f"{bank.slug}-{current.today()}.{kind}")
