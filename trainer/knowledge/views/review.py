"""Deciding on a text: what changes, what hangs on it, approve or send back."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.knowledge import queries
from trainer.knowledge.domain.comparison import VIEW_NAMES
from trainer.knowledge.domain.comparison import View
from trainer.knowledge.domain.desk import ReviewSheet
from trainer.knowledge.domain.names import NAMES
from trainer.knowledge.domain.names import Names
from trainer.knowledge.forms import ApprovalForm
from trainer.knowledge.forms import CompareForm
from trainer.knowledge.forms import approval_form
from trainer.knowledge.views.blueprint import desk as bp
from trainer.knowledge.views.diff import view_of
from trainer.publishing import service as publishing
from trainer.publishing.domain.lifecycle import Status


@dataclass(frozen=True, slots=True)
class ReviewPage(Page):
    """A text with everything that bears on it; ``may_decide`` shows the buttons."""

    template = "knowledge/review.html"
    sheet: ReviewSheet
    form: ApprovalForm
    refusal: str
    may_decide: bool
    may_edit: bool
    view: View
    view_names: Mapping[View, str]
    names: Names = NAMES


@bp.get("/<int:key>/review")
def review(key: int) -> str:
    """Show a text to whoever decides on it, and to whoever wrote it."""
    sheet = _sheet(key)
    form = _form_of(sheet)(data={"content_hash": sheet.revision.content_hash})
    return _page(sheet, form)


@bp.post("/<int:key>/approve")
def approve(key: int) -> Response | tuple[str, HTTPStatus]:
    """Put a text in force."""
    form = _form_of(_sheet(key))(request.form)

    def write(session: Session) -> None:
        publishing.approve(
            session, key, form.command(), by=current.actor(), at=current.now()
        )

    return _decided(key, form, write, N_("已批准，到施行日自动生效"))


@bp.post("/<int:key>/send-back")
def send_back(key: int) -> Response | tuple[str, HTTPStatus]:
    """Give a text back to its author."""
    form = _form_of(_sheet(key))(request.form)

    def write(session: Session) -> None:
        publishing.send_back(
            session, key, form.back.data or "", by=current.actor(), at=current.now()
        )

    return _decided(key, form, write, N_("已退回作者修改"))


def _decided(
    key: int, form: ApprovalForm, write: Callable[[Session], None], done: str
) -> Response | tuple[str, HTTPStatus]:
    """Do it, or show the text as it is now with what stands against it."""
    refusal, status = "", HTTPStatus.UNPROCESSABLE_ENTITY
    if form.validate():
        try:
            with current.writing() as session:
                write(session)
        except TrainerError as error:
            refusal, status = error.message, STATUS[error.kind]
        else:
            flash(current.once_findable(done))
            return redirect(url_for(".drafts"))
    sheet = _sheet(key)
    form.content_hash.data = sheet.revision.content_hash  # what is shown from now on
    return _page(sheet, form, refusal), status


def _sheet(key: int) -> ReviewSheet:
    with current.reading() as session:
        return queries.review_sheet(
            session, key, current.today(), reader=current.actor()
        )


def _form_of(sheet: ReviewSheet) -> type[ApprovalForm]:
    return approval_form(sheet.classified, sheet.revision.header.change_kind)


def _page(sheet: ReviewSheet, form: ApprovalForm, refusal: str = "") -> str:
    actor = current.actor()
    in_review = sheet.revision.status is Status.IN_REVIEW
    return render(
        ReviewPage(
            sheet,
            form,
            refusal,
            may_decide=in_review and actor.may(Permission.APPROVE),
            may_edit=actor.may(Permission.EDIT),
            view=view_of(CompareForm(request.args)),
            view_names=VIEW_NAMES,
        )
    )
