from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.kit.index.corpus import ANYBODY
from tests.kit.index.corpus import make_document
from tests.kit.index.corpus import make_documents
from trainer.kit.index import IndexBrokenError
from trainer.kit.index import IndexDocument
from trainer.kit.index import IndexLockedError
from trainer.kit.index import Query
from trainer.kit.index import Scope
from trainer.kit.index import Searcher
from trainer.kit.index import Store
from trainer.kit.index import WriterLock
from trainer.kit.index import manifest
from trainer.kit.index import segment
from trainer.kit.index import snapshot
from trainer.kit.index import store as stores


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def store(root: Path) -> Store:
    store = Store(root)
    store.rebuild([], 0)
    return store


@pytest.fixture
def searcher(store: Store) -> Searcher:
    return Searcher(store.root)


def add(store: Store, generation: int, *documents: IndexDocument) -> None:
    store.apply(delete=(), add=documents, generation=generation)


def found(searcher: Searcher, typed: str) -> set[str]:
    return {h.key for h in searcher.search(Query.of(typed), ANYBODY, limit=1000).best}


def test_an_empty_index_answers_with_nothing(searcher: Searcher) -> None:
    assert (searcher.count, searcher.generation, searcher.keys()) == (0, 0, {})
    assert searcher.search(Query.of("提取"), ANYBODY).best == ()


def test_what_is_added_is_found_with_all_that_is_known_of_it(
    store: Store, searcher: Searcher
) -> None:
    add(store, 5, make_document("a#1:2", "异地提取", audience=2**62, valid_to=20270101))
    hits = searcher.search(Query.of("异地"), Scope(on=None, audience=2**62))
    hit = hits.best[0]
    assert (hit.key, hit.group, hit.kind, hit.line) == (
        "a#1:2",
        "a",
        "policy",
        "extract",
    )
    assert (hit.valid_from, hit.valid_to, hit.audience) == (20200101, 20270101, 2**62)
    assert (hits.total, hits.groups, hits.generation) == (1, 1, 5)
    assert searcher.keys() == {"a#1:2": "hash of a#1:2"}


def test_deleting_a_group_deletes_all_of_it_and_nothing_else(
    store: Store, searcher: Searcher
) -> None:
    add(store, 1, *(make_document(key) for key in ("a#1:1", "a#2:1", "ab#1:1")))
    store.apply(delete={"a", "unknown"}, add=(), generation=2)
    assert set(searcher.keys()) == found(searcher, "住房") == {"ab#1:1"}


def test_a_key_is_there_once_also_when_a_batch_has_it_twice(
    store: Store, searcher: Searcher
) -> None:
    add(store, 1, make_document(text="旧文"), make_document(text="新文", hash="new"))
    assert searcher.keys() == {"a#1:1": "new"}
    assert (found(searcher, "旧"), found(searcher, "新")) == (set(), {"a#1:1"})


def test_a_known_key_replaces_the_document_whatever_its_group(
    store: Store, searcher: Searcher
) -> None:
    add(store, 1, make_document(text="旧文"))
    add(store, 2, make_document(text="新文", group="b"))
    assert (searcher.count, found(searcher, "旧")) == (1, set())


def test_applying_a_change_twice_is_applying_it_once(
    store: Store, searcher: Searcher
) -> None:
    documents = make_documents(20)
    for _ in range(3):
        store.apply(delete={"g1", "g2"}, add=documents, generation=9)
    assert set(searcher.keys()) == {d.key for d in documents}
    assert searcher.generation == store.generation == 9


def test_a_generation_without_documents_is_a_commit_too(
    store: Store, searcher: Searcher
) -> None:
    add(store, 1, make_document())
    store.apply(delete=(), add=(), generation=2)
    assert (searcher.generation, searcher.count) == (2, 1)


