"""One item is changed in a list; every other line stays."""

from __future__ import annotations

import difflib

import pytest

from tests.checklists.lists import AGENT
from tests.checklists.lists import HEADER
from tests.checklists.lists import PARENTS
from tests.checklists.lists import checklist
from tests.checklists.lists import item
from trainer.checklists.domain.checklist import parse
from trainer.checklists.domain.editing import EMPTY
from trainer.checklists.domain.editing import item_in
from trainer.checklists.domain.editing import item_text
from trainer.checklists.domain.editing import moved_item
from trainer.checklists.domain.editing import with_item
from trainer.checklists.domain.editing import without_item
from trainer.core.errors import NotFoundError
from trainer.publishing.domain.typed import unfinished

LIST = checklist("# 核验\n", PARENTS, "\n# 受理\n", AGENT, item("third"))


def ids(text: str) -> list[str]:
    found = parse(text)
    assert found.checklist is not None, found.mistakes
    return [each.id for each in found.checklist.items]


def changed(old: str, new: str) -> list[str]:
    lines = difflib.ndiff(old.splitlines(), new.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_only_the_words_that_differ_change() -> None:
    entry = {**item_in(LIST, "parents-home"), "wrong": "算错了"}
    new = with_item(LIST, entry, "parents-home")
    assert changed(LIST, new) == [
        "-   wrong: 把父母名下的住房算成申请人有房",
        "+   wrong: 算错了",
    ]


def test_conditions_and_lists_stand_on_one_line() -> None:
    entry = item_in(LIST, "agent-without-mandate")
    text = item_text(entry)
    assert "  when: {person: [agent], channel: [counter, branch]," in text
    assert "  business: [withdraw.rent, withdraw.purchase]\n" in text
    again = parse(HEADER + text).checklist
    before = parse(LIST).checklist
    assert again is not None
    assert before is not None
    assert again.items[0].when == before.items[1].when


def test_an_author_keeps_the_order_of_his_keys() -> None:
    lines = PARENTS.splitlines(keepends=True)
    turned = checklist("".join([lines[0], lines[-1], *lines[1:-1]]))
    entry = {**item_in(LIST, "parents-home"), "check": "看一遍", "owner": "risk-desk"}
    new = with_item(turned, entry, "parents-home")
    assert list(item_in(new, "parents-home"))[:3] == ["id", "cites", "business"]
    assert list(item_in(new, "parents-home"))[-1] == "owner"


def test_a_new_item_stands_at_the_end() -> None:
    new = with_item(LIST, {**item_in(LIST, "third"), "id": "fourth"})
    assert ids(new) == [*ids(LIST), "fourth"]
    assert new.startswith(LIST)


def test_an_item_is_taken_out_and_what_stands_behind_it_stays() -> None:
    new = without_item(LIST, "parents-home")
    assert ids(new) == ["agent-without-mandate", "third"]
    assert "# 受理" in new
    with pytest.raises(NotFoundError):
        without_item(new, "parents-home")


def test_an_item_moves_among_those_of_its_step() -> None:
    down = moved_item(LIST, "parents-home", up=False)
    assert ids(down) == ["agent-without-mandate", "third", "parents-home"]
    assert ids(moved_item(down, "parents-home", up=True)) == [
        "agent-without-mandate",
        "parents-home",
        "third",
    ]
    assert sorted(down.splitlines()) == sorted(LIST.splitlines())


@pytest.mark.parametrize(("key", "up"), [("parents-home", True), ("third", False)])
def test_at_the_end_nothing_moves(key: str, up: bool) -> None:  # noqa: FBT001  (a case)
    assert moved_item(LIST, key, up=up) == LIST


def test_a_list_that_begins_is_not_finished() -> None:
    empty = HEADER + EMPTY
    assert ids(empty) == []
    assert unfinished(empty)
    first = with_item(empty, item_in(LIST, "third"))
    assert ids(first) == ["third"]
    assert not unfinished(first)
    assert without_item(first, "third") == empty
