"""Sessions: a new one at login, ended for good by logout, closing, change and time."""

from __future__ import annotations

import re
from datetime import datetime
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.apps import NOW
from tests.sites import PASSWORD
from tests.sites import Site
from tests.sites import post
from trainer.kit import db
from trainer.kit.db import StorageFullError
from trainer.kit.web import current
from trainer.people import queries
from trainer.people.domain.logins import IDLE
from trainer.people.domain.logins import LIFETIME

LOGIN: dict[str, object] = {"login": "clerk", "password": PASSWORD}
MINUTE = timedelta(minutes=1)


def cookie_of(browser: FlaskClient) -> str:
    found = browser.get_cookie("session")
    assert found is not None
    return found.value


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/people/me").status_code == 200


def copy_of(site: Site, cookie: str) -> FlaskClient:
    """Give another browser with a stolen cookie."""
    browser = site.app.test_client()
    browser.set_cookie("session", cookie)
    return browser


def set_clock(site: Site, at: datetime) -> None:
    site.app.extensions["clock"] = lambda: at


def test_a_planted_cookie_is_not_the_session_after_login(site: Site) -> None:
    browser = site.app.test_client()
    browser.get("/people/login")
    planted = cookie_of(browser)
    post(browser, "/people/login", LOGIN)
    assert cookie_of(browser) != planted
    assert is_in(browser)
    assert not is_in(copy_of(site, planted))


def test_each_login_has_its_own_token_and_the_old_one_is_dead(site: Site) -> None:
    browser = site.browser("clerk")
    first = cookie_of(browser)
    post(browser, "/people/login", LOGIN)
    assert cookie_of(browser) != first
    assert is_in(browser)
    assert not is_in(copy_of(site, first))


def test_a_login_as_somebody_else_leaves_nothing_of_the_first(site: Site) -> None:
    browser = site.browser("administrator")
    assert browser.get("/people/accounts/new").status_code == 200
    post(browser, "/people/login", LOGIN)
    assert browser.get("/people/accounts/new").status_code == 403


def test_logout_kills_the_session_on_the_server(site: Site) -> None:
    browser = site.browser("clerk")
    kept = cookie_of(browser)
    answer = post(browser, "/people/logout", {}, "/people/me")
    assert answer.headers["Location"] == "/people/login"
    assert not is_in(browser)
    assert not is_in(copy_of(site, kept))


def test_logout_ends_this_session_only(site: Site) -> None:
    here, there = site.browser("clerk"), site.browser("clerk")
    post(here, "/people/logout", {}, "/people/me")
    assert is_in(there)


def test_a_new_password_ends_all_sessions_of_the_person(site: Site) -> None:
    here, there = site.browser("clerk"), site.browser("clerk")
    new = {"old": PASSWORD, "new": "counter-2027", "again": "counter-2027"}
    answer = post(here, "/people/password", dict(new))
    assert answer.headers["Location"] == "/people/login"
    assert not is_in(here)
    assert not is_in(there)


@pytest.mark.parametrize("act", ["close", "password"])
def test_an_administrator_ends_the_sessions_of_an_account(site: Site, act: str) -> None:
    browser, admin = site.browser("clerk"), site.browser("administrator")
    path = f"/people/accounts/{site.actors['clerk'].person}"
    post(admin, f"{path}/{act}", {}, path)
    assert not is_in(browser)
    assert is_in(admin)


def test_new_rights_need_a_new_login(site: Site) -> None:
    browser, admin = site.browser("editor"), site.browser("administrator")
    path = f"/people/accounts/{site.actors['editor'].person}"
    post(admin, path, {"name": "虚构", "roles": ["clerk"]})
    assert not is_in(browser)
    assert site.browser("editor").get("/desk").status_code == 403


def test_a_session_idles_out_on_the_server(site: Site) -> None:
    browser = site.browser("clerk")
    set_clock(site, NOW + IDLE - MINUTE)
    assert is_in(browser)
    set_clock(site, NOW + IDLE - MINUTE + IDLE)
    assert not is_in(browser)


def test_a_busy_session_ends_after_its_lifetime(site: Site) -> None:
    browser = site.browser("clerk")
    step = timedelta(minutes=10)
    at = NOW
    while at + step < NOW + LIFETIME:
        at += step
        set_clock(site, at)
        assert is_in(browser)
    set_clock(site, NOW + LIFETIME)
    assert not is_in(browser)


def test_use_is_written_down_at_most_once_a_minute(site: Site) -> None:
    browser = site.browser("clerk")
    clerk = site.actors["clerk"]

    def seen() -> datetime:
        with db.reading(site.engine) as session:
            return queries.own_logins(session, "", NOW + MINUTE, reader=clerk)[
                0
            ].seen_at

    set_clock(site, NOW + timedelta(seconds=59))
    browser.get("/people/me")
    assert seen() == NOW
    set_clock(site, NOW + timedelta(seconds=61))
    browser.get("/people/me")
    assert seen() == NOW + timedelta(seconds=61)


def test_a_page_is_shown_even_when_its_use_cannot_be_written_down(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise StorageFullError("磁盘空间不足")

    browser = site.browser("clerk")
    set_clock(site, NOW + 2 * MINUTE)
    monkeypatch.setattr(current, "writing", full)
    assert is_in(browser)


@pytest.mark.parametrize("cookie", ["", "x", ".eJw.x.y", "a" * 4000, "é"])
def test_a_cookie_that_is_none_of_ours_is_nobody(site: Site, cookie: str) -> None:
    answer = copy_of(site, cookie).get("/people/me")
    assert answer.headers["Location"].startswith("/people/login")


def test_a_token_made_up_is_nobody_even_when_signed(site: Site) -> None:
    browser = site.app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = "1"
    assert not is_in(browser)


def test_guesses_are_answered_alike_and_braked(site: Site) -> None:
    def guess(login: str) -> list[tuple[int, str]]:
        browser = site.app.test_client()
        answers = [
            post(browser, "/people/login", {"login": login, "password": "wrong"})
            for _ in range(7)
        ]
        return [(a.status_code, a.text.replace(login, "")) for a in answers]

    known, unknown = guess("clerk"), guess("nobody")
    assert [status for status, _ in known] == [422] * 5 + [429] * 2
    assert [_plain(text) for _, text in known] == [_plain(text) for _, text in unknown]
    assert post(site.app.test_client(), "/people/login", LOGIN).status_code == 429


def _plain(page: str) -> str:
    """Leave out the tokens, which differ for every browser."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


def test_an_open_account_waits_for_its_own_password(site: Site) -> None:
    admin = site.browser("administrator")
    new: dict[str, object] = {"login": "w9", "name": "虚构", "roles": ["clerk"]}
    page = post(admin, "/people/accounts", new, "/people/accounts/new").text
    first = page.split('font-monospace">')[1].split("<")[0]
    browser = site.app.test_client()
    post(browser, "/people/login", {"login": "w9", "password": first})
    for path in ("/", "/search?q=x", "/articles/x", "/people/me", "/cases/flags/mine"):
        assert browser.get(path).headers["Location"] == "/people/password"
    assert browser.get("/people/password").status_code == 200
