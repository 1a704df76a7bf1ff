"""Entering what was seen of somebody at work, and taking it back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.competence import queries
from trainer.competence import service
from trainer.competence.domain.telling import FACT_NAMES
from trainer.competence.domain.witnessing import RUBRIC
from trainer.competence.domain.witnessing import OwnSightingError
from trainer.competence.forms import FORMS
from trainer.competence.forms import ObservationForm
from trainer.competence.forms import SightingForm
from trainer.competence.forms import TakeBackForm
from trainer.competence.queries import Subject
from trainer.competence.views.blueprint import bp
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.topics import queries as topics
from trainer.topics.domain.competencies import Competency
from trainer.topics.domain.lines import Line

Answer = Response | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class _About:
    """Who a form is about, and what it offers: that of one business line."""

    subject: Subject
    line: Line
    lines: Sequence[Line]
    competencies: Sequence[Competency]

    @property
    def names(self) -> dict[str, str]:
        """Competencies by code."""
        return {c.code: f"{c.code} {c.name}" for c in self.competencies}

    @property
    def businesses(self) -> dict[str, str]:
        """Businesses by code."""
        return {b.code: b.name for b in self.line.businesses}


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingPage(Page):
    """Say what was seen; ``title`` names the kind, ``rubric`` its levels."""

    template = "competence/sighting.html"
    about: _About
    kind: str
    title: str
    form: SightingForm
    rubric: Mapping[int, str]
    levels: Mapping[str, int] | None
    refusal: str = ""


@bp.get("/people/<int:key>/sightings/<kind>")
def sighting(key: int, kind: str) -> str:
    """Ask what was seen of somebody."""
    form = _kind(kind)(on=current.today(), token=secrets.token_urlsafe(16))
    with current.reading() as session:
        page = _page(session, key, kind, form)
    current.note_look(key)
    return render(page)


@bp.post("/people/<int:key>/sightings/<kind>")
def enter(key: int, kind: str) -> Answer:
    """Enter what was seen of somebody."""
    by, form = current.actor(), _kind(kind)(request.form)
    with current.reading() as session:
        page = _page(session, key, kind, form)
    if not form.validate():
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            service.enter(session, form.command(key), by=by, at=current.now())
    except (DeniedError, NotFoundError):
        raise
    except TrainerError as error:
        return _refused(page, form, error)
    flash(N_("已登记{kind}，本人会看到", kind=page.title))
    return redirect(url_for(".person", key=key))


@bp.post("/sightings/<int:key>/back")
def take_back(key: int) -> Answer:
    """Take back what was entered by mistake."""
    by, form = current.actor(), TakeBackForm(request.form)
    with current.reading() as session:
        person = queries.sighted(session, key, current.today(), reader=by)
    reason = (form.reason.data or "") if form.validate() else ""
    with current.writing() as session:
        service.take_back(session, key, reason, by=by, at=current.now())
    flash(N_("已撤销，不再计入；本人会看到"))
    return redirect(url_for(".person", key=person))


def _refused(page: SightingPage, form: SightingForm, error: TrainerError) -> Answer:
    refusal = form.blame(error)
    shown = SightingPage(
        about=page.about,
        kind=page.kind,
        title=page.title,
        form=form,
        rubric=page.rubric,
        levels=page.levels,
        refusal=refusal,
    )
    return render(shown), HTTPStatus(STATUS[error.kind])


def _kind(written: str) -> type[SightingForm]:
    if written not in FORMS:
        raise NotFoundError(N_("没有这种登记；请从人员的能力页进入"))
    return FORMS[written]


def _page(session: Session, key: int, kind: str, form: SightingForm) -> SightingPage:
    by, today = current.actor(), current.today()
    queries.must_look_after(by)
    if by.person == key:
        raise OwnSightingError
    about = _about(session, queries.subject(session, key, today, reader=by))
    form.offer(about.names, about.businesses)
    levels = None
    if isinstance(form, ObservationForm):
        form.read(request.form, about.names)
        levels = form.levels
    return SightingPage(
        about=about,
        kind=kind,
        title=FACT_NAMES[form.KIND],
        form=form,
        rubric=RUBRIC,
        levels=levels,
    )


def _about(session: Session, subject: Subject) -> _About:
    """Gather what a form offers, for the line asked for or the first there is."""
    lines = topics.topics(session).lines
    framework = topics.competencies(session)
    if not lines or framework is None:
        raise NotFoundError(N_("还没有登记业务和能力项；请管理员先导入内容"))
    asked = request.args.get("line", "")
    line = next((each for each in lines if each.code == asked), lines[0])
    return _About(subject, line, lines, framework.of_line(line.code))
