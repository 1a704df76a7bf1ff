"""Single sign-on with the provider: out to it, and back with its answer."""

from __future__ import annotations

import logging
import secrets
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from flask import redirect
from flask import request
from flask import session as cookie

from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web import limits
from trainer.people import service
from trainer.people.domain.signon import Attempt
from trainer.people.domain.signon import CancelledError
from trainer.people.domain.signon import Identity
from trainer.people.domain.signon import ProviderRefusedError
from trainer.people.domain.signon import StaleAttemptError
from trainer.people.views.blueprint import bp
from trainer.people.views.gate import token
from trainer.people.views.login import Answer
from trainer.people.views.login import answer
from trainer.people.views.ways import visit
from trainer.people.views.ways import ways

if TYPE_CHECKING:  # it needs an extra
    from trainer.people.service.provider import Provider

LOG = logging.getLogger("trainer.people")
KEY = "sign_on"
LONGEST = 500
"""Characters of a path that is remembered on the way."""


@bp.get("/signon")
def sign_on() -> Answer:
    """Send the browser to the provider; a GET, for a form may lead nowhere else."""
    provider = _provider()
    limits.spend("login", current.address())
    attempt = Attempt(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        next=request.args.get("next", "")[:LONGEST],
        begun_at=current.now(),
    )
    try:
        invitation = provider.invitation(attempt, current.now())
    except TrainerError as error:
        _log(error)
        return answer(error, "")
    cookie[KEY] = {**asdict(attempt), "begun_at": attempt.begun_at.isoformat()}
    return redirect(invitation)


@bp.get("/signon/back")
def signed_on() -> Answer:
    """Take what the provider says, once, and only in the browser that asked."""
    provider = _provider()
    limits.spend("login", current.address())
    attempt, state = _attempt(), request.args.get("state", "")
    told = _told(provider, attempt, state)
    if isinstance(told, TrainerError):
        _log(told)
    with current.writing() as session:
        outcome = service.sign_on(
            session,
            told,
            state,
            at=current.now(),
            visit=visit(token()),
            rules=ways().rules,
        )
    return answer(outcome, attempt.next if attempt else "")


def _told(
    provider: Provider, attempt: Attempt | None, state: str
) -> Identity | TrainerError:
    """Give who it is, or why that cannot be told."""
    at = current.now()
    if attempt is None or not attempt.is_continued_by(state, at):
        return StaleAttemptError()
    if error := request.args.get("error", ""):
        refused = error == "access_denied"
        return CancelledError() if refused else ProviderRefusedError()
    try:
        return provider.identity(request.args.get("code", ""), attempt, at)
    except TrainerError as refusal:
        return refusal


def _log(refusal: TrainerError) -> None:
    """Tell whoever reads the log what the person is not told."""
    said = request.args.get("error", "")[:LONGEST]
    cause = refusal.__cause__
    LOG.warning("%s: %r, caused by %r", type(refusal).__name__, said, cause)


def _attempt() -> Attempt | None:
    """Take the attempt out of the cookie: it is there for one answer."""
    kept = cookie.pop(KEY, None)
    if kept is None:
        return None
    return Attempt(**{**kept, "begun_at": datetime.fromisoformat(kept["begun_at"])})


def _provider() -> Provider:
    provider = ways().provider
    if provider is None:
        raise NotFoundError(N_("本站没有启用统一身份认证；请用工号和密码登录"))
    return provider
