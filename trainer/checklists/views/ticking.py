"""Ticking off at the counter: the items of a step, by keys, in a few seconds."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.checklists import queries
from trainer.checklists import service
from trainer.checklists.domain import reporting
from trainer.checklists.domain.asking import Asked
from trainer.checklists.domain.checklist import SEVERITY_NAMES
from trainer.checklists.domain.checklist import Severity
from trainer.checklists.domain.situation import ASPECT_NAMES
from trainer.checklists.domain.situation import CODES
from trainer.checklists.domain.situation import Aspect
from trainer.checklists.domain.tickets import Ticket
from trainer.checklists.domain.tickets import made_out
from trainer.checklists.domain.tips import Tip
from trainer.checklists.domain.tips import at_step
from trainer.checklists.queries.showings import ticket_of
from trainer.checklists.views.asking import found_for
from trainer.checklists.views.asking import said
from trainer.checklists.views.asking import wanted_by
from trainer.checklists.views.tips_blueprint import bp
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.topics import queries as topics
from trainer.topics.domain.lines import Business
from trainer.topics.domain.lines import Step
from trainer.topics.domain.lines import Topics

NONCE = 6
"""Bytes of chance in a ticket."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A step of the business, how many items stand at it, and where they are."""

    step: Step
    count: int
    link: str


@dataclass(frozen=True, slots=True)
class ChoosePage(Page):
    """Choose a business, then a step; ``done`` is the step just ticked off."""

    template = "checklists/tick_choose.html"
    topics: Topics
    business: Business | None
    offered: Sequence[Offered]
    next: Offered | None
    done: Step | None
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TickPage(Page):
    """The items of a step, with a box each."""

    template = "checklists/tick.html"
    asked: Asked
    topics: Topics
    tips: Sequence[Tip]
    clauses: queries.Clauses
    ticket: str
    offered: Sequence[Offered]
    said: Mapping[str, str]
    severities: Mapping[Severity, str]
    aspects: Mapping[Aspect, str]
    codes: Mapping[Aspect, Mapping[str, str]]


@bp.get("/tick")
def tick() -> str:
    """Show the items of a step, or let the clerk choose one."""
    told = said(request.args)
    with current.reading() as session:
        known = topics.topics(session)
        if not {"business", "step"} <= set(told):
            return render(_choice(session, known, told))
        asked = wanted_by(request.args, known)
        tips, clauses = found_for(session, asked)
        ticket = _ticket(session, asked, tips)
        offered = _offered(session, known, told)
    page = (asked, known, tips, clauses, ticket, offered, told)
    return render(TickPage(*page, SEVERITY_NAMES, ASPECT_NAMES, CODES))


@bp.post("/tick")
def tick_off() -> Response:
    """Note what was ticked off, then lead on to the next step."""
    words, form = request.form.get("ticket", ""), request.form
    with current.writing() as session:
        ticket = ticket_of(session, words)
        items = [each.address for each in ticket.chosen]
        ticked, useful = form.getlist("ticked"), form.getlist("useful")
        report = reporting.ticked_off(words, items, ticked, useful)
        by, at = current.actor(), current.now()
        noted = service.note_outcomes(session, report, by=by, at=at)
    if noted.new:
        count = len({*ticked} & {*items})
        told = N_("已记下：{n} 条里勾了 {ticked} 条", n=len(items), ticked=count)
        flash(told)
    else:
        flash(N_("这一步刚才已经记过，没有重复记"))
    return redirect(_link(_onwards(ticket)))


def _ticket(session: Session, asked: Asked, tips: Sequence[Tip]) -> str:
    ticket = made_out(
        asked,
        tips,
        token=0,
        person=current.actor().person,
        at=current.now(),
        nonce=secrets.token_hex(NONCE),
    )
    return queries.signed_ticket(session, ticket)


def _onwards(ticket: Ticket) -> dict[str, str]:
    """Give where to go on: the same business and case, after this step."""
    rest = {name: value for name, value in said(request.args).items() if name != "step"}
    return {**rest, "business": ticket.business, "done": ticket.step}


def _link(told: Mapping[str, str]) -> str:
    """Give the address of this page that says something."""
    return f"{url_for('.tick')}?{urlencode(told)}"


def _choice(session: Session, known: Topics, told: Mapping[str, str]) -> ChoosePage:
    business = known.business(told.get("business", ""))
    done = known.step(request.args.get("done", ""))
    offered = _offered(session, known, told) if business else []
    place = known.steps.index(done) if done else -1
    later = [each for each in offered if known.steps.index(each.step) > place]
    onwards = later[0] if done and later else None
    return ChoosePage(known, business, offered, onwards, done, told)


def _offered(session: Session, known: Topics, told: Mapping[str, str]) -> list[Offered]:
    """Give the steps of a business at which there are items, in their order."""
    on, business = current.business_date(), told["business"]
    items = queries.items_in_force(session, on, reader=current.actor())
    counts = {step: len(at_step(items, business, step.code)) for step in known.steps}
    return [
        Offered(step, count, _link({**told, "step": step.code}))
        for step, count in counts.items()
        if count
    ]
