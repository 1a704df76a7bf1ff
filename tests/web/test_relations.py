"""Whose is it? Every caller reaches for everybody's things, one route at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.databases import Databases
from tests.web.matrix import ROLES
from tests.web.matrix import TABLE
from tests.web.relations import LISTED
from tests.web.relations import NOBODYS
from tests.web.relations import RELATED
from tests.web.relations import SEES
from tests.web.world import BANK_SUPERVISOR
from tests.web.world import CALLERS
from tests.web.world import OTHERS
from tests.web.world import OWN
from tests.web.world import RELATIONS
from tests.web.world import World
from tests.web.world import login_of
from tests.web.world import make_world
from trainer.kit.web import errors

LOOKS_AFTER = ("supervisor", BANK_SUPERVISOR)
KEY = "key"
"""What addresses call the key of a thing that belongs to somebody."""


@pytest.fixture(scope="module")
def world(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    world = make_world(databases, tmp_path_factory.mktemp("world"))
    yield world
    world.site.engine.dispose()


def feature_of(rule: Rule) -> str:
    """Give the blueprint of a route, or its name when it has none."""
    name: str = rule.endpoint
    return name.rpartition(".")[0] or name


def without_a_row(app: Flask) -> set[tuple[str, str]]:
    """Give the routes with a key that nobody has said anything about."""
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if any((feature_of(rule), name) not in NOBODYS for name in rule.arguments)
    } - set(RELATED)


def test_everybody_has_one_of_everything_to_reach_for(world: World) -> None:
    owners = {*CALLERS[1:], *map(login_of, OTHERS)}
    assert {row.thing for row in RELATED.values()} == set(world.keys)
    for thing, keys in world.keys.items():
        assert set(keys) >= owners, thing


def test_every_route_with_a_key_says_whose_it_is(world: World) -> None:
    assert without_a_row(world.site.app) == set(), "rows in tests/web/relations.py"
    assert set(RELATED) <= set(TABLE)


def test_what_is_nobodys_stands_in_some_address(world: World) -> None:
    rules = list(world.site.app.url_map.iter_rules())
    there = {(feature_of(rule), name) for rule in rules for name in rule.arguments}
    assert set(NOBODYS) <= there


def test_a_new_route_without_a_row_is_found() -> None:
    app = Flask("new")
    app.add_url_rule("/people/<int:key>/score", "people.score", lambda _key: "")
    app.add_url_rule("/articles/<slug>/readers/<int:reader>", "knowledge.readers")
    assert without_a_row(app) >= {("people.score", "GET"), ("knowledge.readers", "GET")}


def address(world: World, case: tuple[str, str], key: int) -> str:
    """Give the address of the table with another key."""
    urls = world.site.app.url_map.bind("localhost")
    endpoint, values = urls.match(TABLE[case].path.partition("?")[0], case[1])
    assert endpoint == case[0]
    built: str = urls.build(endpoint, {**values, KEY: key}, case[1])
    return built


@pytest.fixture
def bare_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show no page for an error: its status is decided before."""
    monkeypatch.setattr(errors, "render", lambda page: type(page).__name__)


@pytest.mark.usefixtures("nothing_stays", "bare_errors")
@pytest.mark.parametrize("case", sorted(RELATED), ids="-".join)
def test_each_caller_reaches_what_is_his_to_reach(
    world: World, case: tuple[str, str]
) -> None:
    row, form = RELATED[case], dict(TABLE[case].form)
    answers = {
        name: tuple(
            world.callers[name]
            .ask(
                case[1],
                address(world, case, world.key(row.thing, name, relation)),
                form,
            )
            .status_code
            for relation in RELATIONS
        )
        for name in CALLERS
    }
    assert answers == row.grid


def words_of(answer: TestResponse) -> str:
    """Give what an answer says; of a PDF what its pages say."""
    if answer.mimetype != "application/pdf":
        return answer.text
    pages = PdfReader(BytesIO(answer.data)).pages
    return "".join(page.extract_text() for page in pages)


def shown(answer: TestResponse, name: str) -> frozenset[str]:
    """Give in which relations the people whose login stands in an answer are."""
    logins = {relation: login_of(relation) for relation in OTHERS} | {OWN: name}
    text = re.sub(r"(?s)<header.*?</header>", "", words_of(answer))
    # As a word: "mentor" stands in the addresses of mentoring.
    return frozenset(
        relation
        for relation, login in logins.items()
        if re.search(rf"(?<!\w){login}(?!\w)", text)
    )


@pytest.mark.usefixtures("nothing_stays")
@pytest.mark.parametrize("case", sorted(LISTED), ids="-".join)
def test_a_list_or_an_export_holds_whom_its_reader_sees(
    world: World, case: tuple[str, str]
) -> None:
    row = TABLE[case]
    answers = {
        name: world.callers[name].ask(case[1], row.path, dict(row.form))
        for name in CALLERS
    }
    there = {
        name: shown(answer, name)
        for name, answer in answers.items()
        if answer.status_code == 200
    }
    assert there == LISTED[case]


@pytest.mark.parametrize("name", ["clerk", "mentor", *LOOKS_AFTER, "editor"])
def test_no_page_names_a_person_whom_its_reader_does_not_see(
    world: World, name: str
) -> None:
    role = ROLES.index("supervisor" if name == BANK_SUPERVISOR else name)
    for case, row in TABLE.items():
        is_let_in = case[1] == "GET" and row.answers[role] != HTTPStatus.FORBIDDEN
        if is_let_in and name not in LISTED.get(case, {}):
            answer = world.callers[name].ask("GET", row.path)
            assert shown(answer, name) <= SEES[name], case
