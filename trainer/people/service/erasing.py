"""Erasing: a person's particulars go, keys and statistics stay. It cannot be undone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit.db import queue_up
from trainer.people.domain.erasing import ERASED_LOGIN
from trainer.people.domain.erasing import ERASED_NAME
from trainer.people.domain.erasing import ErasedError
from trainer.people.domain.erasing import NotReadyError
from trainer.people.domain.erasing import Why
from trainer.people.models import LoginRow
from trainer.people.models import PastPasswordRow
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentRow
from trainer.people.queries.secondments import not_over
from trainer.people.service.accounts import GRANTS
from trainer.people.service.accounts import PLACE
from trainer.people.service.passwords import NOBODY


def erase_person(
    session: Session, key: int, why: Why, *, by: Actor, at: datetime
) -> None:
    """Remove name, login, phone, passwords, grants and addresses of a closed account.

    What the person wrote, searched and learned stays under the key; the entries of
    the audit stay as long as the audit does.

    Raises:
        NotFoundError: there is no such person.
        NotReadyError: the account is open, or work has not ended.
        ErasedError: it has been done already.
    """
    by.must(Permission.ADMINISTER)
    queue_up(session, PLACE)
    row = session.get(PersonRow, key)
    if row is None:
        raise NotFoundError(N_("没有这个人"))
    _must_be_ready(session, row, at)
    _clear(row, at)
    session.flush()
    for grant in GRANTS:
        session.execute(delete(grant).where(grant.person_id == key))
    session.execute(delete(PastPasswordRow).where(PastPasswordRow.person_id == key))
    session.execute(
        update(LoginRow)
        .where(LoginRow.person_id == key)
        .values(address="", agent="", hint="")
    )
    session.execute(
        update(SecondmentRow)
        .where(SecondmentRow.person_id == key)
        .values(reason="", end_reason="")
    )
    entry = Entry(
        person=by.person, verb="person.erased", object=f"person/{key}", detail=why
    )
    audit.record(session, entry, at=at)


def _clear(row: PersonRow, at: datetime) -> None:
    row.name, row.login = ERASED_NAME, f"{ERASED_LOGIN}{row.id}"
    row.phone, row.sso_subject = "", None
    row.password_hash, row.must_change_password = NOBODY, True
    row.erased_at = at


def _must_be_ready(session: Session, row: PersonRow, at: datetime) -> None:
    if row.erased_at is not None:
        raise ErasedError
    if row.active:
        raise NotReadyError(N_("账号还在用；请先停用账号，再注销资料"))
    open_work = select(SecondmentRow.id).where(
        SecondmentRow.person_id == row.id, not_over(day_of(at))
    )
    if session.scalars(open_work).first() is not None:
        raise NotReadyError(N_("任职还没有结束；请先登记离开，再注销资料"))
