"""What every answer tells the browser, whatever its status."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.apps import make_app
from tests.sites import PASSWORD
from tests.sites import TOKEN
from tests.sites import Site
from tests.sites import post
from tests.web.conftest import Furnished
from tests.web.matrix import NOBODY
from tests.web.matrix import TABLE
from trainer.settings import Settings

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE
)
GETS = sorted(case for case in TABLE if case[1] == "GET")


@pytest.mark.parametrize("case", sorted(TABLE), ids="-".join)
@pytest.mark.usefixtures("nothing_stays")
def test_every_answer_carries_the_strict_policy(
    furnished: Furnished, case: tuple[str, str]
) -> None:
    for role in (NOBODY, "clerk", "administrator"):
        answer = furnished.callers[role].ask(case[1], TABLE[case].path)
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Server" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/no/such/page", 404),
        ("DELETE", "/", 405),
        ("TRACE", "/", 405),
        ("GET", "/?on=someday", 422),
        ("GET", "/search?q=%00", 400),
        ("GET", "/people/accounts/new", 403),
    ],
)
def test_every_status_carries_the_strict_policy(
    furnished: Furnished, method: str, path: str, status: int
) -> None:
    answer = furnished.callers["clerk"].bare().open(path, method=method)
    assert answer.status_code == status
    assert answer.headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize("case", GETS, ids="-".join)
def test_no_page_has_inline_script_or_style(
    furnished: Furnished, case: tuple[str, str]
) -> None:
    for role in (NOBODY, "clerk", "editor", "administrator"):
        answer = furnished.callers[role].ask("GET", TABLE[case].path)
        if answer.mimetype == "text/html":
            assert INLINE.findall(answer.text) == []


def test_the_search_for_inline_code_bites() -> None:
    for bad in ("<script>x", '<p style="x">', "<b onclick=x>", "<a href=javascript:x>"):
        assert INLINE.search(bad)
    assert not INLINE.search('<script type="module" src="/static/1/a.js"></script>')


def test_pages_are_kept_by_no_proxy_and_files_are_for_ever(
    furnished: Furnished,
) -> None:
    page = furnished.callers["clerk"].ask("GET", "/")
    assert page.headers["Cache-Control"] == "private, no-cache"
    found = re.search(r'href="(/static/[^"]+\.css)"', page.text)
    assert found
    style = furnished.callers[NOBODY].ask("GET", found[1])
    assert style.headers["Cache-Control"].endswith("immutable")
    assert "Set-Cookie" not in style.headers


@pytest.mark.parametrize("secure", [True, False], ids=["https", "http"])
def test_cookies_are_for_the_server_only(
    site: Site, tmp_path: Path, *, secure: bool
) -> None:
    settings = Settings(
        data=tmp_path,
        database_url=str(site.engine.url),
        secret_key="secret of a test",
        secure_cookies=secure,
    )
    browser = make_app(settings, site.engine).test_client()
    base = "https://localhost" if secure else "http://localhost"
    shown = browser.get("/people/login", base_url=base)
    form = {
        "login": "clerk",
        "password": PASSWORD,
        "csrf_token": _token(shown.text),
    }
    headers = {"Referer": f"{base}/people/login"}
    begun = browser.post("/people/login", data=form, base_url=base, headers=headers)
    form = {"theme": "dark", "csrf_token": _token(browser.get("/", base_url=base).text)}
    chosen = browser.post("/display", data=form, base_url=base, headers=headers)
    for answer in (shown, begun, chosen):
        for cookie in answer.headers.getlist("Set-Cookie"):
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie
            assert ("Secure" in cookie) == secure
            assert "Domain" not in cookie


def _token(page: str) -> str:
    found = TOKEN.search(page)
    assert found
    return found[1]


def test_the_cookie_tells_neither_person_nor_password(furnished: Furnished) -> None:
    site = furnished.site
    browser = site.app.test_client()
    post(browser, "/people/login", {"login": "editor", "password": PASSWORD})
    with browser.session_transaction() as kept:
        assert set(kept) <= {"_user_id", "_fresh", "_id", "csrf_token", "_flashes"}
        assert "editor" not in str(dict(kept))
        assert PASSWORD not in str(dict(kept))
