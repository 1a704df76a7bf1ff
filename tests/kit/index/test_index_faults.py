"""Faults F04, F05, F06 and F13: nothing acknowledged is lost, and one clear error."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.kit.index.child import check
from tests.kit.index.child import die_everywhere
from tests.kit.index.child import fill_the_disk
from tests.kit.index.child import read_many_states
from tests.kit.index.child import step
from tests.kit.index.child import write_for_ever
from tests.kit.index.corpus import ANYBODY
from tests.kit.index.corpus import make_document
from tests.kit.index.corpus import make_documents
from tests.processes import child
from trainer.kit.index import IndexBrokenError
from trainer.kit.index import IndexWriteError
from trainer.kit.index import Query
from trainer.kit.index import Searcher
from trainer.kit.index import Store
from trainer.kit.index.manifest import CURRENT
from trainer.kit.index.manifest import read


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "index"
    store = Store(root)
    store.rebuild([], 0)
    for state in range(1, 4):
        step(store, state)
    return root


def outcome(task: Callable[[Path], None], root: Path) -> list[int]:
    """Let a process finish its task; returns the numbers it said."""
    with child(task, root) as process:
        said = process.hear()
        assert process.wait() == 0
    return [int(number) for number in said.split()]


def test_a_writer_killed_anywhere_loses_no_commit_it_reported(root: Path) -> None:
    random = Random(4)  # noqa: S311  (moments to kill)
    for _ in range(4):
        with child(write_for_ever, root) as process:
            reported = int(process.hear())
            time.sleep(random.uniform(0.0, 0.25))
            reported = max([reported, *map(int, process.kill())])
        assert check(Searcher(root)) in {reported, reported + 1}
        store = Store(root)
        step(store, store.generation + 1)
        assert check(Searcher(root)) == store.generation


def test_a_death_at_any_touch_of_a_file_leaves_the_state_before_or_after(
    root: Path,
) -> None:
    assert outcome(die_everywhere, root)[0] > 15


def test_readers_never_fail_while_a_writer_commits(root: Path) -> None:
    with child(write_for_ever, root) as writer:
        writer.hear()
        with (
            child(read_many_states, root) as one,
            child(read_many_states, root) as two,
        ):
            assert (one.wait(), two.wait()) == (0, 0)


def test_a_full_disk_leaves_the_old_index_and_recovers_by_itself(root: Path) -> None:
    failures, descriptors = outcome(fill_the_disk, root)
    assert failures == 14
    assert descriptors < 12


def test_a_full_disk_says_so_in_a_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    store = Store(root)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        with pytest.raises(IndexWriteError, match="请检查磁盘空间"):
            step(store, 4)
    assert check(Searcher(root)) == 3
    step(store, 4)
    assert check(Searcher(root)) == 4


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


def replace_by_directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES = (cut, empty, flip, Path.unlink, replace_by_directory)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_file_is_one_error_for_reader_and_writer_and_a_rebuild_heals(
    damage: Callable[[Path], None], root: Path
) -> None:
    store = Store(root)
    store.rebuild(make_documents(80), 3)
    manifest = read(root / CURRENT)
    serving = Searcher(root)
    before = serving.search(Query.of("提取"), ANYBODY)
    for name in [*manifest.files, "../current"]:
        kept = shutil.copytree(root, root.parent / "kept")
        damage(root / manifest.directory / name)

        with pytest.raises(IndexBrokenError):
            Searcher(root).search(Query.of("提取"), ANYBODY)
        with pytest.raises(IndexBrokenError):
            Store(root).apply(delete={"g1"}, add=[make_document()], generation=4)
        if name != "../current":
            assert serving.search(Query.of("提取"), ANYBODY) == before

        if name == "../current" and damage is replace_by_directory:
            (root / CURRENT).rmdir()
        Store(root).rebuild(make_documents(80), 3)
        assert Searcher(root).search(Query.of("提取"), ANYBODY) == before
        shutil.rmtree(root)
        kept.rename(root)


def test_every_single_flipped_byte_is_noticed(root: Path) -> None:
    store = Store(root)
    store.rebuild(make_documents(3), 1)
    manifest = read(root / CURRENT)
    random = Random(5)  # noqa: S311  (places to damage)
    for name in [*manifest.files, "../current"]:
        path = root / manifest.directory / name
        whole = path.read_bytes()
        for place in random.sample(range(len(whole)), min(12, len(whole))):
            path.write_bytes(
                whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
            )
            with pytest.raises(IndexBrokenError):
                Searcher(root).keys()
        path.write_bytes(whole)
    assert len(Searcher(root).keys()) == 3


def test_a_missing_root_or_directory_is_the_same_error(root: Path) -> None:
    shutil.rmtree(root / read(root / CURRENT).directory)
    for searcher in (Searcher(root), Searcher(root / "nowhere")):
        with pytest.raises(IndexBrokenError):
            searcher.search(Query.of("提取"), ANYBODY)
        with pytest.raises(IndexBrokenError):
            searcher.generation  # noqa: B018  (reading it is the act)
    for store in (Store(root), Store(root.parent / "new")):
        with pytest.raises(IndexBrokenError):
            step(store, 4)
        store.rebuild([], 3)
        step(store, 4)
        assert set(Searcher(store.root).keys()) == {
            "moving4#1:1",
            *(f"fixed#{n}:4" for n in range(10)),
        }


def test_a_loaded_searcher_needs_no_file_until_the_next_commit(root: Path) -> None:
    searcher = Searcher(root)
    check(searcher)
    for path in root.glob("*/*"):
        path.unlink()
    assert check(searcher) == 3


def test_forked_readers_do_not_disturb_each_other(root: Path) -> None:
    searcher = Searcher(root)
    assert searcher.count == 13
    children = []
    for _ in range(3):
        process = os.fork()
        if not process:
            right = all(check(searcher) == 3 for _ in range(200))
            os._exit(0 if right else 1)
        children.append(process)
    assert [os.waitpid(process, 0)[1] for process in children] == [0, 0, 0]
