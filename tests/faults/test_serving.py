"""F05, F13: the index is deleted, damaged or cannot be written while it serves."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.factories import make_approved
from tests.faults.child import serve
from tests.faults.processes import at_work
from tests.processes import Child
from trainer.kit import db
from trainer.kit.index import Store
from trainer.search import service as search

PATIENCE = 15.0
"""Seconds until the index must be back; it takes less than one on an idle machine."""


@pytest.fixture
def index(engine: Engine, tmp_path: Path) -> Path:
    """The index of a database with one article."""
    with db.writing(engine) as session:
        make_approved(session)
    with db.reading(engine) as session:
        search.rebuild(session, Store(tmp_path / "index"))
    return tmp_path / "index"


@pytest.fixture
def serving(engine: Engine, index: Path) -> Iterator[Child]:
    """A process that searches, with its indexer."""
    with at_work(serve, engine, index) as process:
        assert process.hear() == "ready"
        assert found(process) == ["rent-withdrawal"]
        yield process


def answer(process: Child) -> dict[str, object]:
    said = json.loads(process.ask("search 租房提取"))
    assert isinstance(said, dict)
    return said


def found(process: Child) -> object:
    return answer(process)["documents"]


def wait_until(process: Child, condition: Callable[[dict[str, object]], bool]) -> None:
    """Search again and again: the article is found every single time."""
    end = time.monotonic() + PATIENCE
    while True:
        said = answer(process)
        documents = said["documents"]
        assert isinstance(documents, list)
        assert "rent-withdrawal" in documents
        if condition(said):
            return
        assert time.monotonic() < end, said
        time.sleep(0.05)


def is_sound(said: dict[str, object]) -> bool:
    return said["degraded"] is False


def finds(slug: str) -> Callable[[dict[str, object]], bool]:
    return lambda said: slug in str(said["documents"])


def delete(index: Path) -> None:
    shutil.rmtree(index)


def damage_manifest(index: Path) -> None:
    (index / "current").write_bytes(b"nonsense")


def damage_everything(index: Path) -> None:
    for path in index.rglob("*"):
        if path.is_file() and path.name != "lock":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def test_searches_go_on_while_a_damaged_index_comes_back(
    serving: Child, index: Path, engine: Engine
) -> None:
    for damage in (damage_manifest, damage_everything, delete):
        damage(index)
        wait_until(serving, is_sound)
        new = damage.__name__.replace("_", "-")
        with db.writing(engine) as session:
            make_approved(session, slug=new)
        wait_until(serving, finds(new))
        wait_until(serving, is_sound)


def test_a_full_disk_keeps_the_old_index_and_the_new_one_comes_with_room(
    serving: Child, index: Path, engine: Engine
) -> None:
    assert serving.ask("room 40") == "limited"
    before = (index / "current").read_bytes()
    with db.writing(engine) as session:
        make_approved(session, slug="second-article")
    end = time.monotonic() + 1.5
    while time.monotonic() < end:
        assert found(serving) == ["rent-withdrawal"]
    assert (index / "current").read_bytes() == before
    assert serving.ask("room -1") == "limited"
    wait_until(serving, finds("second-article"))
