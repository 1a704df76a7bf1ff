"""Documents of one collection are scored as if there were no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.kit.index.corpus import ANYBODY
from tests.kit.index.corpus import make_document
from tests.kit.index.corpus import make_documents
from trainer.kit.index import IndexDocument
from trainer.kit.index import Query
from trainer.kit.index import Scope
from trainer.kit.index import Searcher
from trainer.kit.index import Store

OWN = make_documents(400, seed=5)
OTHERS = [
    replace(d, key=f"other-{d.key}", group=f"other-{d.group}", kind="item", line="x",
            collection="items")
    for d in make_documents(900, seed=6)
]  # fmt: skip
QUESTIONS = ("提取", "住房公积金贷款额度", "商转公 异地 利率", "LPR", "的")


def build(root: Path, *documents: IndexDocument) -> Searcher:
    Store(root).rebuild(documents, 1)
    return Searcher(root)


def found(
    searcher: Searcher, question: str, kinds: set[str]
) -> list[tuple[str, float]]:
    scope = Scope(on=None, audience=1, kinds=frozenset(kinds))
    hits = searcher.search(Query.of(question), scope, limit=50)
    return [(hit.key, hit.score) for hit in hits.best]


def test_another_collection_moves_nothing_not_even_a_score(tmp_path: Path) -> None:
    alone = build(tmp_path / "alone", *OWN)
    beside = build(tmp_path / "beside", *OWN, *OTHERS)
    kinds = {"policy", "checklist"}
    for question in QUESTIONS:
        assert found(alone, question, kinds) == found(beside, question, kinds)


def test_each_collection_has_its_own_statistics(tmp_path: Path) -> None:
    items = build(tmp_path / "items", *OTHERS)
    beside = build(tmp_path / "beside", *OWN, *OTHERS)
    for question in QUESTIONS:
        assert found(items, question, {"item"}) == found(beside, question, {"item"})


def test_without_collections_other_documents_move_scores(tmp_path: Path) -> None:
    mixed = [replace(d, collection="") for d in OTHERS]
    alone = build(tmp_path / "alone", *OWN)
    beside = build(tmp_path / "beside", *OWN, *mixed)
    kinds = {"policy", "checklist"}
    assert found(alone, "贷款 额度", kinds) != found(beside, "贷款 额度", kinds)


def test_what_is_added_and_deleted_stays_in_its_collection(tmp_path: Path) -> None:
    store = Store(tmp_path / "index")
    store.rebuild(OWN, 1)
    before = found(Searcher(store.root), "提取 材料", {"policy"})
    store.apply(delete=(), add=OTHERS, generation=2)
    assert found(Searcher(store.root), "提取 材料", {"policy"}) == before
    store.apply(delete={d.group for d in OTHERS}, add=(), generation=3)
    assert found(Searcher(store.root), "提取 材料", {"policy"}) == before
    assert found(Searcher(store.root), "提取 材料", {"item"}) == []


def test_an_explanation_counts_in_the_collection_of_the_document(
    tmp_path: Path,
) -> None:
    own = [make_document(f"a#{n}:1", "电梯" if n else "提取") for n in range(3)]
    item = make_document("i#1:1", "提取 材料", collection="items")
    searcher = build(tmp_path / "index", *own, item)
    query = Query.of("提取")
    for key in ("a#0:1", "i#1:1"):
        explanation = searcher.explain(key, query, ANYBODY)
        assert explanation is not None
        assert {part.frequency for part in explanation.parts} == {1}
        [hit] = [h for h in searcher.search(query, ANYBODY).best if h.key == key]
        assert abs(hit.score - explanation.score) < 1e-5
