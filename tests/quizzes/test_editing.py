"""One question is changed in a bank; every other line stays."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tests.quizzes.banks import HEAD
from tests.quizzes.banks import bank_files
from tests.quizzes.published import asked
from tests.quizzes.published import bank_of
from tests.quizzes.published import story
from trainer.core.errors import NotFoundError
from trainer.publishing.domain.entries import entries
from trainer.quizzes.domain.bank import parse
from trainer.quizzes.domain.editing import EMPTY
from trainer.quizzes.domain.editing import Change
from trainer.quizzes.domain.editing import cases_in
from trainer.quizzes.domain.editing import question_in
from trainer.quizzes.domain.editing import with_question
from trainer.quizzes.domain.editing import without_question
from trainer.quizzes.domain.written import Entry

BANK = bank_of(
    "# 第一组\n",
    asked("one"),
    "\n# 第二组\n",
    story("visit", asked("two"), asked("three")),
    asked("four"),
)


def ids(text: str) -> list[str]:
    found = parse(text)
    assert found.bank is not None, found.mistakes
    return [question.id for question in found.bank.questions]


def changed(old: str, new: str) -> list[str]:
    lines = difflib.ndiff(old.splitlines(), new.splitlines())
    return [line for line in lines if line[0] in "+-"]


def edited(text: str, key: str, **more: str) -> Entry:
    return {**question_in(text, key)[0], **more}


def test_only_the_lines_of_the_question_change() -> None:
    new = with_question(
        BANK, Change(entry=edited(BANK, "one", stem="有房可提。"), replaces="one")
    )
    assert changed(BANK, new) == ["-   stem: 无房可提。", "+   stem: 有房可提。"]


def test_a_new_question_stands_at_the_end() -> None:
    new = with_question(BANK, Change(entry=edited(BANK, "one", id="five")))
    assert ids(new) == ["one", "two", "three", "four", "five"]
    assert new.startswith(BANK)


def test_a_question_of_a_case_is_changed_with_its_story() -> None:
    change = Change(
        entry=edited(BANK, "three", stem="改了。"),
        replaces="three",
        case="visit",
        story="张某来办事。",
    )
    new = with_question(BANK, change)
    assert ids(new) == ids(BANK)
    assert cases_in(new) == {"visit": "张某来办事。"}
    assert question_in(new, "three")[0]["stem"] == "改了。"
    assert "# 第二组" in new
    assert asked("four") in new


def test_what_a_case_says_is_not_said_again() -> None:
    shared = BANK.replace(
        "  stem: 李某来办事。\n", "  stem: 李某来办事。\n  asks: rule\n"
    )
    change = Change(
        entry=edited(shared, "two", id="more"), case="visit", story="李某来办事。"
    )
    inner = entries(with_question(shared, change))[1]["questions"]
    assert isinstance(inner, list)
    assert "asks" not in inner[-1]
    assert inner[-1]["competency"] == "P5"


def test_a_question_moves_into_a_new_case_and_out_again() -> None:
    moved = with_question(
        BANK,
        Change(entry=edited(BANK, "one"), replaces="one", case="new", story="新的。"),
    )
    assert ids(moved) == ids(BANK)
    assert cases_in(moved) == {"new": "新的。", "visit": "李某来办事。"}
    back = with_question(moved, Change(entry=edited(moved, "one"), replaces="one"))
    assert entries(back) == entries(BANK)


def test_a_question_moves_from_a_case_to_stand_alone_behind_it() -> None:
    new = with_question(BANK, Change(entry=edited(BANK, "two"), replaces="two"))
    assert ids(new) == ["one", "three", "two", "four"]


def test_a_question_is_taken_out_and_its_case_with_the_last() -> None:
    assert ids(without_question(BANK, "two")) == ["one", "three", "four"]
    left = without_question(without_question(BANK, "two"), "three")
    assert ids(left) == ["one", "four"]
    assert cases_in(left) == {}
    with pytest.raises(NotFoundError):
        without_question(BANK, "visit")


def test_the_first_question_of_a_bank_and_the_last_one_gone() -> None:
    empty = HEAD + EMPTY
    first = with_question(empty, Change(entry=edited(BANK, "one")))
    assert first == HEAD + asked("one")
    assert without_question(first, "one") == empty
    assert ids(empty) == []


def test_what_the_bank_says_is_left_out() -> None:
    new = with_question(BANK, Change(entry=edited(BANK, "one", line="withdraw")))
    assert "line" not in entries(new)[-1]
    new = with_question(BANK, Change(entry=edited(BANK, "one", line="loan")))
    assert entries(new)[-1]["line"] == "loan"


@pytest.mark.parametrize("path", bank_files(), ids=lambda p: p.stem)
def test_putting_back_what_is_there_changes_no_meaning(path: Path) -> None:
    text = path.read_text("utf-8")
    for key in ids(text)[::5]:
        entry, case = question_in(text, key)
        again = with_question(
            text,
            Change(
                entry=entry,
                replaces=key,
                case=str(case["id"]) if case else "",
                story=str(case["stem"]) if case else "",
            ),
        )
        assert entries(again) == entries(text)
        assert len(changed(text, again)) < 80
