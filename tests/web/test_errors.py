"""An error page says what happened and a number; never a stack, never SQL."""

from __future__ import annotations

import logging
import re

import pytest
from sqlalchemy.exc import OperationalError

from tests.sites import TOKEN
from tests.sites import Site
from trainer.people import queries
from trainer.people.views import gate
from trainer.publishing import queries as publishing

INSIDE = ("Traceback", "sqlalchemy", "SELECT", 'File "', ".py", "secret detail")
NUMBER = re.compile(r"错误编号\s*<code>([0-9a-f]{8})</code>")


def broken(*_args: object, **_more: object) -> None:
    raise RuntimeError("secret detail")


def locked(*_args: object, **_more: object) -> None:
    statement = "SELECT secret detail"
    raise OperationalError(statement, {}, Exception("secret detail"))


@pytest.mark.parametrize("fail", [broken, locked])
def test_an_error_shows_a_number_that_stands_in_the_log(
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fail: object,
) -> None:
    browser = site.browser("clerk")
    monkeypatch.setattr(publishing, "approved", fail)
    with caplog.at_level(logging.ERROR):
        answer = browser.get("/articles/rent-withdrawal")
    assert answer.status_code == 500
    assert not [word for word in INSIDE if word in answer.text]
    found = NUMBER.search(answer.text)
    assert found
    assert found[1] in caplog.text
    assert "secret detail" in caplog.text


def test_an_address_writes_no_line_of_its_own_into_the_log(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    browser = site.browser("clerk")
    monkeypatch.setattr(publishing, "approved", broken)
    with caplog.at_level(logging.ERROR):
        browser.get("/articles/x%0aERROR%20a%20line%20that%20was%20forged")
    assert "ERROR a line that was forged" in caplog.text
    assert not [line for line in caplog.text.splitlines() if line.startswith("ERROR a")]


@pytest.mark.parametrize("fail", [broken, locked])
@pytest.mark.parametrize("path", ["/", "/people", "/people/login"])
def test_an_error_in_the_gate_lets_nobody_in(
    site: Site, monkeypatch: pytest.MonkeyPatch, fail: object, path: str
) -> None:
    browser = site.browser("administrator")
    monkeypatch.setattr(queries, "opened", fail)
    answer = browser.get(path)
    assert answer.status_code == 500
    assert NUMBER.search(answer.text)
    assert "未登录" in answer.text
    assert "administrator（虚构）" not in answer.text


def test_an_error_while_the_gate_asks_for_rights_lets_nobody_in(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = site.browser("administrator")
    monkeypatch.setattr(gate, "_waits_for_password", broken)
    answer = browser.get("/people")
    assert answer.status_code == 500
    assert "clerk（虚构）" not in answer.text


def test_an_answer_that_is_missing_tells_nothing_of_the_inside(site: Site) -> None:
    answer = site.browser("clerk").get("/no/such/<script>alert(1)</script>")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
    assert not [word for word in INSIDE if word in answer.text]


def test_a_foreign_thing_and_a_missing_thing_look_the_same(site: Site) -> None:
    browser = site.browser("clerk")
    missing = browser.get("/articles/no-such-article")
    again = browser.get("/articles/another-one")
    assert missing.status_code == 404
    assert without(missing.text, "no-such-article") == without(
        again.text, "another-one"
    )


def without(page: str, slug: str) -> str:
    """Take out what was asked for, and the tokens: they hold the second."""
    return TOKEN.sub("", page).replace(slug, "")


def test_debugging_is_off(site: Site) -> None:
    assert not site.app.debug
    assert not site.app.testing
    assert not site.app.config["PROPAGATE_EXCEPTIONS"]
