"""Fixtures every test may ask for."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.commands import Terminal
from tests.databases import Databases
from tests.databases import PostgresDatabases
from tests.databases import SqliteDatabases
from tests.databases import home
from tests.factories import APPROVER
from tests.factories import NOON
from tests.factories import SETUP
from tests.providers import IdentityProvider
from tests.providers import started
from tests.sites import Site
from tests.sites import make_site
from tests.sites import with_people
from tests.web.permissions import size
from trainer import migrations
from trainer.cli.starter import starter_files
from trainer.kit import db
from trainer.kit.index import Store
from trainer.library import service as library
from trainer.people.service import accounts
from trainer.people.service import logins
from trainer.search import service as search

# How fast a test runs depends on the machine; speed is measured in bench/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

MATRIX = ("tests/web/test_matrix.py", "tests/web/test_relations.py")
LOOPBACK = ("127.0.0.1", "::1")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="run the tests on this database",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the unit suite, and let what is slow begin first.

    The unit suite needs no database, no browser and no server. A long test at the end
    would leave the other worker with nothing to do.
    """
    for item in items:
        around = {"browser", "slow", "loopback"} & set(item.keywords)
        if not around and "databases" not in getattr(item, "fixturenames", ()):
            item.add_marker("unit")
    items.sort(key=lambda item: "slow" not in item.keywords)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much the matrix of permissions compares, where it was run."""
    passed = terminalreporter.stats.get("passed", [])
    if any(report.nodeid.startswith(MATRIX) for report in passed):
        terminalreporter.write_line(size())


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that reaches for the network; the product runs without one."""
    connect = socket.socket.connect
    near = LOOPBACK if "loopback" in request.keywords else ()

    def refuse(own: socket.socket, address: Any) -> None:
        # AF_UNIX is another process of this machine: no network
        if own.family != socket.AF_UNIX and address[0] not in near:
            pytest.fail("a test tried to open a connection")
        connect(own, address)

    if "browser" not in request.keywords:
        monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hash passwords in no time; tests/people/test_logins.py checks the real cost."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with (
        mock.patch.object(accounts, "HASHER", cheap),
        mock.patch.object(logins, "NOBODY", cheap.hash("nobody")),
    ):
        yield


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """A maker of databases at the newest step, on the server asked for."""
    place = home()
    postgres = request.config.getoption("--database") == "postgresql"
    made: Databases = PostgresDatabases(place) if postgres else SqliteDatabases(place)
    yield made
    made.close()


@pytest.fixture(scope="session")
def identity_provider(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[IdentityProvider]:
    """A real OpenID Connect provider on loopback, started once."""
    with started(tmp_path_factory.mktemp("provider")) as provider:
        yield provider


@pytest.fixture
def engine(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """A fresh database with all tables; no rows, but the people of a site."""
    has_site = "site" in request.fixturenames
    engine = databases.fresh(with_people if has_site else migrations.upgrade)
    yield engine
    databases.drop(engine)


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


@pytest.fixture(scope="session")
def starter(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Terminal]:
    """An installation filled with the starter pack and indexed; for reading only."""
    engine = databases.fresh()
    data = tmp_path_factory.mktemp("starter")
    files = starter_files()
    with db.writing(engine) as session:
        command = library.Importing(files, "测试", APPROVER)
        library.import_pack(session, command, by=SETUP, at=NOON)
    with db.reading(engine) as session:
        search.rebuild(session, Store(data / "index"))
    yield Terminal(engine, data)
    databases.drop(engine)
