"""The newcomer's side of the log: entering a case, and taking it out again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.core.errors import ConflictError
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.mentoring import queries
from trainer.mentoring import service
from trainer.mentoring.domain.cases import NotYourCaseError
from trainer.mentoring.domain.weeks import LOGGED
from trainer.mentoring.forms import CaseForm
from trainer.mentoring.queries import Mentoring
from trainer.mentoring.views.blueprint import bp

Answer = Response | str | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class CasePage(Page):
    """Enter a case; ``offered`` tells whether there is any line to enter one of."""

    template = "mentoring/case.html"
    mentoring: Mentoring
    form: CaseForm
    offered: bool
    refusal: str = ""


@bp.get("/<int:key>/cases/new")
def new_case(key: int) -> str:
    """Ask for a case: what, which number, which day."""
    business = request.args.get("business", "")
    once, on = secrets.token_hex(16), current.today()
    form = CaseForm(data={"business": business, "day": on, "once": once})
    with current.reading() as session:
        return render(_page(session, key, form))


@bp.post("/<int:key>/cases/new")
def enter_case(key: int) -> Answer:
    """Enter a case; then say whether the mentor signs it, and ask for the next."""
    by, at, form = current.actor(), current.now(), CaseForm(request.form)
    with current.reading() as session:
        page = _page(session, key, form)
    if not form.validate():
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            case = service.enter_case(session, form.command(key), by=by, at=at)
    except (DeniedError, NotFoundError):
        raise
    except TrainerError as error:
        shown = CasePage(page.mentoring, form, page.offered, form.blame(error))
        return render(shown), HTTPStatus(STATUS[error.kind])
    name = case.reference
    flash(
        N_("{name} 记下了，请带教老师共同签字", name=name)
        if case.drawn
        else N_("{name} 记下了，这件没有抽中，不用签", name=name)
    )
    return redirect(url_for(".new_case", key=key, business=case.business))


@bp.post("/cases/<int:key>/withdraw")
def withdraw_case(key: int) -> Response:
    """Take out a case that was mistyped."""
    by, at = current.actor(), current.now()
    try:
        with current.writing() as session:
            pair = service.withdraw_case(session, key, by=by, at=at)
    except ConflictError as error:
        flash(error.message)
        return redirect(url_for(".home"))
    flash(N_("已撤回这件办件"))
    return redirect(url_for(".pair", key=pair, _anchor="log"))


def _page(session: Session, key: int, form: CaseForm) -> CasePage:
    on = current.today()
    pair = queries.pair(session, key, on, reader=current.actor())
    if not pair.is_own:
        raise NotYourCaseError
    (found,) = queries.mentorings(session, [pair], on)
    businesses = {
        business.code: business.name
        for each in found.lines
        if each.progress.phase in LOGGED
        for business in each.line.businesses
    }
    form.offer(businesses)
    return CasePage(found, form, bool(businesses))
