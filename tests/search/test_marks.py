from __future__ import annotations

import pytest

from trainer.kit.index import tokens
from trainer.search.domain import marks


@pytest.mark.parametrize(
    ("label", "mark"),
    [
        ("第二十四条", "qis24"),
        ("第二十四条（三）", "qis24i3"),
        ("第24条(3)", "qis24i3"),
        ("七、", "qis7"),
        ("", None),
        ("总则", None),
    ],
)
def test_a_label_becomes_the_mark_a_question_asks_for(
    label: str, mark: str | None
) -> None:
    assert marks.label(label) == ((mark,) if mark else ())


def test_a_document_bears_its_number_with_and_without_the_year() -> None:
    assert marks.numbers("建金〔2018〕46号") == ("qno46", "qno46y2018")
    assert marks.numbers("国务院令第844号") == ("qno844",)
    assert marks.numbers("原文件未取得") == ()


def test_marks_are_single_terms_of_the_index() -> None:
    borne = [
        marks.CARD,
        marks.article("rent-withdrawal" * 8),
        marks.section("item-1"),
        marks.clause(24, 3),
        *marks.numbers("建金〔2018〕46号"),
    ]
    for mark in borne:
        assert tokens(mark) == [mark]