def test_a_searcher_sees_each_commit_and_one_before_it_does_not(
    store: Store, searcher: Searcher
) -> None:
    for number in range(1, 6):
        assert searcher.generation == number - 1
        add(store, number, make_document(f"a#{number}:1"))
        assert len(found(searcher, "住房")) == number


def test_frequencies_follow_deletions(store: Store, searcher: Searcher) -> None:
    documents = [make_document(f"g{n}#1:1", "提取" if n else "贷款") for n in range(9)]
    add(store, 1, *documents)
    store.apply(delete={f"g{n}" for n in range(2, 9)}, add=(), generation=2)
    explained = searcher.explain("g0#1:1", Query.of("贷"), ANYBODY)
    other = searcher.explain("g1#1:1", Query.of("提"), ANYBODY)
    assert explained is not None
    assert other is not None
    assert explained.score == pytest.approx(other.score)
    assert other.parts[0].frequency == 1


def test_many_commits_leave_few_segments_and_lose_nothing(
    store: Store, searcher: Searcher
) -> None:
    documents = make_documents(40)
    for generation, document in enumerate(documents, 1):
        add(store, generation, document)
        assert len(searcher._newest().segments) <= 8  # noqa: SLF001
    assert set(searcher.keys()) == {d.key for d in documents}
    again = Store(store.root.parent / "again")
    again.rebuild(documents, 1)
    query = Query.of("住房公积金提取")
    merged = searcher.search(query, ANYBODY, limit=50).best
    assert merged == Searcher(again.root).search(query, ANYBODY, limit=50).best


def test_a_large_segment_is_not_written_again_for_a_few_documents(
    store: Store, root: Path
) -> None:
    store.rebuild(make_documents(500), 0)
    large = max(root.glob("*/*.pst"), key=lambda path: path.stat().st_size)
    for number in range(20):
        add(store, number, make_document(f"a#{number}:1"))
    assert large.exists()


def test_a_commit_leaves_no_more_files_than_the_present_and_the_one_before(
    store: Store, root: Path
) -> None:
    for number in range(12):
        add(store, number, make_document(f"a#{number}:1"))
    now = manifest.read(root / manifest.CURRENT)
    names = {p.name for p in (root / now.directory).iterdir()}
    assert names == {*now.files, *now.spared, "built"}


def test_building_beside_is_not_seen_before_it_is_adopted(
    store: Store, searcher: Searcher
) -> None:
    add(store, 3, make_document("old#1:1"))
    name = Store(store.root).build([make_document("new#1:1")], 2)
    assert set(searcher.keys()) == {"old#1:1"}
    store.adopt(name)
    assert set(searcher.keys()) == {"new#1:1"}
    assert searcher.generation == 2


def test_the_directory_before_is_kept_and_older_ones_go(
    store: Store, root: Path
) -> None:
    for generation in range(4):
        store.rebuild([make_document()], generation)
    kept = sorted(
        path.name.partition("-")[2] for path in root.iterdir() if path.is_dir()
    )
    assert kept == ["4", "5"]


def test_a_rebuilt_index_takes_each_key_once(store: Store, searcher: Searcher) -> None:
    store.rebuild([make_document(text="旧"), make_document(text="新")], 1)
    assert (searcher.count, found(searcher, "新")) == (1, {"a#1:1"})


@pytest.mark.parametrize(("count", "parts"), [(60, 1), (61, 2), (299, 5), (900, 5)])
def test_a_large_index_is_built_in_parts(
    count: int,
    parts: int,
    store: Store,
    searcher: Searcher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stores, "_SMALLEST_PART", 60)
    documents = make_documents(count)
    store.rebuild(documents, 1)
    assert len(searcher._newest().segments) == parts  # noqa: SLF001
    assert set(searcher.keys()) == {d.key for d in documents}


def test_only_one_may_write(store: Store) -> None:
    other = Store(store.root)
    assert store.lock.try_acquire()
    assert store.lock.held
    with pytest.raises(IndexLockedError):
        add(other, 1, make_document())
    with pytest.raises(IndexLockedError):
        other.rebuild([], 1)
    add(store, 1, make_document())
    assert store.lock.held
    store.lock.release()
    add(other, 2, make_document())
    assert not other.lock.held


