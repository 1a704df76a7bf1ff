"""After a form a person is led to a page of this site, never to another host."""

from __future__ import annotations

from urllib.parse import quote
from urllib.parse import urljoin
from urllib.parse import urlsplit

import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.sites import PASSWORD
from tests.sites import Site
from tests.sites import post
from trainer.kit.web.addresses import own_path

ELSEWHERE = [
    "http://evil.example",
    "https:evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n//evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\x00/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "",
]
OWN = ["/", "/search?q=%E7%A7%9F&on=2026-09-20", "/articles/a#b", "/租房?x=//y"]
SITE = "http://desk.example/people/login"


def as_a_browser_reads(wanted: str) -> str:
    """Do what browsers do before they read an address: WHATWG URL, basic parser."""
    stripped = wanted.strip("".join(map(chr, range(0x21))))
    for dropped in "\t\n\r":
        stripped = stripped.replace(dropped, "")
    return stripped.replace("\\", "/")


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_another_host_is_not_gone_to(wanted: str) -> None:
    assert own_path(wanted, "/home") == "/home"


@pytest.mark.parametrize("wanted", OWN)
def test_an_own_page_is_gone_to(wanted: str) -> None:
    assert own_path(wanted, "/home") == wanted


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="/\\:@.?#\t\n\r \x00ae%5c租", max_size=12))
@example("/%5cevil.example")
def test_whatever_is_wanted_stays_on_this_site(wanted: str) -> None:
    led = urljoin(SITE, as_a_browser_reads(own_path(wanted, "/")))
    assert urlsplit(led).netloc == "desk.example"


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_the_login_leads_nowhere_else(site: Site, wanted: str) -> None:
    form: dict[str, object] = {"login": "clerk", "password": PASSWORD}
    path = f"/people/login?next={quote(wanted)}"
    answer = post(site.app.test_client(), path, form, "/people/login")
    if "\x00" in wanted:
        assert answer.status_code == 400
    else:
        assert answer.headers["Location"] == "/"


def test_the_login_leads_where_one_wanted_to_go(site: Site) -> None:
    browser = site.app.test_client()
    sent = browser.get("/cases/flags/mine?part=1").headers["Location"]
    form: dict[str, object] = {"login": "clerk", "password": PASSWORD}
    assert post(browser, sent, form).headers["Location"] == "/cases/flags/mine?part=1"


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_choosing_a_theme_leads_nowhere_else(site: Site, wanted: str) -> None:
    form: dict[str, object] = {"theme": "dark", "back": wanted}
    answer = post(site.browser("clerk"), "/display", form, "/people/me")
    assert answer.status_code == 400 or answer.headers["Location"] == "/"
