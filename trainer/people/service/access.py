"""What an administrator does about a person's logins: releases, reopens, ends."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.people.models import PersonRow
from trainer.people.queries import address_key
from trainer.people.queries import login_key
from trainer.people.service import brake
from trainer.people.service.logins import end_logins


def release_lock(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """End the wait of a person who mistyped the password too often."""
    row = _row(session, key, by)
    if brake.forget(session, [login_key(row.login)]):
        _record(session, "login.released", key, by, at)


def release_address(session: Session, address: str, *, by: Actor, at: datetime) -> bool:
    """End the wait of a network address; tell whether anything was counted for it."""
    by.must(Permission.ADMINISTER)
    counted = brake.forget(session, [address_key(address)])
    if counted:
        entry = Entry(person=by.person, verb="login.address_released", detail=address)
        audit.record(session, entry, at=at)
    return counted


def open_unused(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Let an account in again that nobody has used for long; its time begins anew."""
    row = _row(session, key, by)
    row.used_at = at
    _record(session, "account.unused_opened", key, by, at)


def end_sessions(session: Session, key: int, *, by: Actor, at: datetime) -> int:
    """End all sessions of a person; give how many they were."""
    _row(session, key, by)
    ended = end_logins(session, key, at=at)
    _record(session, "login.all_ended", key, by, at, str(ended))
    return ended


def unbind(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Forget who the account is to single sign-on; the next login binds it anew."""
    row = _row(session, key, by)
    row.sso_subject = None
    end_logins(session, key, at=at)
    _record(session, "signon.unbound", key, by, at)


def _row(session: Session, key: int, by: Actor) -> PersonRow:
    by.must(Permission.ADMINISTER)
    row = session.get(PersonRow, key)
    if row is None:
        raise NotFoundError(N_("没有这个账号"))
    return row


def _record(
    session: Session, verb: str, key: int, by: Actor, at: datetime, detail: str = ""
) -> None:
    entry = Entry(person=by.person, verb=verb, object=f"person/{key}", detail=detail)
    audit.record(session, entry, at=at)
