"""The starter pack, imported and indexed once for all tests that read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import Terminal
from tests.databases import Databases
from tests.factories import APPROVER
from tests.factories import NOON
from tests.factories import SETUP
from trainer.cli.starter import starter_pack
from trainer.kit import db
from trainer.kit.files import read_folder
from trainer.kit.index import Searcher
from trainer.kit.index import Store
from trainer.library import service as library
from trainer.library.domain.pack import ENDINGS
from trainer.search import service


@pytest.fixture(scope="session")
def starter(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Terminal]:
    """An installation filled with the starter pack; for reading only."""
    engine = databases.fresh()
    data = tmp_path_factory.mktemp("starter")
    files = read_folder(starter_pack(), ENDINGS)
    with db.writing(engine) as session:
        command = library.Importing(files, "测试", APPROVER)
        library.import_pack(session, command, by=SETUP, at=NOON)
    with db.reading(engine) as session:
        service.rebuild(session, Store(data / "index"))
    yield Terminal(engine, data)
    engine.dispose()


@pytest.fixture(scope="session")
def searcher(starter: Terminal) -> Searcher:
    """The one searcher of the starter pack, as a server has one."""
    return Searcher(starter.data / "index")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Where the index of a test lies."""
    return tmp_path / "index"
