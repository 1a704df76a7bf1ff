"""The first visit of a site without accounts: somebody becomes its administrator."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import cast

from flask import Blueprint
from flask import current_app
from flask import redirect
from flask import request
from flask import url_for

from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.setup import AlreadySetUpError
from trainer.people.forms import SetupForm
from trainer.people.views.form_pages import Answer

bp = Blueprint("setup", __name__, url_prefix="/setup")

NEXT = "people.roster.home"
"""Where a new administrator begins: bringing everybody in."""


@dataclass(frozen=True, slots=True)
class SetupPage(Page):
    """Set up the site."""

    template = "people/setup.html"
    form: SetupForm
    refusal: str = ""


@bp.before_request
def only_once() -> None:
    """Know nothing of a setup once there is an account."""
    with current.reading() as session:
        if queries.anybody(session):
            raise NotFoundError(N_("网站已经设置过了；请直接登录"))


@bp.get("")
def setup() -> str:
    """Show the form."""
    return render(SetupPage(SetupForm()))


@bp.post("")
def set_up() -> Answer:
    """Open the first account, then lead to the login and on to the roster."""
    code = cast("service.SetupCode", current_app.extensions["setup_code"])
    form = SetupForm(request.form)
    form.expect(code.matches)
    if not form.validate():
        return render(SetupPage(form)), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            service.set_up(session, form.command(), at=current.now())
    except AlreadySetUpError:
        raise
    except TrainerError as error:
        page = SetupPage(form, form.blame(error))
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    code.forget()
    flash(N_("网站设置好了，请登录；下一步把人员加进来"))
    return redirect(url_for("people.login", next=url_for(NEXT)))
