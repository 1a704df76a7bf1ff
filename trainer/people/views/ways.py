"""The ways into this site, as the installation has set them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import cast

from flask import current_app
from flask import request

from trainer.kit.web import current
from trainer.kit.web.addresses import Networks
from trainer.kit.web.addresses import is_within
from trainer.people.domain.accounts import LOGIN
from trainer.people.domain.logins import DEFAULT_RULES
from trainer.people.domain.logins import LoginRules
from trainer.people.domain.logins import Visit

if TYPE_CHECKING:  # it needs an extra
    from trainer.people.service.provider import Provider

EXTENSION = "ways"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How people log in here.

    Attributes:
        rules: What is set about passwords and sessions.
        provider: Single sign-on by OpenID Connect; None is not set up.
        provider_name: What people call it.
        header: Request header in which a proxy names the person; empty for none.
        proxies: Who may do so.
        address: What this site is called by browsers, ``https://desk.example``.
    """

    rules: LoginRules = DEFAULT_RULES
    provider: Provider | None = None
    provider_name: str = ""
    header: str = ""
    proxies: Networks = ()
    address: str = ""


def ways() -> Ways:
    """Give the ways into this site."""
    return cast("Ways", current_app.extensions[EXTENSION])


def visit(instead_of: str = "") -> Visit:
    """Give where this request comes from."""
    return Visit(
        address=current.address(),
        agent=request.headers.get("User-Agent", ""),
        instead_of=instead_of,
    )


def named_by_proxy() -> str:
    """Give the 工号 that the proxy says this request is of, empty for none.

    Only the direct peer is asked who he is: what he forwards he may have been told.
    """
    known = ways()
    named = request.headers.get(known.header, "") if known.header else ""
    trusted = is_within(request.remote_addr or "", known.proxies)
    return named if trusted and LOGIN.match(named) else ""


def is_forged() -> bool:
    """Tell whether somebody else than the proxy names a person."""
    known = ways()
    named = bool(known.header) and known.header in request.headers
    return named and not is_within(request.remote_addr or "", known.proxies)
