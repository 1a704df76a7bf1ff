"""From the text of a quiz to its rules, or to mistakes with lines.

The format is described in ``docs/quiz-format.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trainer.core.clock import CENTRE
from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.publishing.domain import structured
from trainer.publishing.domain.header import Header
from trainer.quizzes.domain import QUIZ
from trainer.quizzes.domain.question import DIFFICULTIES
from trainer.topics.domain.outline import Record

MINUTES = range(1, 241)
ATTEMPTS = range(1, 100)
PERCENT = range(1, 101)
COUNT = range(1, 201)

PLACE = re.compile(r"([a-z0-9-]+)#([a-z0-9-]+)")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", re.ASCII)


class Mode(StrEnum):
    """What a quiz is taken for."""

    EXAM = "exam"
    PRACTICE = "practice"


class Shuffle(StrEnum):
    """What chance may order."""

    QUESTIONS = "questions"
    OPTIONS = "options"


class Navigation(StrEnum):
    """Whether one may go back."""

    FREE = "free"
    FORWARD = "forward"


class Review(StrEnum):
    """When answers are shown."""

    EACH = "each"
    SUBMIT = "submit"
    CLOSED = "closed"


MODE_NAMES = {Mode.EXAM: N_("考试"), Mode.PRACTICE: N_("练习")}
SHUFFLE_NAMES = {
    Shuffle.QUESTIONS: N_("题目次序打乱"),
    Shuffle.OPTIONS: N_("选项次序打乱"),
}
NAVIGATION_NAMES = {
    Navigation.FREE: N_("可以回头改"),
    Navigation.FORWARD: N_("只能往前，不能回头"),
}
REVIEW_NAMES = {
    Review.EACH: N_("每答一题就看解析"),
    Review.SUBMIT: N_("交卷后看解析"),
    Review.CLOSED: N_("截止后看解析"),
}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A question by its bank and its id."""

    bank: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many questions are drawn of a kind.

    ``difficulty`` 0 is any; no ``banks`` are all of them.
    """

    competency: str
    count: int
    difficulty: int = 0
    banks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """A quiz as it is written.

    Attributes:
        header: What all texts say of themselves.
        mode: What it is taken for.
        minutes: Time limit; None in practice.
        attempts: How often one may try.
        pass_percent: Pass mark, percent of the full mark.
        opens: First moment it may be begun; None is any.
        closes: First moment it may not be begun or answered any more; None is never.
        shuffle: What chance may order.
        navigation: Whether one may go back.
        review: When answers are shown.
        questions: Fixed questions, in order; empty when they are drawn.
        draw: Quotas; empty when the questions are fixed.
    """

    header: Header
    mode: Mode
    minutes: int | None
    attempts: int
    pass_percent: int
    opens: datetime | None
    closes: datetime | None
    shuffle: frozenset[Shuffle]
    navigation: Navigation
    review: Review
    questions: tuple[Place, ...]
    draw: tuple[Quota, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """Outcome of parsing: a quiz, or why there is none."""

    quiz: Quiz | None
    mistakes: tuple[Mistake, ...]


KEYS = (
    *("mode", "minutes", "attempts", "pass", "opens", "closes"),
    *("shuffle", "navigation", "review", "questions", "draw"),
)


def parse(text: str) -> Parsed:
    """Parse the text of a quiz; never raises."""
    read, head, mistakes = structured.opened(text, QUIZ)
    if not read.meta:
        return Parsed(None, tuple(mistakes))
    record = structured.mapped(read, KEYS)
    quiz = _quiz(head, record) if record.readable and head else None
    mistakes += record.mistakes
    if mistakes or quiz is None:
        return Parsed(None, tuple(sorted(set(mistakes))))
    return Parsed(quiz, ())


def _quiz(head: Header, record: Record) -> Quiz:
    mode = record.choice("mode", tuple(Mode), Mode.EXAM)
    exam = mode is Mode.EXAM
    opens, closes = _moment(record, "opens"), _moment(record, "closes")
    review = record.choice("review", tuple(Review), Review.SUBMIT)
    quiz = Quiz(
        header=head,
        mode=mode,
        minutes=record.whole("minutes", MINUTES) if exam else None,
        attempts=record.whole("attempts", ATTEMPTS, 1),
        pass_percent=record.whole("pass", PERCENT, 80),
        opens=opens,
        closes=closes,
        shuffle=frozenset(_shuffle(record)),
        navigation=record.choice("navigation", tuple(Navigation), Navigation.FREE),
        review=review,
        questions=tuple(_places(record)),
        draw=tuple(_quotas(record)),
    )
    if opens and closes and closes <= opens:
        record.wrong(N_("“closes”应晚于“opens”"), "closes")
    if review is Review.CLOSED and closes is None:
        record.wrong(N_("“review: closed”要写明“closes”"), "review")
    if exam and review is Review.EACH:
        record.wrong(N_("考试不能每题答完就看答案；请改成 submit 或 closed"), "review")
    if not exam and record.has("minutes"):
        record.wrong(N_("练习没有时间限制；请去掉“minutes”"), "minutes")
    if record.has("questions") == record.has("draw"):
        record.wrong(N_("“questions”和“draw”要写其中一个，只写一个"))
    return quiz


def _moment(record: Record, key: str) -> datetime | None:
    words = record.text(key, required=False)
    found = None
    if MOMENT.fullmatch(words):
        with suppress(ValueError):
            found = datetime.fromisoformat(words).replace(tzinfo=CENTRE)
    if words and found is None:
        record.wrong(N_("“{key}”应写作 2026-12-01 09:00", key=key), key)
    return found


def _shuffle(record: Record) -> Iterator[Shuffle]:
    for written in record.texts("shuffle", required=False):
        with suppress(ValueError):
            yield Shuffle(written.words)
            continue
        told = N_("“shuffle”里只能有 {words}", words=[*Shuffle])
        record.wrong(told, "shuffle")


def _places(record: Record) -> Iterator[Place]:
    seen: set[Place] = set()
    for written in record.texts("questions", required=False):
        parts = PLACE.fullmatch(written.words)
        place = Place(parts[1], parts[2]) if parts else None
        if place is None:
            told = N_("“{words}”应写作 题库标识#题目标识", words=written.words)
            record.wrong(told, "questions")
        elif place in seen:
            record.wrong(N_("“{words}”写了两次", words=written.words), "questions")
        else:
            seen.add(place)
            yield place


def _quotas(record: Record) -> Iterator[Quota]:
    keys = ("competency", "difficulty", "count", "banks")
    for each in record.records("draw", keys, required=False):
        some = each.has("difficulty")
        yield Quota(
            competency=each.text("competency"),
            difficulty=each.whole("difficulty", DIFFICULTIES) if some else 0,
            count=each.whole("count", COUNT),
            banks=frozenset(b.words for b in each.texts("banks", required=False)),
        )
