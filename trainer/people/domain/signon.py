"""Single sign-on: what is asked of the provider, and when its answer counts; pure.

Source: OpenID Connect Core 1.0, 3.1.2 and 3.1.3.7.

Terms:
    provider: 统一身份认证, the identity provider of the centre.
    subject: how the provider names a person, the same for ever.
    claim: something the provider says of a person.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from trainer.core.errors import BusyError
from trainer.core.errors import DeniedError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_

PATIENCE = timedelta(minutes=10)
"""A person comes back from the provider within this time, or begins anew."""

LEEWAY = timedelta(minutes=2)
"""So far the provider's clock may be from ours."""

LONGEST_LOGIN = 32
"""Characters of a 工号."""


class SignOnError(TrainerError):
    """Single sign-on did not succeed; begin anew."""


class StaleAttemptError(SignOnError):
    """The way back was not begun in this browser, took too long, or was gone before."""

    def __init__(self) -> None:
        super().__init__(N_("这次登录已失效或已经用过；请重新点一次登录"))


class CancelledError(SignOnError):
    """The person, or the provider, said no."""

    def __init__(self) -> None:
        super().__init__(
            N_("统一身份认证没有同意这次登录，或您取消了登录；需要时请重新登录")
        )


class ProviderRefusedError(SignOnError):
    """The provider answered with an error."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "统一身份认证没有完成这次登录；请重新登录一次，仍不行请联系管理员检查单点登录设置"
            )
        )


class NotForUsError(SignOnError):
    """The answer is not signed by the provider, or not meant for this login."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "统一身份认证的答复没有通过核对，没有登录；请重新登录一次，仍不行请联系管理员"
            )
        )


class ClockSkewError(SignOnError):
    """The two clocks are too far apart to tell whether the answer is fresh."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "本站和统一身份认证的时钟相差太大，没有登录；请管理员校准两边服务器的时间"
            )
        )


class NoLoginToldError(SignOnError):
    """The provider does not say which 工号 the person has."""

    def __init__(self) -> None:
        super().__init__(
            N_("统一身份认证没有告诉本站您的工号，没有登录；请管理员检查单点登录设置")
        )


class UnreachableError(BusyError):
    """The provider does not answer."""

    def __init__(self) -> None:
        super().__init__(
            N_("统一身份认证暂时连不上，没有登录；请稍后再试，急用请联系管理员")
        )


class UnknownAccountError(DeniedError):
    """Nobody has opened an account here for this person."""

    def __init__(self) -> None:
        super().__init__(N_("本站没有您的账号；请联系本单位系统管理员开通"))


class ClosedAccountError(DeniedError):
    """The account is closed."""

    def __init__(self) -> None:
        super().__init__(N_("您在本站的账号已停用；如仍需使用，请联系本单位系统管理员"))


class BoundElsewhereError(DeniedError):
    """The account belongs to another subject of the provider."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "您的工号在本站已与另一个统一身份绑定，没有登录；请联系本单位系统管理员核对"
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """How this site is known to the provider.

    Attributes:
        issuer: Address that names the provider.
        client: Name it knows us by.
        secret: What we prove it with, empty for a public client.
        claim: Which claim is the 工号.
        back: Our address people come back to.
    """

    issuer: str
    client: str
    secret: str
    claim: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A login under way, kept in the browser's signed cookie.

    Attributes:
        state: Comes back unchanged; ties the answer to this browser.
        nonce: Stands in the signed answer; ties it to this login.
        verifier: Proves to the provider that who began also ends (PKCE).
        next: Path the person wanted to see.
        begun_at: When.
    """

    state: str
    nonce: str
    verifier: str
    next: str
    begun_at: datetime

    def is_continued_by(self, state: str, at: datetime) -> bool:
        """Tell whether an answer belongs to this attempt and comes in time."""
        same = hmac.compare_digest(self.state.encode(), state.encode())
        return same and -LEEWAY <= at - self.begun_at <= PATIENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who somebody is, as the provider has signed.

    Attributes:
        subject: Issuer and subject; unique and lasting.
        login: The 工号 it tells, empty when it tells none.
        hint: The signed answer, by which it knows the session at logout.
    """

    subject: str
    login: str
    hint: str = ""


def identity_in(
    claims: Mapping[str, object], known: Registration, nonce: str, at: datetime
) -> Identity:
    """Give who is meant by claims whose signature has been checked.

    Raises:
        NotForUsError: another issuer, audience or login is meant, or one is missing.
        ClockSkewError: it is from the future, or expired.
    """
    audience = claims.get("aud")
    meant = audience if isinstance(audience, list) else [audience]
    subject, told = claims.get("sub"), claims.get("nonce")
    if (
        claims.get("iss") != known.issuer
        or known.client not in meant
        or claims.get("azp", known.client) != known.client
        or (len(meant) > 1 and "azp" not in claims)
        or not (isinstance(subject, str) and subject)
        or not (isinstance(told, str) and hmac.compare_digest(told, nonce))
    ):
        raise NotForUsError
    _must_be_fresh(claims, at)
    login = claims.get(known.claim)
    return Identity(
        subject=f"{known.issuer} {subject}",
        login=str(login).strip()[:LONGEST_LOGIN] if login else "",
    )


def _must_be_fresh(claims: Mapping[str, object], at: datetime) -> None:
    begins, ends = (claims.get(name) for name in ("iat", "exp"))
    not_before = claims.get("nbf", begins)
    numbers = [n for n in (begins, ends, not_before) if isinstance(n, int | float)]
    if len(numbers) < 3:  # noqa: PLR2004  (all of them)
        raise NotForUsError
    issued, expires, starts = numbers
    now, leeway = at.timestamp(), LEEWAY.total_seconds()
    if max(issued, starts) > now + leeway or expires <= now - leeway:
        raise ClockSkewError
