"""The search stays as good as it was; see ``bench/quality.py`` for the figures.

The test half is loaded here and nothing of it is printed: a failure tells a figure.
"""

from __future__ import annotations

import pytest
import yaml

from bench.quality import Verdict
from bench.quality import figures
from bench.quality import judge
from bench.quality import load
from tests.commands import Terminal
from tests.content.test_starter_pack import CONTENT
from trainer.core.document import parse
from trainer.kit import db
from trainer.kit.index import Searcher

SHARED = 6
"""Characters in a row that a test question and our words may not share."""


@pytest.fixture(scope="module")
def tune(starter: Terminal, searcher: Searcher) -> list[Verdict]:
    return judged(starter, searcher, "tune")


def judged(starter: Terminal, searcher: Searcher, half: str) -> list[Verdict]:
    with db.reading(starter.engine) as session:
        return judge(session, searcher, load(half))


def rounded(verdicts: list[Verdict]) -> tuple[float, float]:
    first, near, _ = figures(verdicts)
    return round(first, 3), round(near, 3)


def test_the_tune_half_finds_its_cards(tune: list[Verdict]) -> None:
    first, near = rounded(tune)
    assert first >= 0.95
    assert near >= 0.98


def test_what_was_due_was_given(tune: list[Verdict]) -> None:
    assert all(verdict.met is not False for verdict in tune)
    assert all(verdict.right_revision is not False for verdict in tune)


def test_few_are_asked_back_without_need(tune: list[Verdict]) -> None:
    needless = [v.offered for v in tune if v.question.kind != "no_business_word"]
    assert sum(needless) <= 0.1 * len(needless)


def test_the_test_half_finds_its_cards(starter: Terminal, searcher: Searcher) -> None:
    first, near = rounded(judged(starter, searcher, "test"))
    assert first >= 0.85
    assert near >= 0.95


def test_no_test_question_was_copied_into_our_words() -> None:
    asked = {
        question.ask[i : i + SHARED]
        for question in load("test")
        for i in range(len(question.ask) - SHARED + 1)
    }
    words: list[str] = []
    for path in CONTENT.glob("policies/*/*.md"):
        words += parse(path.read_text("utf-8")).meta.get("phrases") or []
    glossary = yaml.safe_load((CONTENT / "glossary.yaml").read_text("utf-8"))
    for group in glossary["groups"]:
        words += [group["official"], *group.get("synonyms", [])]
        words += group.get("spoken", [])
    copied = [word for word in words if pieces(word) & asked]
    assert copied == [], "change these words, without looking at the questions"
    assert len(words) > 1_000


def pieces(word: str) -> set[str]:
    return {word[i : i + SHARED] for i in range(len(word) - SHARED + 1)}
