"""API tokens: a business system's own key, for what it may do and until when; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from enum import StrEnum

from trainer.core.actor import Actor
from trainer.core.errors import DeniedError
from trainer.core.errors import StrangerError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_


class ApiScope(StrEnum):
    """What a token may be made for."""

    SEARCH_READ = "search:read"
    ARTICLES_READ = "articles:read"
    TIPS_READ = "tips:read"
    TIPS_CLERK = "tips:clerk"
    TIPS_WRITE = "tips:write"


SCOPE_NAMES = {
    ApiScope.SEARCH_READ: N_("查政策"),
    ApiScope.ARTICLES_READ: N_("读政策原文和答案卡"),
    ApiScope.TIPS_READ: N_("读易错提示"),
    ApiScope.TIPS_CLERK: N_("按职工排易错提示"),
    ApiScope.TIPS_WRITE: N_("回传提示的处理情况"),
}

PREFIX = "trn_"
"""Begins every token, so that one in a log or a script is recognised."""

LONGEST = timedelta(days=366)
"""A token lasts at most so long."""

ENDING_SOON = timedelta(days=30)
"""Before its end a token is flagged for so long."""

USED_EVERY = timedelta(minutes=1)
"""A token notes that it is used at most this often."""


class State(StrEnum):
    """Where a token stands."""

    GOOD = "good"
    ENDING = "ending"
    EXPIRED = "expired"
    REVOKED = "revoked"


STATE_NAMES = {
    State.GOOD: N_("有效"),
    State.ENDING: N_("即将到期"),
    State.EXPIRED: N_("已到期"),
    State.REVOKED: N_("已吊销"),
}


class NoTokenError(StrangerError):
    """The request carries no token."""

    code = "token_missing"

    def __init__(self) -> None:
        super().__init__(N_("请求没有带令牌；请放在 Authorization: Bearer 请求头里"))


class TokenInAddressError(TrainerError):
    """The token stands in the address, where every log keeps it."""

    code = "token_in_url"

    def __init__(self) -> None:
        super().__init__(
            N_(
                "令牌不能写在网址里，会留在各处日志中；请放到 Authorization: Bearer "
                "请求头里，并请管理员吊销这个令牌、换一个新的"
            )
        )


class UnknownTokenError(StrangerError):
    """There is no such token."""

    code = "token_unknown"

    def __init__(self) -> None:
        super().__init__(N_("令牌不对；请核对，或请管理员新建一个"))


class ExpiredTokenError(StrangerError):
    """The token has come to its end."""

    code = "token_expired"

    def __init__(self) -> None:
        super().__init__(N_("令牌已到期；请管理员新建一个"))


class RevokedTokenError(StrangerError):
    """The token was revoked."""

    code = "token_revoked"

    def __init__(self) -> None:
        super().__init__(N_("令牌已吊销；请管理员新建一个"))


class ScopeMissingError(DeniedError):
    """The token was not made for this."""

    code = "scope_missing"

    def __init__(self, needed: str) -> None:
        super().__init__(
            N_(
                "这个令牌没有 {needed} 权限；请管理员新建一个带此权限的令牌",
                needed=needed,
            )
        )


class TokenCannotBeError(TrainerError):
    """The token is for nothing, or for longer than a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """Command: let a business system in.

    Attributes:
        system: What it is called.
        scopes: What it may do, at least one.
        days: How long, 1 to :data:`LONGEST` in days.
    """

    system: str
    scopes: frozenset[ApiScope]
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as administrators see it; what it is itself nobody sees again."""

    id: int
    system: str
    scopes: frozenset[ApiScope]
    made_by: int
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None

    def state(self, at: datetime) -> State:
        """Tell where it stands at a moment."""
        if self.revoked_at is not None:
            return State.REVOKED
        if self.expires_at <= at:
            return State.EXPIRED
        return State.ENDING if self.expires_at - at <= ENDING_SOON else State.GOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A business system that has shown its token.

    ``token`` is its key, 0 when it showed none of ours; ``noted_at`` is when its use
    was last written down; ``refusal`` is why it is not let in, None when it is.
    """

    token: int
    actor: Actor
    noted_at: datetime | None
    refusal: TrainerError | None = None


def must_be_possible(command: NewToken) -> None:
    """Check what a token is asked for.

    Raises:
        TokenCannotBeError: it would be for nobody, for nothing, or for too long.
    """
    if not command.system.strip():
        raise TokenCannotBeError(N_("请写明是哪个业务系统用"))
    if not command.scopes:
        raise TokenCannotBeError(N_("请至少选一项权限"))
    if not 1 <= command.days <= LONGEST.days:
        raise TokenCannotBeError(N_("有效期是 1 到 {days} 天", days=LONGEST.days))