def test_a_lock_is_tried_without_waiting_and_taken_once(root: Path) -> None:
    first, second = WriterLock(root), WriterLock(root)
    assert first.try_acquire()
    assert first.try_acquire()
    assert not second.try_acquire()
    first.release()
    first.release()
    assert second.try_acquire()
    second.release()


def test_the_directories_belong_to_us_alone(store: Store, root: Path) -> None:
    assert root.stat().st_mode & 0o777 == 0o700
    assert all(p.stat().st_mode & 0o777 == 0o700 for p in root.iterdir() if p.is_dir())
    root.chmod(0o755)
    with pytest.raises(IndexBrokenError, match="权限"):
        Searcher(root).search(Query.of("提取"), ANYBODY)
    with pytest.raises(IndexBrokenError, match="权限"):
        add(store, 1, make_document())
    store.rebuild([], 1)
    assert Searcher(root).count == 0


@pytest.mark.parametrize(
    "wrong",
    [{"audience": 0}, {"audience": 2**63}, {"valid_from": 0}, {"valid_to": 10**8}],
)
def test_a_number_that_could_not_be_read_back_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"audience|days"):
        make_document(**wrong)


def test_waste_is_the_share_of_deleted_documents(
    store: Store, searcher: Searcher
) -> None:
    assert searcher.waste == 0
    store.rebuild([make_document(f"g{n}#1:1") for n in range(4)], 1)
    store.apply(delete={"g0"}, add=(), generation=2)
    assert searcher.waste == pytest.approx(0.25)


def test_an_index_of_another_version_is_to_be_rebuilt(
    store: Store, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "SCHEMA_HASH", "another")
    with pytest.raises(IndexBrokenError, match="版本"):
        Searcher(root).keys()
    with pytest.raises(IndexBrokenError, match="版本"):
        add(store, 1, make_document())


def test_forgetting_decoded_terms_changes_no_score(
    store: Store, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.rebuild(make_documents(300), 1)
    queries = [Query.of(typed) for typed in ("住房公积金", "提取", "异地贷款", "住房")]
    expected = [Searcher(root).search(query, ANYBODY) for query in queries]
    for module in (segment, snapshot):
        monkeypatch.setattr(module, "BYTES_EACH", 10)
        monkeypatch.setattr(module, "FEWEST_BYTES", 0)
    poor = Searcher(root)
    for _ in range(2):
        assert [poor.search(query, ANYBODY) for query in queries] == expected


def test_unknown_words_do_not_fill_the_memory(
    store: Store, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (segment, snapshot):
        monkeypatch.setattr(module, "BYTES_EACH", 0)
        monkeypatch.setattr(module, "FEWEST_BYTES", 20_000)
    add(store, 1, make_document())
    for number in range(500):
        assert searcher.search(Query.of(f"x{number}"), ANYBODY).total == 0
    newest = searcher._newest()  # noqa: SLF001
    assert len(newest._terms) <= 100  # noqa: SLF001
    assert len(newest.segments[0]._postings) <= 100  # noqa: SLF001


def test_more_scopes_than_are_remembered_change_no_count(
    store: Store, searcher: Searcher
) -> None:
    add(store, 1, make_document())
    for _ in range(2):
        for day in [*range(20191220, 20191230), *range(20200101, 20200110)]:
            hits = searcher.search(Query.of("住房"), Scope(on=day, audience=1))
            assert hits.total == (day >= 20200101)


def test_a_lock_whose_file_was_deleted_is_taken_anew(root: Path) -> None:
    first, second = WriterLock(root), WriterLock(root)
    assert first.try_acquire()
    shutil.rmtree(root)
    assert second.try_acquire()
    assert not first.try_acquire()
    second.release()
    assert first.try_acquire()
    first.release()
