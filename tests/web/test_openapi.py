"""The description of the API says what the routes are, and the routes keep to it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.checklists.shown import put_everything
from tests.checklists.systems import System
from tests.checklists.systems import make_token
from tests.sites import Site
from tests.sites import make_site
from tests.web.matrix import PROGRAMS
from tests.web.matrix import TABLE
from tests.web.served import served
from trainer.kit import db
from trainer.kit.web import api
from trainer.kit.web import openapi
from trainer.people.domain.tokens import ApiScope

CONFIG = Path(__file__).with_name("schemathesis.toml")
EXAMPLES = 15
"""Requests by route that are made up, beside those that cover each rule."""

DOCS = Path(__file__).parents[2] / "docs" / "api.md"


@pytest.fixture
def described(site: Site) -> dict[str, Any]:
    with db.writing(site.engine) as session:
        put_everything(session)
    system = System.of(site, ApiScope.ARTICLES_READ)  # any scope will do
    answer = site.app.test_client().get(openapi.ADDRESS, headers=system.headers)
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.text)
    return found


def for_programs(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Give endpoint, path and method of every route below the prefix."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(api.PREFIX):
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield rule.endpoint, rule.rule, method.lower()


def test_every_route_for_programs_is_described(
    site: Site, described: dict[str, Any]
) -> None:
    there = [*for_programs(site.app)]
    told = {
        (operation["operationId"], path, method)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }
    assert told == set(there)
    assert {endpoint for endpoint, _, _ in there} == PROGRAMS
    assert described["openapi"] == "3.1.0"


def test_every_route_for_programs_says_who_may(site: Site) -> None:
    with site.app.app_context():
        for endpoint, _, _ in for_programs(site.app):
            assert api.access_of(endpoint).scope, endpoint


def test_a_route_that_says_nothing_lets_nobody_in_and_is_found() -> None:
    app = Flask("new")
    app.add_url_rule("/api/v1/new", "new", lambda: "")
    with app.app_context():
        assert api.access_of("new") == api.NOBODY
    assert [*for_programs(app)] == [("new", "/api/v1/new", "get")]


def test_parameters_and_scopes_are_in_the_documents(described: dict[str, Any]) -> None:
    text = DOCS.read_text("utf-8")
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert f"`{method.upper()} {path}`" in text
            for parameter in operation["parameters"]:
                assert f"`{parameter['name']}`" in text, parameter["name"]
    for scope in ApiScope:
        assert f"`{scope}`" in text


def test_codes_of_the_site_are_listed(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    assert "withdraw.rent" in schemas["business"]["enum"]
    assert "verify" in schemas["step"]["enum"]


def test_a_site_without_businesses_is_described_too(site: Site) -> None:
    system = System.of(site)
    answer = site.app.test_client().get(openapi.ADDRESS, headers=system.headers)
    schemas = json.loads(answer.text)["components"]["schemas"]
    assert schemas["business"] == {"type": "string"}


def test_every_error_code_is_in_the_documents() -> None:
    """Each class of error that a program may meet has a code, and its row."""
    text = DOCS.read_text("utf-8")
    sources = (DOCS.parents[1] / "trainer").rglob("*.py")
    codes = {
        code
        for path in sources
        for code in re.findall(
            r'^    code = "(\w+)"', path.read_text("utf-8"), re.MULTILINE
        )
    }
    assert [code for code in sorted(codes) if f"`{code}`" not in text] == []
    assert "origin_refused" in text


@pytest.mark.loopback
def test_the_routes_keep_to_their_description(engine: Engine, tmp_path: Path) -> None:
    """Schemathesis asks what the description allows and what it does not."""
    site = make_site(engine, tmp_path, api_rate=1_000_000)
    with db.writing(engine) as session:
        put_everything(session)
    site.reindex()
    token = make_token(site, *ApiScope)
    program = Path(sys.executable).with_name("schemathesis")
    with served(site.app) as address:
        run = subprocess.run(  # noqa: S603  (its own program, our own address)
            [
                *(program, f"--config-file={CONFIG}", "--no-color", "run"),
                *(f"{address}{openapi.ADDRESS}", "--checks=all", "--seed=20261122"),
                *(f"--max-examples={EXAMPLES}", "--generation-database=none"),
                f"--header=Authorization: Bearer {token}",
            ],
            cwd=tmp_path,
            capture_output=True,
            check=False,
            text=True,
        )
    assert run.returncode == 0, run.stdout
    assert "3 passed" in run.stdout


def test_the_matrix_knows_the_routes_for_programs() -> None:
    assert {endpoint for endpoint, _ in TABLE} >= PROGRAMS
