"""What the provider says is weighed before anybody is asked anything else."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.factories import NOON
from trainer.core.errors import TrainerError
from trainer.people.domain.signon import Attempt
from trainer.people.domain.signon import NotForUsError
from trainer.people.domain.signon import ProviderRefusedError
from trainer.people.domain.signon import Registration
from trainer.people.domain.signon import UnreachableError
from trainer.people.service import provider as module
from trainer.people.service.provider import Provider

pytestmark = pytest.mark.loopback

ATTEMPT = Attempt(state="s", nonce="n", verifier="v" * 64, next="", begun_at=NOON)
DESCRIPTION = "/.well-known/openid-configuration"
ELSEWHERE = "http://203.0.113.9"
"""Nobody is asked there: the test would fail at the attempt to connect."""


class Liar(ThreadingHTTPServer):
    """A provider on loopback that says what a test tells it, and keeps who asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[str] = []
        self.says: dict[str, object] = {}

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def describe(self, **more: object) -> None:
        """Describe itself as a provider does, but for what a test changes."""
        self.says[DESCRIPTION] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            **more,
        }


class Answering(BaseHTTPRequestHandler):
    """Answers with what the server was told, else 404; a number is a redirect."""

    server: Liar

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        said = self.server.says.get(self.path)
        written = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(404 if said is None else 302 if said == 302 else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Location", f"{ELSEWHERE}/")
        self.send_header("Content-Length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def liar() -> Iterator[Liar]:
    with Liar() as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        server.describe()
        yield server
        server.shutdown()


def provider_of(liar: Liar, secret: str = "x") -> Provider:  # noqa: S107  (fictitious)
    return Provider(
        Registration(
            issuer=liar.issuer,
            client="trainer",
            secret=secret,
            claim="number",
            back="https://desk.example/people/signon/back",
        )
    )


def refusal(provider: Provider) -> type[TrainerError]:
    with pytest.raises(TrainerError) as caught:
        provider.identity("code", ATTEMPT, NOON)
    return caught.type


def claims(liar: Liar) -> dict[str, object]:
    return {
        "iss": liar.issuer,
        "aud": "trainer",
        "sub": "17",
        "nonce": "n",
        "iat": int(NOON.timestamp()),
        "exp": int(NOON.timestamp()) + 600,
        "number": "w1",
    }


def sign(liar: Liar, key: RSAKey) -> None:
    """Let the server hand out claims signed with a key."""
    header = {"alg": "RS256", "kid": "1"}
    signed = jwt.encode(header, claims(liar), key)
    liar.says["/token"] = {"access_token": "a", "id_token": signed}


@pytest.fixture(scope="module")
def key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "1"})


def publish(liar: Liar, key: RSAKey) -> None:
    liar.says["/jwks"] = {"keys": [key.as_dict(private=False)]}


def test_the_server_of_this_test_can_be_believed(liar: Liar, key: RSAKey) -> None:
    publish(liar, key)
    sign(liar, key)
    assert provider_of(liar).identity("code", ATTEMPT, NOON).login == "w1"
    assert liar.asked == [DESCRIPTION, "/token", "/jwks"]


@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri"])
@pytest.mark.parametrize(
    "address",
    [
        f"{ELSEWHERE}/x",
        "https://127.0.0.1/x",
        "http://127.0.0.1:1@203.0.113.9/x",
        "file:///etc/passwd",
        "//203.0.113.9/x",
        "",
        None,
        7,
    ],
    ids=str,
)
def test_only_the_origin_of_the_issuer_is_asked(
    liar: Liar, key: RSAKey, name: str, address: object
) -> None:
    publish(liar, key)
    sign(liar, key)
    liar.describe(**{name: address})
    assert refusal(provider_of(liar)) is ProviderRefusedError


@pytest.mark.parametrize("path", [DESCRIPTION, "/token", "/jwks"])
def test_a_redirect_leads_nowhere(liar: Liar, key: RSAKey, path: str) -> None:
    publish(liar, key)
    sign(liar, key)
    liar.says[path] = 302
    assert issubclass(
        refusal(provider_of(liar)), UnreachableError | ProviderRefusedError
    )


