"""What the tests of the search share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import Terminal
from trainer.kit.index import Searcher


@pytest.fixture(scope="session")
def searcher(starter: Terminal) -> Searcher:
    """The one searcher of the starter pack, as a server has one."""
    return Searcher(starter.data / "index")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Where the index of a test lies."""
    return tmp_path / "index"
