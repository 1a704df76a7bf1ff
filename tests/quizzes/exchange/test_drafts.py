"""Drafts: ids, defaults, and lines that other systems have changed."""

from __future__ import annotations

import json

import pytest

from tests.quizzes.exchange.reading import DEFAULTS
from tests.quizzes.exchange.reading import told
from trainer.quizzes.domain.exchange.carried import read_carried
from trainer.quizzes.domain.exchange.dialects import UnreadableError
from trainer.quizzes.domain.exchange.drafts import MOST
from trainer.quizzes.domain.exchange.drafts import Defaults
from trainer.quizzes.domain.exchange.drafts import Draft
from trainer.quizzes.domain.exchange.drafts import Fault
from trainer.quizzes.domain.exchange.drafts import Read
from trainer.quizzes.domain.exchange.drafts import finished
from trainer.quizzes.domain.question import Asks


def draft(line: int, key: str = "", **more: str) -> Draft:
    own = {"type": "true_false", "stem": "能。", "answer": "true"}
    return Draft(line=line, entry={"id": key, **own, **more})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("rent-1", "rent-1"),
        ("Q012", "q012"),
        ("12", "q-12"),
        ("1_2", "q-1-2"),
        ("", "q-1"),
    ],
)
def test_ids_are_made_of_what_others_write(written: str, read: str) -> None:
    (found,) = finished([draft(1, written)], DEFAULTS)
    assert found.question is not None
    assert found.question.id == read


def test_ids_that_are_made_up_do_not_meet_those_that_are_written() -> None:
    found = finished([draft(1), draft(2, "q-1"), draft(3)], DEFAULTS)
    assert [each.entry["id"] for each in found] == ["q-2", "q-1", "q-3"]
    assert told(Read(found)) == []


def test_an_id_that_cannot_be_one_is_told() -> None:
    (fault,) = told(Read(finished([draft(4, "第一题")], DEFAULTS)))
    assert fault.startswith("第 4 行：“编号”应由小写字母、数字和连字符组成")


def test_what_a_question_says_itself_counts_before_the_defaults() -> None:
    defaults = Defaults(
        competency="P5",
        line="loan",
        difficulty="3",
        asks="case",
        on="2026-09-21",
        explanation="见条例。",
        cites=("a#b",),
    )
    (found,) = finished([draft(1, difficulty="1")], defaults)
    question = found.question
    assert question is not None
    assert (question.difficulty, question.asks, question.topic) == (
        1,
        Asks.CASE,
        "loan",
    )
    assert str(question.on) == "2026-09-21"


def test_the_reader_of_banks_has_the_last_word() -> None:
    (found,) = finished([draft(3, on="2026-02-30")], DEFAULTS)
    assert told(Read((found,))) == ["第 3 行：“业务日期”应是日期，写作 2026-09-20"]
    assert found.question is None


def test_more_than_can_be_read_at_once_is_told_at_the_rest() -> None:
    wrong = (Fault(1, "不对"),)  # what is wrong anyway takes no time to read
    drafts = [Draft(line=n, entry={}, faults=wrong) for n in range(1, MOST + 2)]
    found = finished(drafts, DEFAULTS)
    assert "一次最多导入 2,000 题" in str(found[-1].faults[0].told)
    assert found[-2].faults == wrong


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "{",
        '{"marks": 2}',
        '{"case": "story"}',
        '{"case": {"id": "story"}}',
        json.dumps({"options": [[[[["deep"]]]]]}),
        "[" * 100_000,
    ],
)
def test_a_line_of_ours_that_was_changed_is_refused(line: str) -> None:
    with pytest.raises(UnreadableError, match="被改动过"):
        read_carried(line)
