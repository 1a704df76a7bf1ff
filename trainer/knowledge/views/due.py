"""What must be looked at again (待复核), and saying that it is still true."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import current_app
from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.paging import Part
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.addresses import own_path
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.knowledge import queries
from trainer.knowledge import service
from trainer.knowledge.domain.desk import Confirm
from trainer.knowledge.domain.desk import DueLine
from trainer.knowledge.domain.desk import NotConfirmedError
from trainer.knowledge.forms import LONGEST_NOTE
from trainer.knowledge.forms import ConfirmForm
from trainer.knowledge.forms import DueForm
from trainer.knowledge.views.blueprint import desk as bp
from trainer.knowledge.views.kinds import text_kinds
from trainer.publishing import service as publishing


@dataclass(frozen=True, slots=True)
class DuePage(Page):
    """The texts to be looked at again, a part at a time."""

    template = "knowledge/due.html"
    form: DueForm
    part: Part[DueLine]
    lines: Mapping[str, str]
    on: date
    may_edit: bool


@bp.get("/due")
def due() -> str:
    """Show what must be looked at again."""
    form = DueForm(request.args)
    on, actor = current.business_date(), current.actor()
    with current.reading() as session:
        lines = queries.codes(session).lines
        part = queries.due(
            session, _sources(), form.wanted(), on, reader=actor, kinds=text_kinds()
        )
    form.name_lines(lines)
    return render(DuePage(form, part, lines, on, actor.may(Permission.EDIT)))


@bp.post("/due")
def confirm() -> Response:
    """Record that a text is still true: against one clause, or as a whole."""
    form = ConfirmForm(request.form)
    if not form.validate():
        raise NotConfirmedError(
            N_(
                "没有记下：备注最多 {most} 字；若页面已过期，请刷新后再试",
                most=LONGEST_NOTE,
            )
        )
    with current.writing() as session:
        _keep(session, form)
    flash(N_("已记下：仍然正确"))
    return redirect(own_path(request.form.get("back", ""), url_for(".due")))


def _keep(session: Session, form: ConfirmForm) -> None:
    note, by, at = form.note.data or "", current.actor(), current.now()
    if form.reference.data:
        look = Confirm(form.reference.data, form.seen.data or "", note)
        service.confirm_citation(session, look, by=by, at=at, kinds=text_kinds())
    else:
        publishing.confirm_text(session, form.revision.data or 0, note, by=by, at=at)


def _sources() -> Sequence[queries.ReviewSource]:
    """Give the sources the site has named."""
    found = current_app.extensions["review_sources"]
    return cast("Sequence[queries.ReviewSource]", found)
