"""Reading a quiz: every text gives its rules, or every mistake with its line."""

from __future__ import annotations

from datetime import UTC
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.quizzes.banks import HEAD as BANK_HEAD
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.quiz import Quota
from trainer.quizzes.domain.quiz import Review
from trainer.quizzes.domain.quiz import Shuffle
from trainer.quizzes.domain.quiz import parse

HEAD = BANK_HEAD.replace("kind: questions", "kind: quiz")
FIRST = HEAD.count("\n") + 1
DRAW = "draw:\n  - {competency: P5, difficulty: 2, count: 3, banks: [rent]}\n"


def test_a_quiz_is_read_with_all_it_says() -> None:
    found = parse(
        HEAD
        + "minutes: 30\nattempts: 2\npass: 90\nopens: 2026-12-01 09:00\n"
        + "closes: 2026-12-05 18:00\nshuffle: [options]\nreview: closed\n"
        + DRAW
    )
    assert found.mistakes == ()
    quiz = found.quiz
    assert quiz is not None
    assert (quiz.mode, quiz.minutes, quiz.attempts) == (Mode.EXAM, 30, 2)
    assert quiz.opens == datetime(2026, 12, 1, 1, tzinfo=UTC)
    assert quiz.closes == datetime(2026, 12, 5, 10, tzinfo=UTC)
    assert (quiz.pass_percent, quiz.review) == (90, Review.CLOSED)
    assert quiz.shuffle == {Shuffle.OPTIONS}
    assert quiz.draw == (
        Quota(competency="P5", difficulty=2, count=3, banks=frozenset({"rent"})),
    )


def test_what_is_not_said_is_the_careful_choice() -> None:
    found = parse(HEAD + "mode: practice\nquestions: [rent#q1, rent#q2]\n")
    assert found.quiz is not None, found.mistakes
    assert found.quiz.questions == (Place("rent", "q1"), Place("rent", "q2"))
    assert (found.quiz.minutes, found.quiz.attempts) == (None, 1)
    assert (found.quiz.pass_percent, found.quiz.review) == (80, Review.SUBMIT)


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (DRAW, FIRST, "缺少“minutes”"),
        ("minutes: 0\n" + DRAW, FIRST, "1 到 240 的整数"),
        ("minutes: 30\n", FIRST, "只写一个"),
        ("minutes: 30\nquestions: [a#b]\n" + DRAW, FIRST, "只写一个"),
        ("minutes: 30\nquestions: [a/b]\n", FIRST + 1, "题库标识#题目标识"),
        ("minutes: 30\nquestions: [a#b, a#b]\n", FIRST + 1, "写了两次"),
        ("minutes: 30\nreview: closed\n" + DRAW, FIRST + 1, "要写明“closes”"),
        ("minutes: 30\nreview: each\n" + DRAW, FIRST + 1, "考试不能"),
        ("mode: practice\nminutes: 9\n" + DRAW, FIRST + 1, "没有时间限制"),
        ("minutes: 30\nopens: 2026-12-01\n" + DRAW, FIRST + 1, "2026-12-01 09:00"),
        (
            "minutes: 30\nopens: 2026-12-01 09:00\ncloses: 2026-12-01 09:00\n" + DRAW,
            FIRST + 2,
            "应晚于",
        ),
        ("minutes: 30\nshuffle: [all]\n" + DRAW, FIRST + 1, "“shuffle”里只能有"),
        ("minutes: 30\ntime: 1\n" + DRAW, FIRST + 1, "不认识的键“time”"),
        ("minutes: 30\ndraw:\n  - {competency: P5}\n", FIRST + 2, "缺少“count”"),
        ("- a\n", FIRST, "应是“键: 值”"),
    ],
)
def test_a_mistake_is_told_with_its_line(body: str, line: int, words: str) -> None:
    told = [(mistake.line, mistake.message) for mistake in parse(HEAD + body).mistakes]
    assert [message for at, message in told if at == line and words in message], told


PIECES = st.text("minutes: draw[]{}-|'\"甲\t#?,\n", max_size=80)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=80), PIECES))
def test_no_text_makes_the_parser_raise(text: str) -> None:
    for whole in (text, HEAD + text):
        found = parse(whole)
        assert (found.quiz is None) == bool(found.mistakes)
