"""The gate for programs: a token in a header, no session, no cookie, JSON only."""

from __future__ import annotations

from typing import NoReturn

from flask import request

from trainer.core.errors import TrainerError
from trainer.kit.web import api
from trainer.kit.web import current
from trainer.kit.web import limits
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.tokens import PREFIX
from trainer.people.domain.tokens import USED_EVERY
from trainer.people.domain.tokens import Caller
from trainer.people.domain.tokens import NoTokenError
from trainer.people.domain.tokens import TokenInAddressError
from trainer.people.queries import STRANGER

SCHEME = "bearer"
IN_ADDRESS = frozenset({"token", "access_token", "api_key", "apikey"})
"""What others call a token in an address; here it is refused there."""


NOBODY = Caller(token=0, actor=STRANGER, noted_at=None)


def caller() -> Caller:
    """Give the business system that is asking.

    Raises:
        TrainerError: it shows no token, one that does not count, or asks too often.
    """
    if request.endpoint is None:
        return NOBODY  # there is no such route, whoever asks
    in_address, in_header = _in_address(), _in_header()
    if not (in_address or in_header):
        limits.spend("refused", current.address())
        raise NoTokenError
    found = _found(api.access_of(request.endpoint), in_address or in_header)
    if refusal := TokenInAddressError() if in_address else found.refusal:
        _refuse(found, refusal)
    limits.spend("api", f"token/{found.token}")
    _note_use(found)
    return found


def _found(access: api.Access, raw: str) -> Caller:
    """Find whose token it is, and whether it is for what is asked."""
    needed = None if access.scope == api.ANY else access.scope
    more = [scope for name, scope in access.more.items() if name in request.args]
    with current.reading() as session:
        return queries.token_actor(session, raw, needed, current.now(), more=more)


def _in_header() -> str:
    scheme, _, raw = request.headers.get("Authorization", "").partition(" ")
    return raw.strip() if scheme.lower() == SCHEME else ""


def _in_address() -> str:
    """Give what stands in the address as a token would."""
    named = (
        value
        for name, value in request.args.items()
        if name.lower() in IN_ADDRESS or value.startswith(PREFIX)
    )
    return next(filter(None, named), "")


def _refuse(caller: Caller, refusal: TrainerError) -> NoReturn:
    """Audit a token that was shown for nothing; slow down who goes on showing it."""
    limits.spend("refused", current.address())
    with current.writing() as session:
        service.note_refused_token(session, caller, refusal, at=current.now())
    raise refusal


def _note_use(caller: Caller) -> None:
    at = current.now()
    if caller.noted_at is None or caller.noted_at < at - USED_EVERY:
        with current.writing() as session:
            service.note_token_use(session, caller, at=at)
