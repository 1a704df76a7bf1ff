"""Our scorer beside two others: Whoosh's own machinery, and a plain loop."""

from __future__ import annotations

from collections import Counter
from math import log
from pathlib import Path
from typing import Any

import pytest
from whoosh.index import open_dir
from whoosh.query import Or
from whoosh.query import Term
from whoosh.reading import SegmentReader
from whoosh.scoring import BaseScorer
from whoosh.scoring import WeightingModel
from whoosh.scoring import bm25
from whoosh.searching import Searcher as WhooshSearcher
from whoosh.util.numeric import byte_to_length
from whoosh.util.numeric import length_to_byte

from tests.kit.index.corpus import ANYBODY
from tests.kit.index.corpus import make_document
from tests.kit.index.corpus import make_documents
from trainer.kit.index import Hits
from trainer.kit.index import IndexDocument
from trainer.kit.index import Query
from trainer.kit.index import Scope
from trainer.kit.index import Searcher
from trainer.kit.index import Store
from trainer.kit.index import Weighted
from trainer.kit.index import bigrams
from trainer.kit.index import postings
from trainer.kit.index import tokens
from trainer.kit.index.manifest import CURRENT
from trainer.kit.index.manifest import read
from trainer.kit.index.schema import SCHEMA

K1, B = 0.8, 0.7
DOCUMENTS = make_documents(1300)
CHANGED = make_documents(150, seed=3)
QUESTIONS = (
    "提取",
    "住房公积金贷款额度",
    "商转公 异地 利率",
    "离职 封存 转移 账户",
    "LPR",
    "配偶可以提取住房公积金吗",
    "12329 电梯",
    "的",
    "没有任何文献会包含这句话",
)


class Reference(WeightingModel):
    """Whoosh's BM25F on one field; only the average is of the lengths as stored."""

    def __init__(self, average: float) -> None:
        self.average = average

    def scorer(
        self, searcher: WhooshSearcher, fieldname: str, text: bytes, qf: int = 1
    ) -> BaseScorer:
        idf = qf * self.idf(searcher, fieldname, text)
        return ReferenceScorer(searcher, fieldname, idf, self.average)


class ReferenceScorer(BaseScorer):
    def __init__(
        self, searcher: WhooshSearcher, field: str, idf: float, average: float
    ) -> None:
        self.searcher, self.field, self.idf, self.average = (
            searcher,
            field,
            idf,
            average,
        )

    def supports_block_quality(self) -> bool:
        return False

    def score(self, matcher: Any) -> float:
        length = self.searcher.doc_field_length(matcher.id(), self.field)
        count = matcher.weight()
        return float(bm25(self.idf, count, length, self.average, B, K1))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("scoring") / "index"
    Store(root).rebuild(DOCUMENTS, 1)
    return root


@pytest.fixture(scope="module")
def searcher(root: Path) -> Searcher:
    return Searcher(root)


def build(tmp_path: Path, *documents: IndexDocument) -> Searcher:
    Store(tmp_path / "index").rebuild(documents, 1)
    return Searcher(tmp_path / "index")


def keys(hits: Hits) -> list[str]:
    return [hit.key for hit in hits.best]


def scored_plainly(query: Query, scope: Scope) -> dict[str, float]:
    """The same score with dictionaries, from the text alone.

    Only the rounding of lengths to a byte is taken from Whoosh.
    """
    counts = {d.key: Counter(tokens(d.text)) for d in CHANGED}
    lengths = {
        key: byte_to_length(length_to_byte(c.total())) for key, c in counts.items()
    }
    average = sum(lengths.values()) / len(lengths)
    scores: dict[str, float] = {}
    for d in CHANGED:
        score = 0.0
        for term, weight in ((w.term, w.weight) for w in query.terms):
            n = sum(term in c for c in counts.values())
            idf = log(len(counts) / (n + 1)) + 1
            count = counts[d.key][term]
            norm = K1 * (1 - B + B * lengths[d.key] / average)
            score += weight * idf * count * (K1 + 1) / (count + norm)
        if query.bigrams:
            share = sum(pair in counts[d.key] for pair in query.bigrams)
            score *= 0.7 + 0.3 * share / len(query.bigrams)
        score *= dict(scope.boosts).get(d.kind, 1)
        seen = d.audience & scope.audience and all(
            m in counts[d.key] for m in query.must
        )
        seen = seen and (scope.on is None or d.valid_from <= scope.on < d.valid_to)
        seen = seen and (scope.kinds is None or d.kind in scope.kinds)
        seen = seen and (scope.lines is None or d.line in scope.lines)
        if seen and score:
            scores[d.key] = score
    return scores


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_ten_best_are_those_of_whoosh_with_the_same_formula(
    question: str, root: Path, searcher: Searcher
) -> None:
    index = open_dir(str(root / read(root / CURRENT).directory), schema=SCHEMA)
    with index.reader() as reader:
        lengths = [reader.doc_field_length(n, "text") for n in range(len(DOCUMENTS))]
    query = Query(tuple(map(Weighted, dict.fromkeys(tokens(question)))))
    average = sum(lengths) / len(lengths)
    with index.searcher(weighting=Reference(average)) as theirs:
        wanted = Or([Term("text", w.term) for w in query.terms])
        found = theirs.search(wanted, limit=None)
        expected = sorted((-hit.score, hit["about"][0]) for hit in found)[:10]
    everything = Scope(on=None, audience=2**63 - 1)
    ours = searcher.search(query, everything).best
    assert [hit.score for hit in ours] == pytest.approx([-s for s, _ in expected], 1e-5)
    assert {hit.key for hit in ours} == {key for _, key in expected}


