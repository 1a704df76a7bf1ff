"""Writing questions back: what is read from it is what was written."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings

from tests.quizzes.banks import HEAD
from tests.quizzes.banks import banks
from tests.quizzes.banks import make_question
from tests.quizzes.banks import unplaced
from tests.quizzes.drawn import QUESTIONS
from tests.quizzes.test_bank import CASE
from tests.quizzes.test_types import NUMBER
from trainer.quizzes.domain import written
from trainer.quizzes.domain.bank import parse
from trainer.quizzes.domain.question import Question

FRONT = written.front_matter_of(HEAD)


def read_again(questions: list[Question]) -> list[Question]:
    text = written.bank_text(FRONT, questions)
    found = parse(text)
    assert found.bank is not None, (found.mistakes, text)
    return unplaced(found.bank.questions)


@pytest.mark.parametrize("path", banks(), ids=lambda path: path.stem)
def test_a_bank_that_is_written_back_is_the_same_bank(path: Path) -> None:
    bank = banks()[path]
    front = written.front_matter_of(path.read_text("utf-8"))
    text = written.bank_text(front, bank.questions)
    again = parse(text)
    assert again.bank is not None, again.mistakes
    assert again.bank.header == bank.header
    assert unplaced(again.bank.questions) == unplaced(bank.questions)
    assert written.bank_text(front, again.bank.questions) == text


@settings(max_examples=60, deadline=None)
@given(QUESTIONS)
def test_whatever_is_asked_can_be_written_and_read(questions: list[Question]) -> None:
    assert read_again(questions) == unplaced(questions)


def test_what_a_case_shares_is_said_once() -> None:
    found = parse(HEAD + CASE)
    assert found.bank is not None
    text = written.bank_text(FRONT, found.bank.questions)
    for key in ("on", "asks", "cites"):
        assert len(re.findall(rf"^ *{key}: ", text, re.MULTILINE)) == 1
    assert text.count("competency: ") == 2
    assert "line: withdraw" in text.split("---")[1]
    assert "line: " not in text.split("---")[2]


def test_it_is_written_as_a_person_would() -> None:
    question = make_question(NUMBER.replace("  stem: ", "  marks: 2\n  stem: "))
    question = replace(question, stem=question.stem + "\n\n- 首套\n- 等额本息")
    assert written.text_of(written.entries_of([question], "withdraw")) == (
        """- id: q1
  type: number
  competency: P5
  difficulty: 2
  asks: rule
  on: 2026-03-02
  stem: |
    贷款 {principal} 元，{years} 年，首套，2026-03-02 放款，等额本息每月还多少？

    - 首套
    - 等额本息
  formula: loan-instalment
  values: {principal: [300000, 500000], years: [5, 20]}
  inputs: {principal: '{principal}', years: '{years}', home: first}
  tolerance: 0.01
  unit: 元
  marks: 2
  explanation: 因为条例这样写。
  cites: [rent-withdrawal#answer]
"""
    )


def test_a_bank_without_questions_and_a_text_without_front_matter() -> None:
    assert written.bank_text(FRONT, []).endswith("---\n[]\n")
    assert written.front_matter_of("nothing") == ""
    assert f"---\n{FRONT}---\n" == HEAD
