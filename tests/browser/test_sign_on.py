"""Single sign-on in a real browser: out to the provider, back, and out of both.

What only a browser knows: the policy lets it leave, the cookie is there when it comes
back, and a logout reaches the provider.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page

from bench.browser import window
from tests.browser.test_every_page import watched
from tests.providers import IdentityProvider
from tests.registration import CLAIM
from tests.registration import CLIENT
from tests.registration import PASSWORD
from tests.registration import SECRET


@pytest.fixture
def desk(data: Path, identity_provider: IdentityProvider) -> Iterator[str]:
    """The demo site on a port of its own, with single sign-on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    identity_provider.tell(address)
    settings = {
        "TRAINER_SITE_URL": address,
        "TRAINER_SSO_ISSUER": identity_provider.issuer,
        "TRAINER_SSO_CLIENT": CLIENT,
        "TRAINER_SSO_SECRET": SECRET,
        "TRAINER_SSO_CLAIM": CLAIM,
    }
    command = [sys.executable, "-m", "trainer", "serve", "--port", str(port)]
    with subprocess.Popen(  # noqa: S603  (our own command)
        [*command, "--data", str(data)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **settings},
    ) as process:
        assert process.stdout is not None
        assert address in process.stdout.readline()
        yield address
        process.terminate()


def sign_on(page: Page) -> None:
    """Go to the provider, and give the password there."""
    page.get_by_role("link", name="用统一身份认证登录").click()
    page.wait_for_url("**/login/**")
    page.fill("#id_username", "li")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Log in").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_in_and_out_of_site_and_provider(
    chrome: Browser, desk: str, *, script: bool
) -> None:
    context = window(chrome, desk, script=script)
    page = context.new_page()
    complaints = watched(page)
    page.goto("/people/me")
    sign_on(page)
    page.wait_for_url(lambda url: url.startswith(f"{desk}/people/me"))
    assert page.get_by_text("李窗口（虚构）").first.is_visible()

    page.locator(".account summary").click()
    page.get_by_role("button", name="退出", exact=True).click()
    page.wait_for_url(f"{desk}/people/login")
    page.goto("/people/me")
    sign_on(page)  # the provider asks for the password again: its session is gone
    page.wait_for_url(lambda url: url.startswith(f"{desk}/people/me"))
    assert complaints == []
    context.close()
