"""For administrators: where people get mail who have not said so themselves."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import current_app
from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.notices import queries
from trainer.notices import service
from trainer.notices.forms import AddressesForm
from trainer.notices.views.office import bp

Answer = Response | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class AddressesPage(Page):
    """Who can be reached, and the form; ``mails`` is whether this site sends any."""

    template = "notices/addresses.html"
    form: AddressesForm
    reached: queries.Reached
    mails: bool
    refusal: str = ""


@bp.get("/addresses")
def addresses() -> str:
    """Show who can be reached by mail, and ask for addresses."""
    return _page(AddressesForm())


@bp.post("/addresses")
def enter_addresses() -> Answer:
    """Keep them, all or none."""
    by, form = current.actor(), AddressesForm(request.form)
    by.must(Permission.ADMINISTER)
    if not form.validate():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            found = service.enter_addresses(
                session, form.command(), by=by, at=current.now()
            )
    except TrainerError as error:
        return _page(form, error.message), STATUS[error.kind]
    flash(
        N_(
            "登记了 {kept} 个邮箱；{same} 个本来就是这样，{own} 人自己填过，没有动",
            kept=found.kept,
            same=found.same,
            own=found.own,
        )
    )
    return redirect(url_for(".addresses"))


def _page(form: AddressesForm, refusal: str = "") -> str:
    with current.reading() as session:
        found = queries.reached(session, reader=current.actor())
    mails = bool(current_app.extensions["mails"])
    return render(AddressesPage(form, found, mails, refusal))
