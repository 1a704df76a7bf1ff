"""Changing one place of a scenario: what is said changes, other lines stay."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scenarios.graphs import example
from tests.scenarios.graphs import few
from trainer.core import document
from trainer.core.errors import NotFoundError
from trainer.scenarios.domain.editing import ENDINGS
from trainer.scenarios.domain.editing import MARK
from trainer.scenarios.domain.editing import NODES
from trainer.scenarios.domain.editing import Entry
from trainer.scenarios.domain.editing import Kind
from trainer.scenarios.domain.editing import Shelf
from trainer.scenarios.domain.editing import body_of
from trainer.scenarios.domain.editing import entry
from trainer.scenarios.domain.editing import head_of
from trainer.scenarios.domain.editing import with_entry
from trainer.scenarios.domain.editing import with_head
from trainer.scenarios.domain.editing import with_moved
from trainer.scenarios.domain.editing import without_entry
from trainer.scenarios.domain.patching import patched
from trainer.scenarios.domain.reading import parse

COMMENTED = (
    example()
    .replace("  - id: home\n", "  # 第二幕\n  - id: home  # 说出住房\n")
    .replace("endings:\n", "# 收场\nendings:\n")
    .replace("patience: 20\n", "patience: 20  # 二十分钟\n\n")
)
HELLO = Shelf(Kind.CHOICES, "hello")
HOME = Shelf(Kind.CHOICES, "home")


def changes(before: str, after: str) -> tuple[list[str], list[str]]:
    """Give the lines that went, and those that came."""
    told = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    gone = [line[2:].strip() for line in told if line.startswith("- ")]
    return gone, [line[2:].strip() for line in told if line.startswith("+ ")]


def test_a_change_of_a_choice_touches_its_line_only() -> None:
    old = entry(body_of(COMMENTED), HELLO, "say-yes")
    made = with_entry(COMMENTED, HELLO, {**old, "risk": "2"}, "say-yes")
    assert changes(COMMENTED, made) == (["risk: 1"], ["risk: 2"])


def test_a_change_of_a_node_keeps_its_choices_and_comments() -> None:
    old = {**entry(body_of(COMMENTED), NODES, "home")}
    del old["choices"]
    made = with_entry(COMMENTED, NODES, {**old, "says": "第一行\n第二行"}, "home")
    gone, come = changes(COMMENTED, made)
    assert gone == ["says: 哦，我说一下我们家的情况。"]
    assert come == ["says: |", "第一行", "第二行"]
    assert entry(body_of(made), NODES, "home")["says"] == "第一行\n第二行"


def test_a_key_that_is_new_stands_where_it_usually_does() -> None:
    old = entry(body_of(COMMENTED), HELLO, "ask-home")
    new = {**old, "minutes": "3", "mood": "1", "when": {"mood": ">=1"}}
    made = with_entry(COMMENTED, HELLO, new, "ask-home")
    lines = made.splitlines()
    at = lines.index("      - id: ask-home")
    keys = [line.split(":")[0].strip(" -") for line in lines[at : at + 9]]
    assert keys == [
        *("id", "text", "rating", "learns", "competency", "to", "when"),
        *("mood", "minutes"),
    ]
    assert changes(COMMENTED, made)[0] == []
    assert entry(body_of(made), HELLO, "ask-home") == new


def test_a_key_that_is_gone_takes_its_line_with_it() -> None:
    old = {**entry(body_of(COMMENTED), HELLO, "say-yes")}
    del old["rates"]
    made = with_entry(COMMENTED, HELLO, old, "say-yes")
    assert changes(COMMENTED, made) == (
        ["rates: {communication: fair, policy: ban}"],
        [],
    )


def test_what_is_added_stands_at_the_end_of_its_list() -> None:
    more: Entry = {"id": "more", "text": "再问一句", "rating": "best", "to": "home"}
    made = with_entry(COMMENTED, HELLO, more)
    gone, come = changes(COMMENTED, made)
    assert gone == []
    assert sorted(come) == ["- id: more", "rating: best", "text: 再问一句", "to: home"]
    assert [e["id"] for e in _choices(made, "hello")] == ["say-yes", "ask-home", "more"]


def test_taking_out_and_moving_touch_nothing_else() -> None:
    made = without_entry(COMMENTED, HOME, "send-away")
    gone, come = changes(COMMENTED, made)
    assert (len(gone), come) == (6, [])
    assert "# 收场\n" in made
    moved = with_moved(COMMENTED, HELLO, "ask-home", up=True)
    assert sorted(moved.splitlines()) == sorted(COMMENTED.splitlines())
    assert [e["id"] for e in _choices(moved, "hello")] == ["ask-home", "say-yes"]
    assert with_moved(moved, HELLO, "ask-home", up=True) == moved
    assert _choices(with_moved(moved, HELLO, "ask-home", up=False), "hello") == (
        _choices(COMMENTED, "hello")
    )


def test_a_comment_above_a_node_goes_where_it_goes() -> None:
    moved = with_moved(COMMENTED, NODES, "home", up=True)
    assert (
        moved.index("# 第二幕") < moved.index("- id: home") < moved.index("- id: hello")
    )
    assert moved.index("- id: hello") < moved.index("# 收场") < moved.index("endings:")
    assert "# 第二幕" not in without_entry(COMMENTED, NODES, "home")


def test_the_head_is_changed_around_nodes_and_endings() -> None:
    head = {**head_of(body_of(COMMENTED)), "patience": "30", "timeout": "wrong"}
    made = with_head(COMMENTED, head)
    gone, come = changes(COMMENTED, made)
    assert gone == ["patience: 20  # 二十分钟"]
    assert come == ["patience: 30", "timeout: wrong"]


def test_a_graph_that_is_not_whole_is_marked_until_it_is() -> None:
    broken = without_entry(COMMENTED, ENDINGS, "wrong")
    assert document.parse(broken).body.startswith(MARK)
    assert parse(broken).scenario is not None
    assert parse(broken).warnings
    back: Entry = {
        "id": "wrong",
        "outcome": "bad",
        "says": "他又来了。",
        "debrief": "多跑一趟。",
    }
    mended = with_entry(broken, ENDINGS, back)
    assert MARK not in mended
    assert parse(mended).mistakes == ()


def test_the_first_choice_of_a_node_is_written_below_it() -> None:
    node: Entry = {"id": "third", "says": "还有呢？", "tests": ["risk"], "choices": []}
    begun = with_entry(COMMENTED, NODES, node)
    one: Entry = {"id": "a", "text": "好", "rating": "best", "to": "done"}
    made = with_entry(begun, Shelf(Kind.CHOICES, "third"), one)
    assert _choices(made, "third") == [one]
    assert "  # 第二幕\n" in made


def test_what_is_not_there_cannot_be_changed() -> None:
    for shelf, key in ((NODES, "nobody"), (HELLO, "nothing")):
        with pytest.raises(NotFoundError):
            without_entry(COMMENTED, shelf, key)
    with pytest.raises(NotFoundError):
        with_entry(COMMENTED, Shelf(Kind.CHOICES, "nobody"), {"id": "x"})


def test_a_text_in_another_layout_is_written_anew_but_says_the_same() -> None:
    body = "{about: a, nodes: [{id: one, says: x}], endings: []}"
    new: Entry = {"about": "b", "nodes": [{"id": "one", "says": "y"}], "endings": []}
    made = patched(body, {"about": "a"}, new)
    assert body_of("---\ntitle: x\n---\n" + made) == new


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))
)


@few
@given(WORDS, st.sampled_from(["say-yes", "ask-home"]), st.integers(0, 3))
def test_whatever_is_typed_is_read_back(words: str, key: str, times: int) -> None:
    typed = "\n".join([words.strip() or "话"] * times) or "话"
    old = entry(body_of(COMMENTED), HELLO, key)
    made = with_entry(COMMENTED, HELLO, {**old, "why": typed}, key)
    assert entry(body_of(made), HELLO, key)["why"] == typed
    assert [e["id"] for e in _choices(made, "hello")] == ["say-yes", "ask-home"]


def _choices(text: str, node: str) -> list[Entry]:
    found = entry(body_of(text), NODES, node)["choices"]
    assert isinstance(found, list)
    return found
