"""Logins: how long they last, and why one is refused; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.people.domain.accounts import Person

IDLE = timedelta(minutes=15)
"""A session that nobody uses ends after this time."""

LIFETIME = timedelta(hours=12)
"""Every session ends after this time."""

SEEN_EVERY = timedelta(minutes=1)
"""A session notes that it is used at most this often."""

MOST_FAILURES = 5
"""Wrong passwords for one login within :data:`FAILURE_WINDOW`; then it waits."""

FAILURE_WINDOW = timedelta(minutes=10)
"""Counted from the first wrong password; trying on does not make it longer."""


class LoginFailedError(TrainerError):
    """Unknown login, wrong password or closed account: the person is not told which."""

    def __init__(self) -> None:
        super().__init__(N_("工号或密码不对；忘记密码请联系管理员重置"))


class WrongPasswordError(TrainerError):
    """The old password given with a new one is wrong."""

    def __init__(self) -> None:
        super().__init__(N_("原密码不对；忘记密码请联系管理员重置"))


class TooManyFailuresError(TrainerError):
    """Too many wrong passwords for this login, whether or not there is such a one."""

    def __init__(self) -> None:
        minutes = FAILURE_WINDOW // timedelta(minutes=1)
        super().__init__(
            Nn_(
                "连续输错 {failures} 次，请等 {n} 分钟再试；急用请联系管理员",
                failures=MOST_FAILURES,
                n=minutes,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A login that still counts."""

    person: Person
    noted_at: datetime
    """When its use was last written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLogin:
    """One of a person's open logins; ``this`` is the one asking."""

    began_at: datetime
    seen_at: datetime
    this: bool
