"""Fixtures every test may ask for."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.commands import Terminal
from tests.databases import Databases
from tests.databases import PostgresDatabases
from tests.databases import SqliteDatabases
from tests.sites import Site
from tests.sites import make_site
from trainer.kit import db


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="run the tests on this database",
    )


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that reaches for the network; the product runs without one."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        pytest.fail("a test tried to open a connection")

    if "browser" not in request.keywords:
        monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """A maker of databases at the newest step, on the server asked for."""
    home = tmp_path_factory.mktemp("databases")
    postgres = request.config.getoption("--database") == "postgresql"
    made: Databases = PostgresDatabases(home) if postgres else SqliteDatabases(home)
    yield made
    made.close()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    """A fresh database with all tables and no rows."""
    engine = databases.fresh()
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session that a test may write to."""
    with db.writing(engine) as session:
        yield session


@pytest.fixture
def site(engine: Engine, tmp_path: Path) -> Site:
    """A site on the fresh database, with one person of each role."""
    return make_site(engine, tmp_path)


@pytest.fixture
def client(site: Site) -> FlaskClient:
    """A browser with an editor logged in."""
    return site.browser("editor")


@pytest.fixture
def terminal(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """A person at the command line, with an installation on the fresh database."""
    return Terminal(engine, tmp_path_factory.mktemp("data"))
