"""Reads of API tokens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.people.domain.tokens import ApiScope
from trainer.people.domain.tokens import Caller
from trainer.people.domain.tokens import ExpiredTokenError
from trainer.people.domain.tokens import RevokedTokenError
from trainer.people.domain.tokens import ScopeMissingError
from trainer.people.domain.tokens import Token
from trainer.people.domain.tokens import UnknownTokenError
from trainer.people.models import TokenRow
from trainer.people.models import TokenScopeRow
from trainer.people.queries.logins import digest

STRANGER = Actor(0, N_("未知系统"), frozenset())
SEPARATOR = "\n"
HELD = (
    select(func.aggregate_strings(TokenScopeRow.scope, SEPARATOR))
    .where(TokenScopeRow.token_id == TokenRow.id)
    .scalar_subquery()
)
"""The scopes of a token, in one string."""


def token_actor(
    session: Session,
    raw: str,
    needed: str | None,
    at: datetime,
    *,
    more: Collection[str] = (),
) -> Caller:
    """Give the business system that shows a token, and whether it is let in.

    One question. A refusal is given and not raised, because it is to be audited.

    Args:
        session: A session.
        raw: The token as it was shown.
        needed: Scope that is asked for; an empty one lets nobody in, None is any.
        at: Now.
        more: Scopes that are asked for besides.
    """
    query = select(TokenRow, HELD.label("scopes"))
    found = session.execute(query.where(TokenRow.token_hash == digest(raw))).first()
    if found is None:
        return Caller(
            token=0, actor=STRANGER, noted_at=None, refusal=UnknownTokenError()
        )
    row: TokenRow = found.TokenRow
    held = (found.scopes or "").split(SEPARATOR)
    asked = [*([] if needed is None else [needed]), *more]
    missing = (ScopeMissingError(scope) for scope in asked if scope not in held)
    refusal = _refusal(row, at) or next(missing, None)
    allowed = frozenset() if refusal else frozenset({Permission.READ})
    actor = Actor(0, row.system, allowed)
    return Caller(token=row.id, actor=actor, noted_at=row.used_at, refusal=refusal)


def _refusal(row: TokenRow, at: datetime) -> TrainerError | None:
    if row.revoked_at is not None:
        return RevokedTokenError()
    return ExpiredTokenError() if row.expires_at <= at else None


def tokens(session: Session, *, reader: Actor) -> list[Token]:
    """Give all tokens to an administrator: those that count first, newest first."""
    reader.must(Permission.ADMINISTER)
    held: dict[int, set[ApiScope]] = {}
    for row in session.scalars(select(TokenScopeRow)):
        held.setdefault(row.token_id, set()).add(ApiScope(row.scope))
    rows = session.scalars(
        select(TokenRow).order_by(TokenRow.revoked_at.is_not(None), TokenRow.id.desc())
    )
    return [
        Token(
            id=row.id,
            system=row.system,
            scopes=frozenset(held.get(row.id, ())),
            made_by=row.made_by,
            made_at=row.made_at,
            expires_at=row.expires_at,
            used_at=row.used_at,
            revoked_at=row.revoked_at,
        )
        for row in rows
    ]
