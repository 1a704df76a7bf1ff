"""How somebody may log in, as an administrator sees it; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from trainer.people.domain.accounts import Person
from trainer.people.domain.logins import OwnLogin


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """An account that cannot log in now.

    ``locked_until`` is when its wait after wrong passwords ends; None means that
    nobody has used it for too long, last at ``used_at``.
    """

    person: int
    login: str
    name: str
    used_at: datetime | None
    locked_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedAddress:
    """A network address from which nobody can log in until a moment."""

    address: str
    locked_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How one person may log in.

    Attributes:
        person: Who.
        logins: Sessions that are open.
        used_at: When somebody last logged in; None is never.
        unused: Nobody did for so long that an administrator must open it again.
        locked_until: When the wait after wrong passwords ends; None does not wait.
        password_ends: When the password expires; None is never.
        bound: Whether single sign-on knows the account.
    """

    person: Person
    logins: tuple[OwnLogin, ...]
    used_at: datetime | None
    unused: bool
    locked_until: datetime | None
    password_ends: datetime | None
    bound: bool
