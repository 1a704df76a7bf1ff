"""Logins: how they begin, how long they last, why one is refused; pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from enum import StrEnum

from trainer.core.errors import TooManyError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.people.domain.accounts import Person

IDLE = timedelta(minutes=15)
"""A session that nobody uses ends after this time, or a shorter one by setting."""

LIFETIME = timedelta(hours=12)
"""Every session ends after this time, or a shorter one by setting."""

SEEN_EVERY = timedelta(minutes=1)
"""A session notes that it is used at most this often."""

MOST_FAILURES = 5
"""Wrong passwords for one login within :data:`FAILURE_WINDOW`; then it waits."""

FAILURE_WINDOW = timedelta(minutes=10)
"""Counted from the first wrong password; trying on does not make it longer."""

WAITS = tuple(timedelta(minutes=minutes) for minutes in (10, 20, 40, 80, 120))
"""How long the first, second, ... lock lasts, from the first wrong password of its
round; every further one as long as the last."""

REMEMBERED = timedelta(days=1)
"""How long after its beginning a round still makes the next lock longer."""


class Means(StrEnum):
    """How somebody proved who he is."""

    PASSWORD = "password"  # noqa: S105  (a word, not a password)
    PROVIDER = "provider"
    HEADER = "header"


MEANS_NAMES = {
    Means.PASSWORD: N_("密码"),
    Means.PROVIDER: N_("统一身份认证"),
    Means.HEADER: N_("单位门户"),
}


class Hindrance(StrEnum):
    """Why somebody who is logged in must change the password first."""

    FIRST = "first"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRules:
    """What an installation may set; sessions can only be made shorter.

    Attributes:
        idle: A session unused for so long has ended; at most :data:`IDLE`.
        lifetime: Every session ends after it; at most :data:`LIFETIME`.
        password_days: Days a password lasts; 0 is for ever.
        unused_days: Days after which an account nobody used must be opened again;
            0 is never.
        address_failures: Wrong passwords from one network address within
            :data:`FAILURE_WINDOW`, whatever the logins; then it waits.
        everybody: Whether everybody may log in with a password, or administrators
            only, because the others have single sign-on.
    """

    idle: timedelta = IDLE
    lifetime: timedelta = LIFETIME
    password_days: int = 180
    unused_days: int = 90
    address_failures: int = 200
    everybody: bool = True


DEFAULT_RULES = LoginRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Where a login comes from.

    Attributes:
        address: Network address, empty when unknown.
        agent: What the browser says of itself.
        instead_of: Token of the session this browser had so far; it ends.
    """

    address: str = ""
    agent: str = ""
    instead_of: str = ""


NO_VISIT = Visit()


class LoginFailedError(TrainerError):
    """Unknown login, wrong password or closed account: the person is not told which."""

    def __init__(self) -> None:
        super().__init__(N_("工号或密码不对；忘记密码请联系管理员重置"))


class OnlyAdministratorsError(TrainerError):
    """Likewise, where only administrators log in with a password."""

    def __init__(self) -> None:
        super().__init__(N_("工号或密码不对，或不是管理员；其他人请用统一身份认证登录"))


class WrongPasswordError(TrainerError):
    """The old password given with a new one is wrong."""

    def __init__(self) -> None:
        super().__init__(N_("原密码不对；忘记密码请联系管理员重置"))


class TooManyFailuresError(TooManyError):
    """Too many wrong passwords for this login, whether or not there is such a one."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(
            Nn_(
                "连续输错 {failures} 次，请等 {n} 分钟再试；急用请联系管理员",
                failures=MOST_FAILURES,
                n=minutes_of(wait),
            ),
            math.ceil(wait.total_seconds()),
        )


class TooManyFromAddressError(TooManyError):
    """Too many wrong passwords from one network address, for whatever logins."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(
            Nn_(
                "从这台电脑所在的网络输错密码的次数太多，请等 {n} 分钟再试；"
                "急用请联系管理员",
                n=minutes_of(wait),
            ),
            math.ceil(wait.total_seconds()),
        )


class UnusedAccountError(TrainerError):
    """Nobody has used the account for so long that it must be opened again."""

    def __init__(self, days: int) -> None:
        super().__init__(
            N_(
                "这个账号超过 {days} 天没有登录，已暂停使用；请联系管理员重新开放",
                days=days,
            )
        )


class WorkOverError(TrainerError):
    """All the person's secondments have ended."""

    def __init__(self) -> None:
        super().__init__(
            N_("您的任职已经结束，不能再登录；仍在岗的，请联系管理员登记新的任职")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A login that still counts."""

    person: Person
    noted_at: datetime
    """When its use was last written down."""

    means: Means = Means.PASSWORD
    hindrance: Hindrance | None = None
    password_ends: datetime | None = None
    """When the password expires; None when it does not, or was not used here."""

    counted: int = 0
    """What the frame of a page counts for the person; 0 where nothing was counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLogin:
    """One of a person's open logins; ``this`` is the one asking."""

    id: int
    began_at: datetime
    seen_at: datetime
    address: str
    agent: str
    means: Means
    this: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A session that has just ended; ``hint`` is what the provider knows it by."""

    means: Means
    hint: str


def wait_after(rounds: int) -> timedelta:
    """Give how long a lock lasts when so many have gone before it."""
    return WAITS[min(rounds, len(WAITS) - 1)]


def minutes_of(wait: timedelta) -> int:
    """Give whole minutes, rounded up, at least one."""
    return max(math.ceil(wait / timedelta(minutes=1)), 1)


def unused_before(at: datetime, rules: LoginRules) -> datetime | None:
    """Give the moment before which an account was last used to be unused now."""
    return at - timedelta(days=rules.unused_days) if rules.unused_days else None
