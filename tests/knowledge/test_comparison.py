"""What people need to see of the changes of two texts."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.factories import make_text
from trainer.kit import markup
from trainer.knowledge.domain.article import parse
from trainer.knowledge.domain.comparison import Comparison
from trainer.knowledge.domain.comparison import compared
from trainer.knowledge.domain.comparison import compared_texts
from trainer.knowledge.domain.comparison import field_changes
from trainer.knowledge.domain.comparison import shortened
from trainer.knowledge.domain.sections import outline
from trainer.publishing.domain.changes import Change
from trainer.publishing.domain.changes import compare
from trainer.publishing.domain.diff import Edit
from trainer.publishing.domain.diff import diff_words
from trainer.publishing.domain.header import Header

OLD = """\
### 第一条 期限 {#term}

应在 **15 日**内办结。

### 第二条 材料 {#papers}

身份证。

### 第三条 例外 {#exceptions}

无。
"""
NEW = """\
### 第一条 期限 {#term}

应在 **10 日**内办结。

### 第三条 材料 {#papers}

身份证。

### 第四条 公示 {#notice}

可以公示。
"""


def comparison(old: str = OLD, new: str = NEW) -> Comparison:
    changes = compare(outline(old, 1).sections, outline(new, 1).sections)
    return compared(changes, markup.plain)


def header(**more: str) -> Header:
    manuscript = parse(make_text(**more)).manuscript
    assert manuscript is not None
    return manuscript.header


def test_the_words_are_compared_without_their_marks() -> None:
    part = comparison().parts[0]
    assert "".join(p.text for p in part.old) == "应在 15 日内办结。"
    assert "".join(p.text for p in part.new) == "应在 10 日内办结。"


def test_the_summary_names_the_number_that_changed() -> None:
    [number] = comparison().numbers
    assert (number.section, number.old, number.new) == ("第一条 期限", "15 日", "10 日")


def test_a_moved_clause_is_told_in_words() -> None:
    part = next(p for p in comparison().parts if p.id == "papers")
    assert part.change.change is Change.MOVED
    assert part.notes == ("编号由“第二条”改为“第三条”", "文字未变")
    assert not part.needs_kind


def test_each_change_is_counted_once() -> None:
    assert dict(comparison().counts) == {
        Change.ADDED: 1,
        Change.CHANGED: 1,
        Change.MOVED: 1,
        Change.REMOVED: 1,
    }


def test_a_change_of_nothing_but_a_citation_is_still_shown() -> None:
    old = "## 甲 {#a}\n\n见[条例](cite:rules#one)。"
    part = comparison(old, old.replace("#one", "#two")).parts[0]
    assert {p.kind for p in part.pieces} == set(Edit)


def test_sections_that_stay_are_one_run() -> None:
    old = "".join(f"## 节 {{#s{n}}}\n\n文{n}\n" for n in range(5))
    runs = comparison(old, old.replace("文3", "改3")).runs
    assert [len(run) for run in runs] == [3, 1, 1]


def test_parts_of_the_header_that_differ_are_told_in_words() -> None:
    old, new = header(), header(evidence="B", effective_to="2027-01-01")
    found = {
        change.label: (change.old, change.new) for change in field_changes(old, new)
    }
    assert found == {
        "核实程度": ("A 已读官方文本", "B 二手资料，待核实"),
        "失效日": ("（空）", "2027-01-01"),
    }


def test_a_title_that_looks_like_a_code_is_no_code() -> None:
    [change] = field_changes(header(title="A"), header(title="B"))
    assert (change.old, change.new) == ("A", "B")
    assert header().effective_from == date(2026, 9, 20)


@settings(max_examples=40, deadline=None)
@given(st.text("甲乙丙15日。", max_size=80), st.text("甲乙丙15日。", max_size=80))
def test_shortening_leaves_every_change(old: str, new: str) -> None:
    pieces = diff_words(old, new)
    short = shortened(pieces, 3)
    assert [p for p in short if p.kind is not Edit.EQUAL] == [
        p for p in pieces if p.kind is not Edit.EQUAL
    ]
    assert all(len(p.text) <= 7 for p in short if p.kind is Edit.EQUAL)


def test_two_texts_of_two_editors_are_compared_whole() -> None:
    pieces = compared_texts("甲" * 300 + "15日", "甲" * 300 + "10日")
    assert [p.text for p in pieces if p.kind is not Edit.EQUAL] == ["15日", "10日"]
    assert sum(len(p.text) for p in pieces) < 120
