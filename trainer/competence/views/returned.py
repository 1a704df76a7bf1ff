"""A table of returned files: uploaded, looked at, confirmed, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.competence import queries
from trainer.competence import service
from trainer.competence.domain.returning import COLUMNS
from trainer.competence.forms import ConfirmForm
from trainer.competence.forms import TableForm
from trainer.competence.forms import TakeBackForm
from trainer.competence.service import Preview
from trainer.competence.views.blueprint import bp
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.downloads import download
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash

Answer = Response | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class ReturnedPage(Page):
    """Where an import begins; with ``preview`` what it would bring."""

    template = "competence/returned.html"
    form: TableForm
    columns: Sequence[str]
    preview: Preview | None
    refusal: str


@dataclass(frozen=True, slots=True)
class DonePage(Page):
    """What one file brought, and taking it back; ``left`` still counts."""

    template = "competence/returned_done.html"
    batch: str
    total: int
    left: int
    form: TakeBackForm


@bp.get("/returned")
def returned() -> str:
    """Show where to begin."""
    queries.must_look_after(current.actor())
    return _home()


@bp.get("/returned/template.csv")
def returned_template() -> Response:
    """Give an empty table."""
    queries.must_look_after(current.actor())
    return download(service.template(), "returned.csv")


@bp.post("/returned")
def look_at_returned() -> Answer:
    """Show what a table would bring; nothing is kept."""
    by, sent = current.actor(), request.files.get("file")
    queries.must_look_after(by)
    if sent is None or not sent.filename:
        words = N_("请先选一个文件")
        return _home(refusal=words), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.reading() as session:
            preview = service.look(session, sent.read(), current.today(), by=by)
    except TrainerError as error:
        return _home(refusal=error.message), HTTPStatus(STATUS[error.kind])
    status = HTTPStatus.UNPROCESSABLE_ENTITY if preview.faults else HTTPStatus.OK
    return _home(preview), status


@bp.post("/returned/confirm")
def confirm_returned() -> Answer:
    """Take in a table that was looked at."""
    by, form = current.actor(), ConfirmForm(request.form)
    queries.must_look_after(by)
    if not form.validate():
        words = N_("请重新上传")
        return _home(refusal=words), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            text = form.text.data or ""
            batch = service.take_in(session, text, by=by, at=current.now())
    except (DeniedError, NotFoundError):
        raise
    except TrainerError as error:
        return _home(refusal=error.message), HTTPStatus(STATUS[error.kind])
    flash(N_("已导入，本人会看到"))
    return redirect(url_for(".returned_done", batch=batch))


@bp.get("/returned/<batch>")
def returned_done(batch: str) -> str:
    """Show what one file brought."""
    return render(_done(batch, TakeBackForm()))


@bp.post("/returned/<batch>/back")
def take_back_returned(batch: str) -> Answer:
    """Take back what one file brought."""
    by, form = current.actor(), TakeBackForm(request.form)
    page = _done(batch, form)
    if not form.validate():
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    reason, at = form.reason.data or "", current.now()
    with current.writing() as session:
        count = service.take_back_batch(session, batch, reason, by=by, at=at)
    flash(N_("已撤销 {n} 件", n=count))
    return redirect(url_for(".returned_done", batch=batch))


def _home(preview: Preview | None = None, refusal: str = "") -> str:
    return render(ReturnedPage(TableForm(), COLUMNS, preview, refusal))


def _done(batch: str, form: TakeBackForm) -> DonePage:
    with current.reading() as session:
        found = queries.batch(session, batch, reader=current.actor())
    if not found:
        raise NotFoundError(N_("没有这次导入，或者不是您导入的"))
    left = sum(1 for row in found if row.taken_back_at is None)
    return DonePage(batch, len(found), left, form)
