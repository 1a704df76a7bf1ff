"""Where one gets mail."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import current_app
from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.notices import queries
from trainer.notices import service
from trainer.notices.forms import PreferenceForm
from trainer.notices.views.blueprint import bp

Answer = Response | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class SettingsPage(Page):
    """Where one gets mail; ``mails`` is whether this site sends any.

    ``is_given`` is whether an administrator entered the address.
    """

    template = "notices/settings.html"
    form: PreferenceForm
    mails: bool
    is_given: bool = False


@bp.get("/settings")
def settings() -> str:
    """Show where one gets mail."""
    reader = current.actor()
    reader.must(Permission.READ)
    with current.reading() as session:
        held = queries.preference(session, reader=reader)
    form = PreferenceForm(data={"address": held.address, "wants_mail": held.gets_mail})
    return _page(form, is_given=held.is_given)


@bp.post("/settings")
def save_settings() -> Answer:
    """Keep it."""
    form = PreferenceForm(request.form)
    if not form.validate():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    with current.writing() as session:
        service.save_preference(
            session,
            form.address.data or "",
            wants_mail=bool(form.wants_mail.data),
            by=current.actor(),
            at=current.now(),
        )
    flash(N_("保存好了"))
    return redirect(url_for(".inbox"))


def _page(form: PreferenceForm, *, is_given: bool = False) -> str:
    mails = bool(current_app.extensions["mails"])
    return render(SettingsPage(form, mails, is_given))
