"""Signing the sessions of a course, for who looks after people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for

from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.courses import queries
from trainer.courses import service
from trainer.courses.domain.learning import Attendant
from trainer.courses.domain.outline import Step
from trainer.courses.domain.outline import StepKind
from trainer.courses.forms.signing import SignForm
from trainer.courses.queries import Offered
from trainer.courses.views.courses_blueprint import Answer
from trainer.courses.views.courses_blueprint import bp
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash


@dataclass(frozen=True, slots=True)
class SessionsPage(Page):
    """Whom one looks after, and who was at which session."""

    template = "courses/sessions.html"
    slug: str
    title: str
    steps: Sequence[Step]
    people: Sequence[Attendant]
    form: SignForm
    today: date
    refusal: str = ""


@bp.get("/<slug>/sessions")
def sessions(slug: str) -> str:
    """Show who was at which session."""
    return _show(slug, SignForm(data={"on": current.today()}))


@bp.post("/<slug>/sessions")
def sign_sessions(slug: str) -> Answer:
    """Sign for those who were there."""
    form, by = SignForm(request.form), current.actor()
    if not form.validate():
        return _show(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            count = service.sign_sessions(
                session, slug, form.seats(), form.day, by=by, at=current.now()
            )
    except NotFoundError:
        raise
    except TrainerError as error:
        return _show(slug, form, error.message), STATUS[error.kind]
    flash(Nn_("已签字 {n} 处", n=count) if count else N_("这一天都已经签过了"))
    return redirect(url_for(".sessions", slug=slug))


@bp.post("/sessions/<int:key>/back")
def take_back_signature(key: int) -> Answer:
    """Take a signature back, with a reason."""
    by, reason = current.actor(), request.form.get("reason", "")
    with current.writing() as session:
        slug = service.take_back_signature(
            session, key, reason, by=by, at=current.now()
        )
    flash(N_("已收回签字"))
    return redirect(url_for(".sessions", slug=slug))


def _show(slug: str, form: SignForm, refusal: str = "") -> str:
    by, today = current.actor(), current.today()
    with current.reading() as session:
        people = queries.attendants(session, slug, today, reader=by)
        held: list[Offered] = queries.offered(session, today, reader=by, slugs=[slug])
    steps = [s for each in held for s in each.steps if s.kind is StepKind.SESSION]
    if not steps:
        raise NotFoundError(N_("这门课没有面授；请回课程页看看"))
    page = SessionsPage(slug, held[0].title, steps, people, form, today, refusal)
    return render(page)
