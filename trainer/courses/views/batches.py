"""Assigning to a batch: who came lately is ticked, with courses and a day."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for

from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.courses.domain.assigning import AssignText
from trainer.courses.domain.foreseeing import NotForeseenError
from trainer.courses.forms.assigning import BY_HAND
from trainer.courses.forms.assigning import BatchForm
from trainer.courses.forms.assigning import IntakeForm
from trainer.courses.forms.meetings import whole
from trainer.courses.queries import foreseen as queries
from trainer.courses.queries.foreseen import Candidate
from trainer.courses.service import assigning as service
from trainer.courses.views.assigning import DAYS
from trainer.courses.views.assigning import Preview
from trainer.courses.views.assigning import foresee
from trainer.courses.views.plans_blueprint import Answer
from trainer.courses.views.plans_blueprint import Names
from trainer.courses.views.plans_blueprint import bp
from trainer.courses.views.plans_blueprint import names
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash

LATELY = 30
"""Days since whose arrival people are offered first."""


MOST = 200
"""People of one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPage(Page):
    """Tick people and courses; ``everybody`` is whom the reader looks after."""

    template = "courses/assign.html"
    form: BatchForm
    intake: IntakeForm
    offered: Sequence[Candidate]
    everybody: int
    names: Names
    preview: Preview | None
    refusal: str
    most: int = MOST


@bp.get("/plans/assign")
def batch() -> str:
    """Offer who came lately, all ticked."""
    with current.reading() as session:
        found = queries.candidates(session, current.today(), reader=current.actor())
    who = narrowed(found, _intake())
    form = BatchForm(
        data={
            "name": N_("主管派的课 {day}", day=current.today()),
            "people": [str(each.id) for each in who],
            "days": DAYS,
            "once": secrets.token_hex(16),
        }
    )
    return _page(form)


@bp.post("/plans/assign")
def assign() -> Answer:
    """Assign, or show what it would do."""
    form, by, at = BatchForm(request.form), current.actor(), current.now()
    with current.reading() as session:
        found = queries.candidates(session, current.today(), reader=by)
        _offer(form, names(session), found)
    text = form.text(current.today()) if form.validate() else None
    if text is None or not form.must_make_sense(text):
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    if request.form.get("do") != "save":
        return _page(form, text)
    try:
        with current.writing() as session:
            service.assign(session, form.confirmed(text), by=by, at=at)
    except (DeniedError, NotFoundError):
        raise
    except TrainerError as error:
        shown = text if isinstance(error, NotForeseenError) else None
        return _page(form, shown, error.message), HTTPStatus(STATUS[error.kind])
    flash(N_("派好了，他们的学习计划里已经有了"))
    return redirect(url_for(".team"))


def narrowed(found: Sequence[Candidate], intake: IntakeForm) -> list[Candidate]:
    """Give those whom an intake means."""
    since = intake.since.data or date.min
    site, bank = whole(intake.site.data or ""), whole(intake.bank.data or "")
    return [
        each
        for each in found
        if each.work.arrival >= since
        if site in {0, each.work.site}
        if bank in {0, each.work.organisation}
    ]


def _page(form: BatchForm, shown: AssignText | None = None, refusal: str = "") -> str:
    with current.reading() as session:
        found = queries.candidates(session, current.today(), reader=current.actor())
        known = names(session)
        preview = foresee(session, shown, 0) if shown else None
    intake = _intake()
    sites, banks = _places(found, known)
    intake.offer(sites, banks)
    _offer(form, known, found)
    form.seal.data = preview.effect.seal if preview else ""
    ticked = {*(form.people.data or ())}
    listed = [each for each in found if str(each.id) in ticked]
    others = [each for each in narrowed(found, intake) if each not in listed]
    return render(
        BatchPage(
            form=form,
            intake=intake,
            offered=[*listed, *others],
            everybody=len(found),
            names=known,
            preview=preview,
            refusal=refusal,
        )
    )


def _intake() -> IntakeForm:
    """Give the intake that is asked for: who came lately, unless it is said."""
    if "since" in request.args:
        return IntakeForm(request.args)
    return IntakeForm(data={"since": current.today() - timedelta(days=LATELY)})


def _places(
    found: Sequence[Candidate], known: Names
) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """Give the sites and banks of those who may be picked."""
    sites = {each.work.site for each in found}
    banks = {each.work.organisation for each in found}
    return (
        {key: name for key, name in known.sites.items() if key in sites},
        {key: name for key, name in known.organisations.items() if key in banks},
    )


def _offer(form: BatchForm, known: Names, found: Sequence[Candidate]) -> None:
    form.offer_courses(known.courses, BY_HAND)
    form.offer_people({each.id: each.name for each in found})
