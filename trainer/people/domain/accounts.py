"""Accounts: a person as this site knows him; pure.

Terms:
    login: 工号, what a person types to log in; never reused.
    post: 岗位, owns content, so that nobody's leaving orphans it.
    deputy: holds a post beside its holder, with the same duties.
    scope: whose records a supervisor sees, see :class:`trainer.core.actor.Scope`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from trainer.core.actor import NO_SCOPE
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.actor import Scope
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.people.domain.roles import PERMISSIONS
from trainer.people.domain.roles import Role

LOGIN = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{1,31}\Z")

PHONE = re.compile(r"^\+?[0-9][0-9 -]{4,18}[0-9]\Z")


class NobodyAdministersError(TrainerError):
    """The change would leave the installation without an administrator."""

    def __init__(self) -> None:
        super().__init__(N_("至少要留一位在用的系统管理员；请先把这个角色交给别人"))


class LoginTakenError(TrainerError):
    """Another person has this login."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An account as others see it.

    ``phone`` is as it was given, empty when unknown; pages show :func:`masked`.
    ``erased`` tells that its owner's particulars were removed.
    """

    id: int
    login: str
    name: str
    roles: frozenset[Role]
    posts: frozenset[str]
    active: bool
    must_change_password: bool
    deputies: frozenset[str] = frozenset()
    scope: Scope = NO_SCOPE
    phone: str = ""
    erased: bool = False

    def actor(self) -> Actor:
        """Give what use cases need to know."""
        granted = frozenset[Permission]().union(*(PERMISSIONS[r] for r in self.roles))
        return Actor(
            self.id, self.name, granted, self.posts | self.deputies, self._scope()
        )

    def _scope(self) -> Scope:
        """Sites and banks count for a supervisor only; a manager sees everybody."""
        if Role.MANAGER in self.roles:
            return Scope(everybody=True)
        return self.scope if Role.SUPERVISOR in self.roles else NO_SCOPE

    def account(self) -> Account:
        """Give what an administrator has said of the person so far."""
        return Account(
            login=self.login,
            name=self.name,
            roles=self.roles,
            posts=self.posts,
            active=self.active,
            deputies=self.deputies,
            scope=self.scope,
            phone=self.phone,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Command: what an administrator says of a person."""

    login: str
    name: str
    roles: frozenset[Role]
    posts: frozenset[str] = frozenset()
    active: bool = True
    deputies: frozenset[str] = frozenset()
    scope: Scope = NO_SCOPE
    phone: str = ""


def masked(phone: str) -> str:
    """Hide the middle of a telephone number: ``138****0000``."""
    kept = 3 if len(phone) > 7 else 1  # noqa: PLR2004  (a mobile shows three and four)
    if len(phone) <= kept + 1:
        return "*" * len(phone)
    tail = 4 if kept > 1 else 1
    return phone[:kept] + "*" * (len(phone) - kept - tail) + phone[-tail:]
