"""The provider of single sign-on, as this site talks to it.

The only outbound connections of the product: to the origin of the configured issuer,
nowhere else, no redirects followed, no proxies of the environment, five seconds each.
Authlib and its HTTP client are an extra (``trainer[sso]``), so this module is imported
only where single sign-on is set up.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from threading import BoundedSemaphore
from urllib.parse import urlencode
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from httpx2 import HTTPError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from trainer.core.errors import TrainerError
from trainer.people.domain.signon import Attempt
from trainer.people.domain.signon import Identity
from trainer.people.domain.signon import NotForUsError
from trainer.people.domain.signon import ProviderRefusedError
from trainer.people.domain.signon import Registration
from trainer.people.domain.signon import UnreachableError
from trainer.people.domain.signon import identity_in

DISCOVERY = "/.well-known/openid-configuration"
SCOPES = "openid profile"
SIGNATURES = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)
"""Signed with the provider's private key; never with a secret we hold too."""

TIMEOUT = 5.0
"""Seconds to connect, and to wait for each part of an answer."""

AT_ONCE = 4
"""Requests that wait for the provider at a time, so that the others find a thread."""

FRESH = timedelta(minutes=10)
"""What the provider says of itself is asked again after this time."""

ASKED_AGAIN = timedelta(minutes=1)
"""Its keys are asked again earlier when one is missing, but no more often."""


class Provider:
    """The one provider this site trusts."""

    def __init__(self, known: Registration) -> None:
        self._known = known
        self._places = BoundedSemaphore(AT_ONCE)
        self._kept: dict[str, tuple[datetime, Mapping[str, object]]] = {}

    def invitation(self, attempt: Attempt, at: datetime) -> str:
        """Give the address that asks the provider who somebody is.

        Raises:
            UnreachableError: it does not answer.
            ProviderRefusedError: its description cannot be used.
        """
        with self._client(at) as (client, described):
            address, _ = client.create_authorization_url(
                _address(described, "authorization_endpoint"),
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return str(address)

    def identity(self, code: str, attempt: Attempt, at: datetime) -> Identity:
        """Give who is meant by a code that came back.

        Raises:
            UnreachableError: the provider does not answer.
            ProviderRefusedError: it takes the code for no good.
            NotForUsError: what it says is not signed by it, or not for this login.
            ClockSkewError: its clock and ours are too far apart.
        """
        with self._client(at) as (client, described):
            answered = client.fetch_token(
                self._own(described, "token_endpoint"),
                grant_type="authorization_code",
                code=code,
                code_verifier=attempt.verifier,
            )
            signed = answered.get("id_token")
            if not isinstance(signed, str):
                raise ProviderRefusedError
            claims = self._claims(client, described, signed, at)
        identity = identity_in(claims, self._known, attempt.nonce, at)
        return replace(identity, hint=signed)

    def farewell(self, hint: str, to: str, at: datetime) -> str:
        """Give the address that ends the provider's session too, empty for none."""
        try:
            with self._client(at) as (_, described):
                address = _address(described, "end_session_endpoint")
        except TrainerError:
            return ""
        asked = {
            "id_token_hint": hint,
            "client_id": self._known.client,
            "post_logout_redirect_uri": to,
        }
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"

    def _claims(
        self,
        client: OAuth2Client,
        described: Mapping[str, object],
        signed: str,
        at: datetime,
    ) -> Mapping[str, object]:
        """Check who has signed; a key we do not know yet is asked for once."""
        address = self._own(described, "jwks_uri")
        for fresh in (FRESH, ASKED_AGAIN):
            keys = self._described(client, address, at, fresh)
            try:
                known = KeySet.import_key_set(keys)  # type: ignore[arg-type]  # checked inside
                return jwt.decode(signed, known, algorithms=SIGNATURES).claims
            except (JoseError, ValueError, KeyError, TypeError):
                continue
        raise NotForUsError

    @contextmanager
    def _client(
        self, at: datetime
    ) -> Iterator[tuple[OAuth2Client, Mapping[str, object]]]:
        """Open a client, with the provider's description of itself."""
        if not self._places.acquire(blocking=False):
            raise UnreachableError
        try:
            with OAuth2Client(
                self._known.client,
                self._known.secret or None,
                scope=SCOPES,
                redirect_uri=self._known.back,
                code_challenge_method="S256",
                timeout=TIMEOUT,
                trust_env=False,
                follow_redirects=False,
            ) as client:
                yield client, self._description(client, at)
        except HTTPError as error:
            raise UnreachableError from error
        except (AuthlibBaseError, ValueError) as error:
            raise ProviderRefusedError from error
        finally:
            self._places.release()

    def _description(self, client: OAuth2Client, at: datetime) -> Mapping[str, object]:
        address = self._known.issuer.rstrip("/") + DISCOVERY
        described = self._described(client, address, at, FRESH)
        if described.get("issuer") != self._known.issuer:
            raise ProviderRefusedError
        offered = described.get("token_endpoint_auth_methods_supported")
        if self._known.secret and isinstance(offered, list):
            ways = ("client_secret_basic", "client_secret_post")
            way = next((way for way in ways if way in offered), ways[0])
            client.token_endpoint_auth_method = way
        return described

    def _described(
        self, client: OAuth2Client, address: str, at: datetime, fresh: timedelta
    ) -> Mapping[str, object]:
        """Give a document of the provider, not older than it may be."""
        kept = self._kept.get(address)
        if kept is not None and timedelta() <= at - kept[0] < fresh:
            return kept[1]
        answered = client.request("GET", address, withhold_token=True)
        answered.raise_for_status()
        document = answered.json()
        if not isinstance(document, dict):
            raise ProviderRefusedError
        self._kept[address] = (at, document)
        return document

    def _own(self, described: Mapping[str, object], name: str) -> str:
        """Give an address this site itself calls: the issuer's origin only."""
        address = _address(described, name)
        if urlsplit(address)[:2] != urlsplit(self._known.issuer)[:2]:
            raise ProviderRefusedError
        return address


def _address(described: Mapping[str, object], name: str) -> str:
    """Give an address the provider names, for us or for a browser."""
    address = described.get(name)
    if not (isinstance(address, str) and urlsplit(address)[0] in {"http", "https"}):
        raise ProviderRefusedError
    return address
