"""Who may handle what at which window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import request

from trainer.competence import queries
from trainer.competence.forms import WindowsForm
from trainer.competence.forms.boards import key_of
from trainer.competence.queries import Windows
from trainer.competence.views.blueprint import bp
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render


@dataclass(frozen=True, slots=True)
class WindowsPage(Page):
    """Who may handle what at a site on a day."""

    template = "competence/windows.html"
    windows: Windows
    form: WindowsForm
    today: date


@bp.get("/windows")
def windows() -> str:
    """Show who may handle what at a site one belongs to."""
    on, today, reader = current.business_date(), current.today(), current.actor()
    form = WindowsForm(request.args)
    with current.reading() as session:
        found = queries.windows(
            session,
            on,
            today,
            reader=reader,
            site=key_of(form.site.data),
            line=form.line.data or "",
        )
    form.offer(
        {site.id: site.name for site in found.sites},
        {line.code: line.name for line in found.every},
    )
    form.on.data = on
    if found.site:
        form.site.data = str(found.site.id)
    return render(WindowsPage(found, form, today))
