"""Finding items: by line, business and step, by severity, cause and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import request

from trainer.checklists import queries
from trainer.checklists.domain.browsing import ItemFilter
from trainer.checklists.domain.names import NAMES
from trainer.checklists.domain.names import Names
from trainer.checklists.forms.browsing import ItemForm
from trainer.checklists.queries import Browsed
from trainer.checklists.views.blueprint import bp
from trainer.core.actor import Permission
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.publishing.queries.codes import Codes
from trainer.publishing.queries.codes import codes


@dataclass(frozen=True, slots=True)
class BrowsePage(Page):
    """The items that are wanted, and where there are others."""

    template = "checklists/browse.html"
    form: ItemForm
    wanted: ItemFilter
    browsed: Browsed
    codes: Codes
    on: date
    may_edit: bool
    names: Names = NAMES


@bp.get("/")
def checklists() -> str:
    """Show items by business line, business and step."""
    form, on, actor = ItemForm(request.args), current.business_date(), current.actor()
    wanted = form.wanted()
    with current.reading() as session:
        known = codes(session)
        browsed = queries.browse(session, wanted, on, reader=actor)
    form.offer(known)
    may_edit = actor.may(Permission.EDIT)
    return render(BrowsePage(form, wanted, browsed, known, on, may_edit))
