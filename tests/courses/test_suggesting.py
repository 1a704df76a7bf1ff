"""What a meeting might be about: the rule, point by point."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trainer.checklists.domain.checklist import Severity
from trainer.checklists.domain.listing import Listed
from trainer.checklists.domain.situation import ALWAYS
from trainer.courses.domain.meetings import PackItem
from trainer.courses.domain.suggesting import CHANGED_POINTS
from trainer.courses.domain.suggesting import Facts
from trainer.courses.domain.suggesting import least_played
from trainer.courses.domain.suggesting import points
from trainer.courses.domain.suggesting import suggested_items

KEYS = "abcdefgh"


def an_item(
    key: str, competency: str = "", severity: Severity = Severity.ERROR
) -> PackItem:
    listed = Listed(
        id=key,
        businesses=("withdraw.rent",),
        step="verify",
        severity=severity,
        causes=(),
        competency=competency or key.upper(),
        when=ALWAYS,
        wrong=key,
        check="查",
        say="",
        owner="",
        cites=(),
    )
    return PackItem(f"list#{key}", "清单", listed)


def chosen(*items: PackItem, count: int = 3, **facts: object) -> str:
    known = Facts(**facts)  # type: ignore[arg-type]  # by name
    found = suggested_items(items, known, count)
    return "".join(each.item.item.id for each in found)


def test_what_is_answered_wrongly_most_comes_first() -> None:
    items = (an_item("a"), an_item("b"), an_item("c"))
    assert chosen(*items, wrong={"B": 3, "C": 1}) == "bca"


def test_wrong_answers_about_the_very_item_count_once_more() -> None:
    found = Facts(wrong={"A": 2}, wrong_items={"list#a": 2})
    assert points(an_item("a"), found) == 4


def test_what_changed_lately_counts_as_five_wrong_answers() -> None:
    items = (an_item("a"), an_item("b"))
    few, many = {"A": CHANGED_POINTS - 1}, {"A": CHANGED_POINTS + 1}
    changed = frozenset({"list#b"})
    assert chosen(*items, wrong=few, changed=changed) == "ba"
    assert chosen(*items, wrong=many, changed=changed) == "ab"


def test_of_equals_the_more_severe_one_comes_first() -> None:
    assert chosen(an_item("a"), an_item("b", severity=Severity.BAN)) == "ba"


def test_a_competency_comes_once_before_any_comes_twice() -> None:
    items = (an_item("a", "P5"), an_item("b", "P5"), an_item("c", "R1"))
    assert chosen(*items, wrong={"P5": 9}) == "acb"


def test_what_was_talked_about_lately_comes_last() -> None:
    items = (an_item("a"), an_item("b"))
    assert chosen(*items, wrong={"A": 9}, talked=frozenset({"list#a"})) == "ba"


def test_the_scenario_played_least_is_suggested() -> None:
    titles = {"a": "乙", "b": "甲", "c": "丙"}
    assert least_played(titles, Facts(plays={"a": 1, "b": 2})) == "c"
    assert least_played(titles, Facts()) == "c"  # 丙 comes before 乙 and 甲
    assert least_played({}, Facts()) == ""


@given(
    st.dictionaries(st.sampled_from([k.upper() for k in KEYS]), st.integers(0, 9)),
    st.sets(st.sampled_from([f"list#{key}" for key in KEYS])),
    st.integers(0, 12),
)
def test_as_many_as_there_are_and_none_twice(
    wrong: dict[str, int], talked: set[str], count: int
) -> None:
    items = [an_item(key) for key in KEYS]
    found = chosen(*items, count=count, wrong=wrong, talked=frozenset(talked))
    assert len(found) == len(set(found)) == min(count, len(KEYS))