@pytest.mark.parametrize(
    "said", [b"", b"<html>", b"[]", b"7", b"{" * 100_000, {"issuer": "x"}, {}], ids=str
)
def test_a_description_that_is_none_is_refused(liar: Liar, said: object) -> None:
    liar.says[DESCRIPTION] = said
    assert refusal(provider_of(liar)) is ProviderRefusedError
    assert liar.asked == [DESCRIPTION]
    with pytest.raises(ProviderRefusedError):
        provider_of(liar).invitation(ATTEMPT, NOON)


@pytest.mark.parametrize(
    "said",
    [
        {"error": "invalid_grant"},
        {"access_token": "a"},
        {"access_token": "a", "id_token": 7},
        b"<html>",
        [],
    ],
    ids=str,
)
def test_an_answer_without_a_token_is_refused(liar: Liar, said: object) -> None:
    liar.says["/token"] = said
    assert refusal(provider_of(liar)) is ProviderRefusedError


def test_only_the_key_of_the_provider_signs(liar: Liar, key: RSAKey) -> None:
    publish(liar, key)
    sign(liar, RSAKey.generate_key(2048, {"kid": "1"}))
    assert refusal(provider_of(liar)) is NotForUsError


def test_a_secret_that_both_know_signs_nothing(liar: Liar, key: RSAKey) -> None:
    """The public key, or our own secret, taken for the secret of a signature."""
    publish(liar, key)
    for shared in (b"x" * 32, key.as_pem(private=False)):
        head, said = (encoded(part) for part in ({"alg": "HS256"}, claims(liar)))
        mark = hmac.digest(shared, f"{head}.{said}".encode(), "sha256")
        signed = f"{head}.{said}.{urlsafe_b64encode(mark).decode().rstrip('=')}"
        liar.says["/token"] = {"access_token": "a", "id_token": signed}
        assert refusal(provider_of(liar, "x" * 32)) is NotForUsError


def encoded(part: Mapping[str, object]) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "signed",
    ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxNyJ9.", "." * 10_000],
    ids=lambda signed: signed[:12],
)
def test_a_token_that_is_not_signed_is_refused(
    liar: Liar, key: RSAKey, signed: str
) -> None:
    publish(liar, key)
    liar.says["/token"] = {"access_token": "a", "id_token": signed}
    assert refusal(provider_of(liar)) is NotForUsError


@pytest.mark.parametrize("said", [{}, {"keys": []}, {"keys": [{"kty": "x"}]}], ids=str)
def test_keys_that_are_none_are_refused(
    liar: Liar, key: RSAKey, said: Mapping[str, object]
) -> None:
    sign(liar, key)
    liar.says["/jwks"] = said
    assert refusal(provider_of(liar)) is NotForUsError


def test_the_description_is_asked_every_ten_minutes_at_most(liar: Liar) -> None:
    provider = provider_of(liar)
    for seconds in (0, 599):
        provider.invitation(ATTEMPT, NOON + seconds * module.FRESH / 600)
    assert len(liar.asked) == 1
    provider.invitation(ATTEMPT, NOON + module.FRESH)
    assert len(liar.asked) == 2


def test_no_more_wait_for_the_provider_at_once_than_leave_room(liar: Liar) -> None:
    provider = provider_of(liar)
    taken = [provider._places.acquire(blocking=False) for _ in range(9)]  # noqa: SLF001  (four requests under way)
    assert taken.count(True) == module.AT_ONCE
    with pytest.raises(UnreachableError):
        provider.invitation(ATTEMPT, NOON)


def test_a_provider_without_a_logout_is_not_said_goodbye_to(liar: Liar) -> None:
    assert provider_of(liar).farewell("hint", "https://desk.example", NOON) == ""
    liar.describe(end_session_endpoint=f"{liar.issuer}/out?tenant=1")
    address = provider_of(liar).farewell("hint", "https://desk.example/", NOON)
    assert address.startswith(
        f"{liar.issuer}/out?tenant=1&id_token_hint=hint&client_id"
    )
