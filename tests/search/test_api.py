"""``GET /api/v1/search``: the same as ``trainer search --json``, for who may."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.apps import NOW
from tests.commands import Terminal
from tests.databases import statements
from tests.factories import make_approved
from tests.factories import make_text
from tests.sites import Site
from trainer.kit import db
from trainer.kit.index import Store
from trainer.people import service as people
from trainer.people.domain.tokens import ApiScope
from trainer.people.domain.tokens import NewToken
from trainer.search import service as search

PATH = "/api/v1/search"


def make_token(site: Site, *scopes: ApiScope, days: int = 30) -> str:
    command = NewToken(system="核心（虚构）", scopes=frozenset(scopes), days=days)
    with db.writing(site.engine) as session:
        by = site.actors["administrator"]
        return people.make_token(session, command, by=by, at=NOW)


@pytest.fixture
def filled(site: Site) -> Site:
    """A site with an article for everybody and one for supervisors."""
    with db.writing(site.engine) as session:
        make_approved(session)
        text = make_text(title="租房抽查", audience="supervisors")
        make_approved(session, text, slug="for-supervisors")
    site.reindex()
    return site


@pytest.fixture
def ask(filled: Site) -> Ask:
    return Ask(filled, make_token(filled, ApiScope.SEARCH_READ))


class Ask:
    """A business system with its token."""

    def __init__(self, site: Site, token: str) -> None:
        self.site = site
        self.browser: FlaskClient = site.app.test_client()
        self.headers = {"Authorization": f"Bearer {token}"}

    def __call__(self, **question: str) -> TestResponse:
        return self.browser.get(PATH, query_string=question, headers=self.headers)


def test_a_system_gets_what_the_command_prints(ask: Ask, terminal: Terminal) -> None:
    with db.reading(ask.site.engine) as session:
        search.rebuild(session, Store(terminal.data / "index"))
    for more in ({}, {"on": "2026-12-01"}, {"on": "2026-01-01", "limit": "1"}):
        told = ask(q="租房提取", **more)
        words = [f"--{name}={value}" for name, value in more.items()]
        if "on" not in more:
            words = ["--on=2026-11-22"]
        printed = terminal.run("search", "租房提取", "--json", *words)
        assert told.status_code == 200
        assert json.loads(told.text) == json.loads(printed.stdout)
        assert told.json
    assert "租房" in told.text  # Chinese as it is, not as numbers


def test_the_answer_is_json_for_nobody_else(ask: Ask) -> None:
    told = ask(q="租房")
    assert told.mimetype == "application/json"
    assert told.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in told.headers
    assert "default-src 'self'" in told.headers["Content-Security-Policy"]


def test_what_is_not_for_everybody_is_not_for_a_system(ask: Ask) -> None:
    found = ask(q="租房抽查", limit="50").json
    assert "for-supervisors" not in {row["document"] for row in found or []}


def test_nothing_found_is_an_empty_list(ask: Ask) -> None:
    assert ask(q="").json == []
    assert ask(q="qqqqzzzz").json == []


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "51"}, "limit"),
        ({"limit": "9" * 5000}, "limit"),
        ({"limit": "十"}, "limit"),
        ({"on": "someday"}, "invalid"),
        ({"on": "2026-02-30"}, "invalid"),
    ],
)
def test_a_question_that_cannot_be_is_told(
    ask: Ask, question: dict[str, str], code: str
) -> None:
    told = ask(q="租房", **question)
    assert told.status_code == 422
    assert told.json is not None
    assert told.json["error"]["code"] == code
    assert told.json["error"]["message"]


def test_what_is_not_there_is_told_as_json(ask: Ask) -> None:
    for path, status, code in (
        ("/api/v1/nothing", 404, "not_found"),
        ("/api/v1/", 404, "not_found"),
    ):
        told = ask.browser.get(path, headers=ask.headers)
        assert told.status_code == status
        assert told.json is not None
        assert told.json["error"]["code"] == code
    refused = ask.browser.post(PATH, headers=ask.headers)
    assert refused.status_code == 405
    assert refused.mimetype == "application/json"


def test_an_error_inside_is_told_as_json_with_its_number(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ask.site.app.extensions, "searcher", None)
    told = ask(q="租房")
    assert told.status_code == 500
    assert told.json is not None
    assert told.json["error"]["code"] == "internal"
    assert "Traceback" not in told.text


def test_an_answer_asks_few_questions(ask: Ask) -> None:
    ask(q="租房")  # the words are learned
    with statements(ask.site.engine) as asked:
        ask(q="租房")
    assert len(asked) <= 6


def test_use_is_noted(ask: Ask) -> None:
    ask(q="租房")
    page = ask.site.browser("administrator").get("/people/tokens").text
    assert "没有用过" not in page
    assert "2026-11-22 10:00" in page
