"""Reads of accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row
from sqlalchemy import ScalarSelect
from sqlalchemy import Select
from sqlalchemy import SQLColumnExpression
from sqlalchemy import String
from sqlalchemy import cast
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.actor import Scope
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.people.domain.accounts import Person
from trainer.people.domain.roles import Role
from trainer.people.models import PersonPostRow
from trainer.people.models import PersonRoleRow
from trainer.people.models import PersonRow
from trainer.people.models import SupervisedOrganisationRow
from trainer.people.models import SupervisedSiteRow

SEPARATOR = "\n"
"""Between the roles and posts of one row; no code holds it."""


def person(session: Session, key: int, *, reader: Actor) -> Person:
    """Give an account, to its owner or an administrator.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    allowed = reader.may(Permission.ADMINISTER) or reader.person == key
    row = session.execute(account_rows().where(PersonRow.id == key)).first()
    if row is None or not allowed:
        raise NotFoundError(N_("没有这个账号"))
    return person_of(row)


def everybody(session: Session, *, reader: Actor) -> list[Person]:
    """Give all accounts, open ones first; only an administrator sees them."""
    reader.must(Permission.ADMINISTER)
    return [person_of(row) for row in session.execute(account_rows().order_by(*ORDER))]


def anybody(session: Session) -> bool:
    """Tell whether there is an account at all."""
    return session.scalars(select(PersonRow.id).limit(1)).first() is not None


def person_by_login(session: Session, login: str, *, reader: Actor) -> Person | None:
    """Give the account with a login, to an administrator."""
    reader.must(Permission.ADMINISTER)
    row = session.execute(account_rows().where(PersonRow.login == login)).first()
    return person_of(row) if row else None


def names(session: Session, people: Iterable[int], *, reader: Actor) -> dict[int, str]:
    """Give the shown names of some people, to somebody who is logged in."""
    if not reader.person:
        return {}
    rows = session.execute(
        select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(set(people)))
    )
    return dict(rows.all())


ORDER = (PersonRow.active.desc(), PersonRow.login)
"""Open accounts first."""


def account_rows(*more: SQLColumnExpression[Any]) -> Select[Any]:
    """Begin a question for accounts, each with all its grants in one row."""
    post = PersonPostRow.post_code
    columns: tuple[Any, ...] = (
        PersonRow,
        _joined(PersonRoleRow.role, PersonRoleRow.person_id).label("roles"),
        _joined(post, PersonPostRow.person_id, ~PersonPostRow.deputy).label("posts"),
        _joined(post, PersonPostRow.person_id, PersonPostRow.deputy).label("deputies"),
        _joined(
            cast(SupervisedSiteRow.site_id, String), SupervisedSiteRow.person_id
        ).label("sites"),
        _joined(
            cast(SupervisedOrganisationRow.organisation_id, String),
            SupervisedOrganisationRow.person_id,
        ).label("organisations"),
    )
    return select(*columns, *more)


def _joined(
    value: SQLColumnExpression[str],
    person: SQLColumnExpression[int],
    *only: SQLColumnExpression[bool],
) -> ScalarSelect[str]:
    """Ask for the rows of a person as one text."""
    return (
        select(func.aggregate_strings(value, SEPARATOR))
        .where(person == PersonRow.id, *only)
        .scalar_subquery()
    )


def person_of(row: Row[Any]) -> Person:
    """Give a row of :func:`account_rows` as readers get it."""
    found: PersonRow = row.PersonRow
    return Person(
        id=found.id,
        login=found.login,
        name=found.name,
        roles=frozenset(Role(role) for role in parts(row.roles)),
        posts=frozenset(parts(row.posts)),
        active=found.active,
        must_change_password=found.must_change_password,
        deputies=frozenset(parts(row.deputies)),
        scope=Scope(
            sites=frozenset(map(int, parts(row.sites))),
            organisations=frozenset(map(int, parts(row.organisations))),
        ),
        phone=found.phone,
        erased=found.erased_at is not None,
    )


def parts(joined: str | None) -> list[str]:
    """Take apart what was asked for as one text."""
    return joined.split(SEPARATOR) if joined else []
