"""Tips and what became of them.

``GET /api/v1/tips`` changes nothing and gives a ticket; ``POST /api/v1/tips/outcomes``
takes the ticket back.
"""

from __future__ import annotations

import json
import secrets

from flask import Blueprint
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.checklists import queries
from trainer.checklists import service
from trainer.checklists.api.described import OUTCOMES
from trainer.checklists.api.described import TIPS
from trainer.checklists.domain import reporting
from trainer.checklists.domain.asking import Asked
from trainer.checklists.domain.asking import asked
from trainer.checklists.domain.checklist import SEVERITY_NAMES
from trainer.checklists.domain.showing import UnreadableOutcomesError
from trainer.checklists.domain.situation import Fit
from trainer.checklists.domain.tickets import made_out
from trainer.checklists.domain.tips import Tip
from trainer.checklists.queries.clauses import Clauses
from trainer.kit.web import api
from trainer.kit.web import current
from trainer.kit.web import openapi
from trainer.people.domain.tokens import ApiScope
from trainer.topics import queries as topics

MOST_BYTES = 16 * 1024
"""Of what is sent: a ticket and 25 outcomes take less than half of it."""

NONCE = 6
"""Bytes of chance in a ticket."""

bp = Blueprint("tips_api", __name__, url_prefix=api.PREFIX)


@bp.get("/tips")
@api.needs(ApiScope.TIPS_READ, more={"clerk": ApiScope.TIPS_CLERK}, for_pages=True)
@openapi.describes(TIPS)
def tips() -> Response:
    """Give the few items that matter now, and a ticket for their outcomes."""
    by, at, nonce = current.actor(), current.now(), secrets.token_hex(NONCE)
    told = request.args.to_dict(flat=False)
    with current.reading() as session:
        known = topics.topics(session)
        wanted = asked(told, known, current.today(), at_counter=False)
        person = queries.clerk_called(session, wanted.clerk) if "clerk" in told else 0
        found = queries.tips(session, wanted, person=person, reader=by, at=at)
        clauses = queries.clauses_of(session, found, wanted.on, reader=by)
        token = current.token()
        ticket = made_out(wanted, found, token=token, person=person, at=at, nonce=nonce)
        signed = queries.signed_ticket(session, ticket)
    return api.answer(_answer(wanted, found, clauses, signed))


@bp.post("/tips/outcomes")
@api.needs(ApiScope.TIPS_WRITE, for_pages=True)
@openapi.describes(OUTCOMES)
def note_outcomes() -> Response:
    """Note what became of items."""
    report = reporting.read(_sent(), current.token())
    with current.writing() as session:
        noted = service.note_outcomes(
            session, report, by=current.actor(), at=current.now()
        )
    return api.answer({"new": noted.new, "known": noted.known})


def _sent() -> object:
    """Read the JSON that was sent.

    Raises:
        UnreadableOutcomesError: it is none, or too much.
    """
    sent = request.get_data()
    if len(sent) > MOST_BYTES:
        raise UnreadableOutcomesError
    try:
        return json.loads(sent)
    except (ValueError, RecursionError) as error:
        raise UnreadableOutcomesError from error


def _answer(
    wanted: Asked, tips: list[Tip], clauses: Clauses, ticket: str
) -> dict[str, object]:
    return {
        "business": wanted.business,
        "step": wanted.step,
        "on": wanted.on.isoformat(),
        "tips": [_tip(tip, wanted, clauses) for tip in tips],
        "ticket": ticket,
    }


def _tip(tip: Tip, wanted: Asked, clauses: Clauses) -> dict[str, object]:
    item = tip.item
    return {
        "item": tip.address,
        "severity": item.severity,
        "severity_name": SEVERITY_NAMES[item.severity],
        "wrong": item.wrong,
        "check": item.check,
        "say": item.say,
        "cites": [
            _cite(slug, section, clauses[slug, section], wanted)
            for slug, section in item.cites
            if (slug, section) in clauses
        ],
        "matched": item.when.fit(wanted.situation) is Fit.MATCHES,
    }


def _cite(slug: str, section: str, name: str, wanted: Asked) -> dict[str, str]:
    link = url_for("knowledge.article", slug=slug, on=wanted.on, _anchor=section)
    return {"clause": f"{slug}#{section}", "name": name, "link": link}
