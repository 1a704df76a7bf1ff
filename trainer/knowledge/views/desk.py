"""The desk: texts being written, reviewed, sent back or put aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.paging import Part
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.knowledge import queries
from trainer.knowledge.domain.desk import DeskLine
from trainer.knowledge.domain.names import NAMES
from trainer.knowledge.domain.names import Names
from trainer.knowledge.forms import DeskForm
from trainer.knowledge.views.blueprint import desk as bp
from trainer.knowledge.views.kinds import text_kinds
from trainer.publishing import service as publishing
from trainer.publishing.queries import TextKinds

__all__ = ["bp"]


@dataclass(frozen=True, slots=True)
class DeskPage(Page):
    """The texts on the desk, a part at a time."""

    template = "knowledge/desk.html"
    form: DeskForm
    part: Part[DeskLine]
    lines: Mapping[str, str]
    may_edit: bool
    may_approve: bool
    names: Names = NAMES


@dataclass(frozen=True, slots=True)
class KindsPage(Page):
    """What is the new text going to be?"""

    template = "knowledge/kinds.html"
    kinds: TextKinds


@bp.get("")
def drafts() -> str:
    """Show the texts on the desk."""
    form = DeskForm(request.args)
    actor = current.actor()
    with current.reading() as session:
        lines = queries.codes(session).lines
        part = queries.desk(session, form.wanted(), text_kinds(), reader=actor)
    form.offer(lines, text_kinds())
    may_edit, may_approve = (
        actor.may(permission) for permission in (Permission.EDIT, Permission.APPROVE)
    )
    return render(DeskPage(form, part, lines, may_edit, may_approve))


@bp.get("/new")
def kinds() -> str:
    """Ask what the new text is going to be."""
    current.actor().must(Permission.EDIT)
    return render(KindsPage(text_kinds()))


@bp.post("/<int:key>/discard")
def discard(key: int) -> Response:
    """Put a text aside."""
    with current.writing() as session:
        publishing.discard(session, key, by=current.actor(), at=current.now())
    flash(N_("稿件已废弃；在“已废弃”里可以恢复"))
    return redirect(url_for(".drafts"))


@bp.post("/<int:key>/restore")
def restore(key: int) -> Response:
    """Bring a text back."""
    with current.writing() as session:
        publishing.restore(session, key, by=current.actor(), at=current.now())
    flash(N_("稿件已恢复为草稿"))
    return redirect(url_for(".edit", key=key))
