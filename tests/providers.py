"""The provider of :mod:`tests.identity_provider` for tests: started, told, visited."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests.commands import REPOSITORY
from tests.registration import CLAIM
from tests.registration import CLIENT
from tests.registration import PASSWORD
from tests.registration import SECRET
from tests.sites import Site
from tests.sites import make_site
from trainer.core import clock

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATIENCE = 10.0
DESK = "http://desk.example"
"""What browsers call our site."""


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """A provider on loopback."""

    address: str

    @property
    def issuer(self) -> str:
        return f"{self.address}/openid"

    def tell(self, told: str) -> None:
        """Rotate its keys with ``rotate``, else register the site of an address."""
        answer = self._visitor().get("/control/", params={"told": json.dumps(told)})
        assert answer.text == "done"

    def sign_in(self, name: str, invitation: str) -> str:
        """Follow an invitation as a person would; give where it leads back to."""
        return self.open(name).leave(invitation)

    def open(self, name: str) -> Guest:
        """Give a browser of somebody who is going to be asked for his password."""
        return Guest(self._visitor(), name)

    def _visitor(self) -> httpx2.Client:
        return httpx2.Client(base_url=self.address, timeout=PATIENCE, trust_env=False)


@dataclass(frozen=True, slots=True)
class Guest:
    """A person's browser at the provider."""

    browser: httpx2.Client
    name: str

    def leave(self, invitation: str) -> str:
        """Follow an invitation until it leads away; give the path on our site."""
        answer = self.browser.get(invitation)
        while answer.is_redirect:
            led = str(answer.headers["Location"])
            if led.startswith("/login/"):
                answer = self._log_in(led)
            elif led.startswith("/"):
                answer = self.browser.get(led)
            else:
                return led.removeprefix(DESK)
        return answer.text

    def _log_in(self, led: str) -> httpx2.Response:
        found = TOKEN.search(self.browser.get(led).text)
        assert found
        form = {
            "username": self.name,
            "password": PASSWORD,
            "csrfmiddlewaretoken": found[1],
        }
        return self.browser.post(led, data=form)


@contextmanager
def started(folder: Path) -> Iterator[IdentityProvider]:
    """Start the provider; it is dead at the end."""
    command = [sys.executable, "-m", "tests.identity_provider", str(folder)]
    with subprocess.Popen(  # noqa: S603  (our own file)
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), address
            yield IdentityProvider(address)
        finally:
            process.kill()


def sign_on_site(
    engine: Engine, home: Path, provider: IdentityProvider, **more: object
) -> Site:
    """Build a site whose people sign on at a provider; its clock is the real one."""
    provider.tell(DESK)
    settings: dict[str, object] = {
        "site_url": DESK,
        "sso_issuer": provider.issuer,
        "sso_client": CLIENT,
        "sso_secret": SECRET,
        "sso_claim": CLAIM,
        "unused_days": 0,  # its people were made on the day of other test sites
        "password_days": 0,
    }
    return make_site(engine, home, now=clock.now, **{**settings, **more})


def invited(browser: FlaskClient, wanted: str = "") -> str:
    """Click on single sign-on; give where the site sends the browser."""
    answer = browser.get("/people/signon", query_string={"next": wanted})
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def signed_on(
    browser: FlaskClient, provider: IdentityProvider, name: str, wanted: str = ""
) -> TestResponse:
    """Sign on as a person of the provider; give the site's answer."""
    return browser.get(provider.sign_in(name, invited(browser, wanted)))
