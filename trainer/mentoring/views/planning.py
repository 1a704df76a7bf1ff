"""The plan of a line for somebody, and putting him into a phase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import replace
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

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
from trainer.mentoring.domain.weeks import PHASE_NAMES
from trainer.mentoring.domain.weeks import Phase
from trainer.mentoring.forms import PhaseForm
from trainer.mentoring.forms import PlanForm
from trainer.mentoring.queries import LineStanding
from trainer.mentoring.queries import Mentoring
from trainer.mentoring.views.blueprint import bp

Answer = Response | str | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage(Page):
    """How long the phases of a line are for somebody, and a step by hand."""

    template = "mentoring/plan.html"
    mentoring: Mentoring
    standing: LineStanding
    form: PlanForm
    step: PhaseForm
    phases: Mapping[Phase, str]
    refusal: str = ""


@bp.get("/<int:key>/plan/<line>")
def plan(key: int, line: str) -> str:
    """Show the plan of a line as a form."""
    with current.reading() as session:
        page = _page(session, key, line)
    current.note_look(page.mentoring.pair.person)
    return render(page)


@bp.post("/<int:key>/plan/<line>")
def save_plan(key: int, line: str) -> Answer:
    """Keep the plan of a line."""
    by, form = current.actor(), PlanForm(request.form)
    with current.reading() as session:
        page = replace(_page(session, key, line), form=form)
    if not form.validate():
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            told = form.command()
            service.save_plan(session, key, line, told, by=by, at=current.now())
    except (DeniedError, NotFoundError):
        raise
    except TrainerError as error:
        return render(replace(page, refusal=error.message)), STATUS[error.kind]
    flash(N_("计划保存好了，从现在起按它算"))
    return redirect(url_for(".pair", key=key, _anchor="lines"))


@bp.post("/<int:key>/phase/<line>")
def put_into(key: int, line: str) -> Answer:
    """Put somebody into a phase."""
    by, form = current.actor(), PhaseForm(request.form)
    with current.reading() as session:
        page = replace(_page(session, key, line), step=form)
    if not form.validate():
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            told = form.command(key, line)
            service.put_into(session, told, by=by, at=current.now())
    except (DeniedError, NotFoundError):
        raise
    except TrainerError as error:
        return render(replace(page, refusal=error.message)), STATUS[error.kind]
    flash(N_("阶段改好了，本人会看到；从现在起重新计数"))
    return redirect(url_for(".pair", key=key, _anchor="lines"))


def _page(session: Session, key: int, line: str) -> PlanPage:
    on = current.today()
    pair = queries.pair(session, key, on, reader=current.actor())
    if not (pair.is_mentor or pair.runs):
        raise DeniedError(N_("带教计划由带教老师和所在网点的主管调整"))
    queries.must_learn(pair, line)
    (found,) = queries.mentorings(session, [pair], on)
    standing = next((e for e in found.lines if e.line.code == line), None)
    if standing is None:
        raise NotFoundError(N_("没有这条业务线，可能已停用"))
    return PlanPage(
        mentoring=found,
        standing=standing,
        form=PlanForm(data=asdict(standing.plan)),
        step=PhaseForm(),
        phases=PHASE_NAMES,
    )
