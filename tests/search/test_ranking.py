from __future__ import annotations

from dataclasses import dataclass

from trainer.search.domain.ranking import SECTION
from trainer.search.domain.ranking import by_article


@dataclass(frozen=True)
class Doc:
    key: str
    group: str
    score: float


def card(slug: str, score: float) -> Doc:
    return Doc(f"{slug}@1/2026-01-01#", slug, score)


def section(slug: str, name: str, score: float) -> Doc:
    return Doc(f"{slug}@1/2026-01-01#{name}", slug, score)


def test_card_and_best_section_make_the_score() -> None:
    both = [section("a", "x", 4.0), section("a", "y", 3.0)]
    [article] = by_article([card("a", 10.0)], both)
    assert article.score == 10.0 + SECTION * 4.0
    assert article.document.key.endswith("#")


def test_a_section_that_fits_nearly_as_well_is_shown() -> None:
    [article] = by_article([card("a", 10.0)], [section("a", "x", 8.0)])
    assert article.document.key.endswith("#x")


def test_the_card_says_what_an_article_is_for() -> None:
    cards = [card("guide", 6.0)]
    sections = [section("law", "x", 9.0), card("guide", 6.0)]
    assert [a.document.group for a in by_article(cards, sections)] == ["guide", "law"]


def test_equal_scores_stand_in_order_of_slug() -> None:
    ranked = by_article([card("b", 1.0), card("a", 1.0)], [])
    assert [a.document.group for a in ranked] == ["a", "b"]
