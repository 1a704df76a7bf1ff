"""Verifying a certificate: open to anybody who has its code, and to nobody else.

A code has 128 bits, so there is nothing to guess; who tries all the same is slowed
down, and a wrong code gives the same page as none. Search engines are told to stay
away, and what is shown of the person is veiled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint
from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.certificates import queries
from trainer.certificates.domain.certificates import KIND_NAMES
from trainer.certificates.domain.certificates import STATE_NAMES
from trainer.certificates.domain.certificates import STATE_WORDS
from trainer.certificates.domain.certificates import UNKNOWN_CODE
from trainer.certificates.domain.certificates import State
from trainer.certificates.domain.certificates import read_code
from trainer.certificates.queries import Verified
from trainer.core.errors import NotFoundError
from trainer.kit.web import current
from trainer.kit.web import limits
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render

bp = Blueprint("verify", __name__, url_prefix="/verify")

LIMIT = "verify"
"""Name of the brake."""


@dataclass(frozen=True, slots=True)
class AskPage(Page):
    """Where a code is typed in; ``typed`` is what cannot be one."""

    template = "certificates/verify.html"
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedPage(Page):
    """What a certificate is worth at this moment."""

    template = "certificates/verified.html"
    found: Verified
    kind: str
    state: str
    words: str
    good: bool
    at: datetime


@bp.after_request
def _keep_out(answer: Response) -> Response:
    """Let no search engine list certificates, and no cache keep what held."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("")
def ask() -> Response | str:
    """Ask for a code, for who cannot scan one."""
    typed = request.args.get("code", "")
    code = read_code(typed)
    if code is not None:
        return redirect(url_for(".verified", code=code))
    return render(AskPage(typed))


@bp.get("/<code>")
def verified(code: str) -> str:
    """Say what the certificate with a code is worth."""
    limits.spend(LIMIT, current.address())
    if read_code(code) is None:
        raise NotFoundError(UNKNOWN_CODE)
    with current.reading() as session:
        found = queries.verified(session, code, current.today(), reader=current.actor())
    ground, state = found.standing.certificate.ground, found.standing.state
    page = VerifiedPage(
        found=found,
        kind=KIND_NAMES[ground.kind],
        state=STATE_NAMES[state],
        words=STATE_WORDS[state],
        good=state is State.VALID,
        at=current.now(),
    )
    return render(page)
