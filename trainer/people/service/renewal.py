"""Passwords renewed: by their owner, or reset by an administrator; the last ones kept.

Hashing is slow on purpose, so an owner's change is checked before the write begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.people import queries
from trainer.people.domain.accounts import Person
from trainer.people.domain.erasing import ErasedError
from trainer.people.domain.logins import TooManyFailuresError
from trainer.people.domain.logins import WrongPasswordError
from trainer.people.domain.passwords import REMEMBERED
from trainer.people.domain.passwords import UsedPasswordError
from trainer.people.domain.passwords import WeakPasswordError
from trainer.people.domain.passwords import must_be_strong
from trainer.people.models import PastPasswordRow
from trainer.people.models import PersonRow
from trainer.people.queries import login_key
from trainer.people.service import brake
from trainer.people.service.logins import end_logins
from trainer.people.service.passwords import HASHER
from trainer.people.service.passwords import matches


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedChange:
    """A change of password, with what came of the old and the new one.

    ``kept`` is the digest the old one was checked against, ``new`` that of the new
    one; ``refusal`` says why the new one cannot be.
    """

    kept: str
    matches: bool
    new: str = ""
    refusal: TrainerError | None = None


def check_change(session: Session, old: str, new: str, *, by: Actor) -> CheckedChange:
    """Check one's own change of password; slow, so do it before the write begins.

    The new one is looked at only when the old one is right.
    """
    row = _row(session, by.person)
    if not matches(row.password_hash, old):
        return CheckedChange(kept=row.password_hash, matches=False)
    refusal = _unfit(session, row, new)
    return CheckedChange(
        kept=row.password_hash,
        matches=True,
        new="" if refusal else HASHER.hash(new),
        refusal=refusal,
    )


def change_password(
    session: Session, checked: CheckedChange, *, by: Actor, at: datetime
) -> TrainerError | None:
    """Change one's own password; all one's sessions end.

    Returns:
        Why it was not changed, None when it was. A refusal is given and not
        raised, because the failure that was counted must be kept.
    """
    row = _row(session, by.person)
    if not brake.take(session, row.login, at=at):
        wait = brake.remaining(session, login_key(row.login), at=at)
        return TooManyFailuresError(wait)
    if not (checked.matches and checked.kept == row.password_hash):
        audit.record(session, _entry("account.password_refused", row.id, by), at=at)
        return WrongPasswordError()
    brake.release(session, row.login, at=at)
    if checked.refusal is not None:
        return checked.refusal
    _replace(session, row, checked.new, at)
    row.must_change_password = False
    end_logins(session, by.person, at=at)
    audit.record(session, _entry("account.password_changed", row.id, by), at=at)
    return None


def reset_password(
    session: Session, key: int, password: str, *, by: Actor, at: datetime
) -> Person:
    """Give a person a new first password; all his sessions end, no wait is left."""
    by.must(Permission.ADMINISTER)
    row = _row(session, key)
    if row.erased_at is not None:
        raise ErasedError
    must_be_strong(password, row.login, name=row.name, phone=row.phone)
    _replace(session, row, HASHER.hash(password), at)
    row.must_change_password = True
    session.flush()
    end_logins(session, key, at=at)
    brake.release(session, row.login, at=at)
    audit.record(session, _entry("account.password_reset", key, by), at=at)
    return queries.person(session, key, reader=by)


def _unfit(session: Session, row: PersonRow, new: str) -> TrainerError | None:
    """Tell why a new password cannot be."""
    try:
        must_be_strong(new, row.login, name=row.name, phone=row.phone)
    except WeakPasswordError as error:
        return error
    if matches(row.password_hash, new):
        return TrainerError(N_("新密码和原密码一样；请换一个"))
    used = any(matches(past.password_hash, new) for past in _past(session, row))
    return UsedPasswordError() if used else None


def _replace(session: Session, row: PersonRow, new: str, at: datetime) -> None:
    """Set a new digest, and remember the old one among the last few."""
    past = PastPasswordRow(person_id=row.id, password_hash=row.password_hash, until=at)
    session.add(past)
    session.flush()
    kept = [one.id for one in _past(session, row)]
    session.execute(
        delete(PastPasswordRow).where(
            PastPasswordRow.person_id == row.id, PastPasswordRow.id.not_in(kept)
        )
    )
    row.password_hash, row.password_set_at = new, at
    session.flush()


def _past(session: Session, row: PersonRow) -> Sequence[PastPasswordRow]:
    return session.scalars(
        select(PastPasswordRow)
        .where(PastPasswordRow.person_id == row.id)
        .order_by(PastPasswordRow.id.desc())
        .limit(REMEMBERED)
    ).all()


def _entry(verb: str, key: int, by: Actor) -> Entry:
    return Entry(person=by.person, verb=verb, object=f"person/{key}")


def _row(session: Session, key: int) -> PersonRow:
    row = session.get(PersonRow, key)
    if row is None:
        raise NotFoundError(N_("没有这个账号"))
    return row