SCOPES = (
    ANYBODY,
    Scope(on=20250601, audience=2),
    Scope(on=20260101, audience=3, kinds=frozenset({"checklist"})),
    Scope(
        on=20270101, audience=1, lines=frozenset({"loan"}), boosts=(("policy", 1.5),)
    ),
)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """An index of ``CHANGED`` in three segments, with another 150 deleted."""
    store = Store(tmp_path_factory.mktemp("changed") / "index")
    store.rebuild(make_documents(150, seed=4), 1)
    store.apply(delete={d.group for d in CHANGED}, add=[], generation=2)
    store.apply(delete=(), add=CHANGED[::2], generation=3)
    store.apply(delete=(), add=CHANGED[1::2], generation=4)
    return Searcher(store.root)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("question", [*QUESTIONS[:6], "“异地”贷款"])
def test_scores_counts_and_order_are_those_of_a_plain_loop_after_many_commits(
    question: str, scope: Scope, changed: Searcher
) -> None:
    query = Query.of(question, [Weighted("支取", 0.5), Weighted("提", 0.5)])
    expected = scored_plainly(query, scope)
    hits = changed.search(query, scope, limit=200)

    assert {h.key: h.score for h in hits.best} == pytest.approx(expected, rel=1e-4)
    order = [hit.score for hit in hits.best]
    assert order == sorted(order, reverse=True)
    assert hits.total == len(expected)
    assert hits.groups == len({key.partition("#")[0] for key in expected})


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("limit", [1, 3, 10, 100])
def test_a_short_list_is_the_beginning_of_the_long_one(
    question: str, limit: int, searcher: Searcher
) -> None:
    query = Query.of(question)
    everything = keys(searcher.search(query, ANYBODY, limit=5000))
    assert keys(searcher.search(query, ANYBODY, limit=limit)) == everything[:limit]


def test_equal_scores_are_ordered_by_key(tmp_path: Path) -> None:
    documents = [make_document(f"d{n:03}#1:1", "提取") for n in range(300)]
    searcher = build(tmp_path, *reversed(documents))
    best = keys(searcher.search(Query.of("提取"), ANYBODY, limit=5))
    assert best == [d.key for d in documents[:5]]


def test_a_day_is_in_force_from_its_first_day_to_the_day_before_its_end(
    tmp_path: Path,
) -> None:
    document = make_document(valid_from=20260301, valid_to=20261001)
    searcher = build(tmp_path, document)

    def found_on(day: int | None) -> int:
        return searcher.search(Query.of("住房"), Scope(on=day, audience=1)).total

    days = [20260228, 20260301, 20260930, 20261001, None]
    assert [found_on(day) for day in days] == [0, 1, 1, 0, 1]


def test_what_a_reader_may_not_see_is_not_even_counted(tmp_path: Path) -> None:
    searcher = build(
        tmp_path, make_document("a#1:1", audience=1), make_document("b#1:1", audience=6)
    )
    totals = [
        searcher.search(Query.of("住房"), Scope(on=None, audience=mask)).total
        for mask in (0, 1, 2, 5, 8)
    ]
    assert totals == [0, 1, 1, 2, 0]


