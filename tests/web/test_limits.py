"""How often one may ask: who asks too often is told when to come back."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests.apps import NOW
from tests.factories import NOON
from tests.sites import PASSWORD
from tests.sites import make_site
from tests.sites import post
from trainer.kit.web.addresses import client_address
from trainer.kit.web.addresses import is_within
from trainer.kit.web.limits import MOST_KEYS
from trainer.kit.web.limits import Limiter

PROXIES = (ip_network("10.0.0.0/24"), ip_network("fd00::/64"))
FORM: dict[str, object] = {"login": "clerk", "password": PASSWORD}


def taken(limiter: Limiter, seconds: float, key: str = "a") -> bool:
    return limiter.wait(key, NOON + timedelta(seconds=seconds)) == 0


def test_a_minutes_worth_is_there_at_once_and_comes_back_evenly() -> None:
    limiter = Limiter(60)
    assert [taken(limiter, 0) for _ in range(61)] == [True] * 60 + [False]
    assert taken(limiter, 1)
    assert not taken(limiter, 1)
    assert [taken(limiter, 600) for _ in range(61)] == [True] * 60 + [False]


def test_the_wait_is_until_there_is_one_again() -> None:
    limiter = Limiter(6)
    for _ in range(6):
        assert limiter.wait("a", NOON) == 0
    assert limiter.wait("a", NOON) == pytest.approx(10)
    assert limiter.wait("a", NOON + timedelta(seconds=4)) == pytest.approx(6)


def test_each_has_his_own_bucket() -> None:
    limiter = Limiter(1)
    assert taken(limiter, 0, "a")
    assert taken(limiter, 0, "b")
    assert not taken(limiter, 0, "a")


def test_a_clock_that_is_set_back_gives_nothing_and_takes_nothing() -> None:
    limiter = Limiter(60)
    for _ in range(60):
        taken(limiter, 7200)
    assert not taken(limiter, 0)
    assert taken(limiter, 1)


def test_no_more_buckets_are_kept_than_there_is_room_for() -> None:
    limiter = Limiter(1)
    for n in range(MOST_KEYS + 5):
        taken(limiter, 0, str(n))
    assert len(limiter._buckets) == MOST_KEYS  # noqa: SLF001  (what it costs)
    assert taken(limiter, 0, "0")
    assert not taken(limiter, 0, str(MOST_KEYS))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 30), max_size=80))
def test_never_more_than_two_minutes_worth_in_a_minute(steps: list[float]) -> None:
    limiter, at, passed = Limiter(10), 0.0, []
    for step in steps:
        at += step
        if taken(limiter, at):
            passed.append(at)
    for begin in passed:
        assert sum(begin <= each < begin + 60 for each in passed) <= 20


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "10.0.0.1", "203.0.113.7"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "192.168.1.5", "192.168.1.5"),
        ("10.0.0.1", "1.1.1.1, 192.168.1.5", "192.168.1.5"),
        ("10.0.0.1", "1.1.1.1, 192.168.1.5, 10.0.0.2", "192.168.1.5"),
        ("10.0.0.1", "192.168.1.5, junk", "10.0.0.1"),
        ("10.0.0.1", " , ,", "10.0.0.1"),
        ("fd00::1", "192.168.1.5", "192.168.1.5"),
        ("::ffff:10.0.0.1", "::ffff:192.168.1.5", "192.168.1.5"),
        ("", "192.168.1.5", ""),
        ("unix:", "192.168.1.5", "unix:"),
    ],
)
def test_who_asked_is_whom_the_nearest_trusted_proxy_heard(
    peer: str, forwarded: str, expected: str
) -> None:
    assert client_address(peer, forwarded, PROXIES) == expected


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789abcdef:.,/ %租", max_size=30))
def test_junk_for_an_address_is_within_nothing(junk: str) -> None:
    assert is_within(junk, PROXIES) in {True, False}
    assert client_address("203.0.113.7", junk, PROXIES) == "203.0.113.7"


def test_a_person_who_searches_without_pause_is_told_to_wait(
    engine: Engine, tmp_path: Path
) -> None:
    site = make_site(engine, tmp_path, search_rate=30)
    clerk, editor = site.browser("clerk"), site.browser("editor")
    paths = ("/search?q=租房", "/search/live?q=租房")
    assert {clerk.get(paths[n % 2]).status_code for n in range(30)} == {200}
    refused = clerk.get(paths[1])
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "2"
    assert "请等 2 秒再试" in refused.text
    assert editor.get(paths[0]).status_code == 200
    assert clerk.get("/").status_code == 200
    site.set_clock(NOW + timedelta(seconds=2))
    assert clerk.get(paths[0]).status_code == 200


def test_open_readers_share_an_address_and_have_room(
    engine: Engine, tmp_path: Path
) -> None:
    site = make_site(engine, tmp_path, open_reading=True, search_rate=30)
    reader = site.browser()
    assert {reader.get("/search?q=x").status_code for _ in range(60)} == {200}


def test_an_address_that_logs_in_without_pause_is_told_to_wait(
    engine: Engine, tmp_path: Path
) -> None:
    site = make_site(engine, tmp_path, login_rate=10)
    browser = site.browser()
    empty: dict[str, object] = {}
    assert {post(browser, "/people/login", empty).status_code for _ in range(10)} == {
        422
    }
    refused = post(browser, "/people/login", FORM)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "6"
    browser.environ_base["REMOTE_ADDR"] = "10.0.0.7"
    assert post(browser, "/people/login", FORM).status_code == 302


def test_nine_oclock_meets_no_limit(engine: Engine, tmp_path: Path) -> None:
    """2,000 people behind one address log in within ten minutes and type on."""
    site = make_site(engine, tmp_path)
    limiters = site.app.extensions["limiters"]
    for n in range(2000):
        at = NOW + timedelta(seconds=n * 0.3)
        assert limiters["login"].wait("10.0.0.1", at) == 0
    for n in range(1200):  # ten minutes of typing, a pause every half second
        at = NOW + timedelta(seconds=n * 0.5)
        assert limiters["search"].wait("person/1", at) == 0
