"""API tokens, for administrators: listed, made and shown once, revoked."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import make_response
from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.tokens import SCOPE_NAMES
from trainer.people.domain.tokens import STATE_NAMES
from trainer.people.domain.tokens import ApiScope
from trainer.people.domain.tokens import NewToken
from trainer.people.domain.tokens import State
from trainer.people.domain.tokens import Token
from trainer.people.forms import TokenForm
from trainer.people.views.blueprint import tokens as bp


@dataclass(frozen=True, slots=True)
class TokensPage(Page):
    """All tokens, and the form that makes one."""

    template = "people/tokens.html"
    form: TokenForm
    refusal: str
    tokens: Sequence[Token]
    now: datetime
    scope_names: Mapping[ApiScope, str]
    state_names: Mapping[State, str]


@dataclass(frozen=True, slots=True)
class NewTokenPage(Page):
    """Tell a token, this once."""

    template = "people/new_token.html"
    command: NewToken
    raw: str


@bp.get("")
def tokens() -> str:
    """List the tokens."""
    return _page(TokenForm(), "")


@bp.post("")
def make() -> Response | tuple[str, HTTPStatus]:
    """Make a token and show it, in an answer that nobody keeps."""
    form, refusal = TokenForm(request.form), ""
    if form.validate():
        command = form.command()
        try:
            with current.writing() as session:
                by, at = current.actor(), current.now()
                raw = service.make_token(session, command, by=by, at=at)
        except TrainerError as error:
            refusal = error.message
        else:
            answer = make_response(render(NewTokenPage(command, raw)))
            answer.headers["Cache-Control"] = "no-store"
            return answer
    return _page(form, refusal), HTTPStatus.UNPROCESSABLE_ENTITY


@bp.post("/<int:key>/revoke")
def revoke(key: int) -> Response:
    """Revoke a token."""
    with current.writing() as session:
        service.revoke_token(session, key, by=current.actor(), at=current.now())
    flash(N_("已吊销，拿着它的系统从现在起进不来"))
    return redirect(url_for(".tokens"))


def _page(form: TokenForm, refusal: str) -> str:
    with current.reading() as session:
        found = queries.tokens(session, reader=current.actor())
    return render(
        TokensPage(form, refusal, found, current.now(), SCOPE_NAMES, STATE_NAMES)
    )
