"""The difference of two versions of an article, laid out in three ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.knowledge import queries
from trainer.knowledge.domain.comparison import VIEW_NAMES
from trainer.knowledge.domain.comparison import Difference
from trainer.knowledge.domain.comparison import View
from trainer.knowledge.domain.desk import Versions
from trainer.knowledge.domain.names import NAMES
from trainer.knowledge.domain.names import Names
from trainer.knowledge.forms import CompareForm
from trainer.knowledge.views.blueprint import bp
from trainer.knowledge.views.kinds import readable_kinds


@dataclass(frozen=True, slots=True)
class DiffPage(Page):
    """Two versions beside each other; no difference when there is only one."""

    template = "knowledge/diff.html"
    versions: Versions
    difference: Difference | None
    view: View
    view_names: Mapping[View, str]
    names: Names = NAMES


@bp.get("/<slug>/diff")
def diff(slug: str) -> str:
    """Compare two versions, by default the newest with the one before."""
    form = CompareForm(request.args)
    asked = (form.old.data, form.new.data) if form.validate() else (None, None)
    reader = current.actor()
    with current.reading() as session:
        versions = queries.versions(
            session, slug, current.today(), readable_kinds(), reader=reader
        )
        pair = versions.pair(*asked)
        found = queries.difference(session, slug, pair, reader=reader) if pair else None
    return render(DiffPage(versions, found, view_of(form), VIEW_NAMES))


def view_of(form: CompareForm) -> View:
    """Give the layout that was asked for; what makes no sense is the first."""
    return View(form.view.data) if form.view.data in set(View) else View.SIDE
