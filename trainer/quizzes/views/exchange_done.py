"""An import that is confirmed: made a draft, shown, taken back, brought back."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.errors import ConflictError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.revision import Revision
from trainer.quizzes.domain.exchange.packing import unpacked
from trainer.quizzes.forms.exchange import ConfirmForm
from trainer.quizzes.forms.exchange import ImportForm
from trainer.quizzes.queries import exchange as queries
from trainer.quizzes.queries.exchange import Came
from trainer.quizzes.service import exchange as service
from trainer.quizzes.views.exchange import offer
from trainer.quizzes.views.exchange import previewed
from trainer.quizzes.views.exchange import show_home
from trainer.quizzes.views.exchange import show_preview
from trainer.quizzes.views.exchange import target_for
from trainer.quizzes.views.exchange_blueprint import bp

Answer = Response | str | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class DonePage(Page):
    """The draft of an import, and what came in."""

    template = "quizzes/exchange_done.html"
    revision: Revision
    came: Came
    is_open: bool
    is_discarded: bool


@bp.post("/confirm")
def confirm() -> Answer:
    """Make one draft of what was shown; all of it, or nothing."""
    current.actor().must(Permission.EDIT)
    form = ConfirmForm(request.form)
    with current.reading() as session:
        offer(session, form)
    if not form.validate():
        return _again(form, ""), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        draft = _made(form)
    except service.AlreadyImportedError as error:
        flash(error.message)
        return redirect(url_for(".done", key=error.draft))
    except TrainerError as error:
        return _again(form, error.message), HTTPStatus(STATUS[error.kind])
    flash(N_("已导入，做成一份稿件；送审批准后生效"))
    return redirect(url_for(".done", key=draft.id))


def _made(form: ConfirmForm) -> Revision:
    """Make the draft.

    Raises:
        TrainerError: it was not made; the sentence says why.
    """
    wrong = _wrong()
    if wrong and "without_wrong" not in request.form:
        raise ConflictError(
            Nn_("还有 {n} 题要改；要是不导入它们，请在下面打勾再确认", n=wrong)
        )
    by, target = current.actor(), target_for(form)
    command = service.Confirmed(
        target=target,
        seal=request.form.get("seal", ""),
        read=unpacked(_packed(), request.form.getlist("out")),
        note=form.why(),
    )
    with current.reading() as session:
        ready = service.made(session, command, by=by)
    with current.writing() as session:
        return service.keep(session, command, ready, by=by, at=current.now())


def _again(form: ConfirmForm, refusal: str) -> str:
    """Make the preview anew, of the bank as it is now."""
    again = ImportForm(data=form.data)
    with current.reading() as session:
        offer(session, again)
    try:
        told = previewed(unpacked(_packed()), target_for(form))
    except TrainerError as error:
        return show_home(again, refusal or error.message)
    out = request.form.getlist("out")
    return show_preview(told, again, form, _wrong(), out=out, refusal=refusal)


def _packed() -> str:
    return request.form.get("packed", "")


def _wrong() -> int:
    """Give how many questions of the preview had faults; nonsense is none."""
    return max(0, request.form.get("wrong", 0, type=int))


@bp.get("/done/<int:key>")
def done(key: int) -> str:
    """Show the draft of an import."""
    by = current.actor()
    by.must(Permission.EDIT)
    with current.reading() as session:
        found = service.imported(session, key, by=by)
        came = queries.came_in(session, found, reader=by)
    is_discarded = found.status is Status.DISCARDED
    return render(DonePage(found, came, found.status in OPEN, is_discarded))


@bp.post("/done/<int:key>/undo")
def undo(key: int) -> Response:
    """Take an import back."""
    with current.writing() as session:
        service.undo(session, key, by=current.actor(), at=current.now())
    flash(N_("已撤销这次导入；题库还是原来的样子"))
    return redirect(url_for(".done", key=key))


@bp.post("/done/<int:key>/redo")
def redo(key: int) -> Response:
    """Bring an import back that was taken back."""
    with current.writing() as session:
        service.redo(session, key, by=current.actor(), at=current.now())
    flash(N_("已恢复这次导入的稿件"))
    return redirect(url_for(".done", key=key))