def test_of_one_group_at_most_so_many_are_given(searcher: Searcher) -> None:
    query = Query.of("提取")
    hits = searcher.search(query, ANYBODY, limit=300, per_group=1)
    groups = [hit.group for hit in hits.best]
    assert len(groups) == len(set(groups)) == min(300, hits.groups)
    free = searcher.search(query, ANYBODY, limit=5000)
    assert groups == list(dict.fromkeys(hit.group for hit in free.best))[:300]
    assert hits.total == free.total


def test_quoted_words_must_be_there(tmp_path: Path) -> None:
    searcher = build(
        tmp_path,
        make_document("a#1:1", "异地购房贷款"),
        make_document("b#1:1", "异地提取"),
    )
    assert len(keys(searcher.search(Query.of("异地 贷款"), ANYBODY))) == 2
    assert keys(searcher.search(Query.of("异地 “贷款”"), ANYBODY)) == ["a#1:1"]
    assert keys(searcher.search(Query.of('异地 "装修"'), ANYBODY)) == []


def test_a_question_of_nothing_finds_nothing(searcher: Searcher) -> None:
    for typed in ("", "，。", "  ", '""'):
        assert searcher.search(Query.of(typed), ANYBODY).total == 0


def test_only_the_first_characters_of_a_long_question_are_read() -> None:
    assert Query.of("提" * 64 + "取") == Query.of("提" * 64)


def test_an_explanation_adds_up_to_the_score(searcher: Searcher) -> None:
    query = Query.of("商转公“贷款”额度的利率", [Weighted("支取", 0.5)])
    scope = Scope(on=20250601, audience=3, boosts=(("policy", 1.3),))
    for hit in searcher.search(query, scope, limit=20).best:
        explained = searcher.explain(hit.key, query, scope)
        assert explained is not None
        assert explained.score == pytest.approx(hit.score, 1e-4)
        assert [part.term for part in explained.parts] == [w.term for w in query.terms]


def test_what_is_hidden_explains_itself_with_a_factor_of_zero(tmp_path: Path) -> None:
    searcher = build(tmp_path, make_document(audience=2))
    explained = searcher.explain("a#1:1", Query.of("住房"), ANYBODY)
    assert explained is not None
    assert (explained.factor, explained.score) == (0, 0)
    assert searcher.explain("missing", Query.of("住房"), ANYBODY) is None


def test_both_ways_of_decoding_agree(root: Path) -> None:
    index = open_dir(str(root / read(root / CURRENT).directory), schema=SCHEMA)
    terms = {term for d in DOCUMENTS[:300] for term in tokens(d.text)}
    with index.reader() as reader:
        longest = 0
        for leaf, _ in reader.leaf_readers():
            for term in [*sorted(terms), "没有"]:
                quick = postings.decode(leaf, term)
                plain = postings.decode_publicly(leaf, term)
                assert quick.ids.tolist() == plain.ids.tolist()
                assert quick.counts.tolist() == plain.counts.tolist()
                longest = max(longest, len(quick.ids))
    assert longest > 1024  # more than one block


def test_without_the_private_names_the_public_way_serves(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query.of("住房公积金贷款额度")
    expected = Searcher(root).search(query, ANYBODY)
    monkeypatch.setattr(postings, "W3LeafMatcher", type("Gone", (), {}))
    assert Searcher(root).search(query, ANYBODY) == expected
    monkeypatch.undo()

    def gone(_self: SegmentReader) -> None:
        raise AttributeError

    monkeypatch.setattr(postings, "_from_blocks", gone)
    assert Searcher(root).search(query, ANYBODY) == expected


def test_half_typed_words_are_completed_frequent_ones_first(tmp_path: Path) -> None:
    searcher = build(
        tmp_path,
        make_document("a#1:1", "LPR apply app"),
        make_document("b#1:1", "LPR APP"),
        make_document("c#1:1", "公积金 apply", audience=2),
    )
    assert searcher.words("ap", ANYBODY) == ["app", "apply"]
    assert searcher.words("ap", ANYBODY, limit=1) == ["app"]
    assert searcher.words("x", ANYBODY) == []


def test_words_of_documents_a_reader_may_not_see_are_not_given(tmp_path: Path) -> None:
    secret = [make_document(f"a#{n}:1", "secret app", audience=2) for n in range(9)]
    searcher = build(tmp_path, make_document("b#1:1", "apply app"), *secret)
    assert searcher.words("s", ANYBODY) == []
    assert searcher.words("a", ANYBODY) == ["app", "apply"]
    assert searcher.words("s", Scope(on=None, audience=2)) == ["secret"]


def test_bigrams_of_a_question_are_those_of_its_text() -> None:
    assert Query.of("提取 贷款").bigrams == tuple(bigrams("提取 贷款"))
