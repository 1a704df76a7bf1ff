"""Questions and quizzes in words, for who reviews and compares texts.

Unlike the page of a taker it has everything, the answer too, in one fixed order, so
that two texts of a question differ where the question does.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase

from trainer.core.clock import CENTRE
from trainer.core.wording import N_
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.quiz import MODE_NAMES
from trainer.quizzes.domain.quiz import NAVIGATION_NAMES
from trainer.quizzes.domain.quiz import REVIEW_NAMES
from trainer.quizzes.domain.quiz import SHUFFLE_NAMES
from trainer.quizzes.domain.quiz import Quiz
from trainer.quizzes.domain.quiz import Shuffle
from trainer.quizzes.domain.types import TYPES
from trainer.quizzes.domain.types.base import Choice
from trainer.quizzes.domain.types.numbers import Calculating


def question_in_words(question: Question) -> str:
    """Give what is asked: the stem, what there is to choose, how it is scored."""
    return "\n".join(_asked(question))


def answer_in_words(question: Question) -> str:
    """Give what is right, why, and what it rests on."""
    return "\n".join(_answered(question))


def quiz_in_words(quiz: Quiz) -> str:
    """Give the rules of a quiz and what is asked, one line each."""
    lines = (*rules_in_words(quiz), *_picked(quiz))
    return "\n".join(f"- {line}" for line in lines)


def rules_in_words(quiz: Quiz) -> tuple[str, ...]:
    """Give how a quiz is taken, one line each."""
    return tuple(_rules(quiz))


def _asked(question: Question) -> Iterator[str]:
    body = question.body
    face = body.face(question.stem, _first(question))
    yield question.stem
    yield ""
    yield from _lettered(face.choices)
    yield from (f"→ {line}" for line in _lettered(face.targets))
    if isinstance(body, Calculating) and body.working:
        values = body.working.values.items()
        yield from (f"- {name} = {' / '.join(these)}" for name, these in values)
    yield N_("题型：{name}", name=TYPES[question.type].name)
    if face.rule:
        yield N_("计分：{rule}", rule=face.rule)
    if question.on:
        yield N_("业务日期：{day}", day=question.on)
    yield N_("分值：{marks}", marks=f"{question.marks:f}")


def _answered(question: Question) -> Iterator[str]:
    body = question.body
    solution = body.solution(_first(question))
    yield N_("答案：{words}", words=[*solution.words])
    if isinstance(body, Calculating) and body.working:
        given = ", ".join(f"{k} = {v}" for k, v in body.working.inputs.items())
        yield N_("公式：{code}（{given}）", code=body.working.formula, given=given)
    yield from (f"- {key.upper()}: {why}" for key, why in solution.whys.items())
    yield ""
    yield question.explanation
    yield ""
    cites = [f"{cite.slug}#{cite.section}" for cite in question.cites]
    yield N_("依据：{cites}", cites=cites)
    yield N_(
        "能力项：{competency}；难度 {difficulty}",
        competency=question.competency,
        difficulty=question.difficulty,
    )


def _first(question: Question) -> tuple[str, ...]:
    """Draw without chance: the first of everything."""
    return question.body.draw(lambda _: 0, shuffle=False)


def _lettered(choices: tuple[Choice, ...]) -> Iterator[str]:
    for letter, choice in zip(ascii_uppercase, choices, strict=False):
        yield f"{letter}. {choice.text}"


def _rules(quiz: Quiz) -> Iterator[str]:
    yield MODE_NAMES[quiz.mode]
    if quiz.minutes:
        yield N_("限时 {n} 分钟", n=quiz.minutes)
        yield N_("可考 {n} 次", n=quiz.attempts)
        yield N_("{n}% 及格", n=quiz.pass_percent)
    for moment, said in ((quiz.opens, N_("开放")), (quiz.closes, N_("截止"))):
        if moment:
            day = f"{moment.astimezone(CENTRE):%Y-%m-%d %H:%M}"
            yield N_("{said}：{day}", said=said, day=day)
    yield from (SHUFFLE_NAMES[each] for each in Shuffle if each in quiz.shuffle)
    yield NAVIGATION_NAMES[quiz.navigation]
    yield REVIEW_NAMES[quiz.review]


def _picked(quiz: Quiz) -> Iterator[str]:
    yield from (f"{place.bank}#{place.id}" for place in quiz.questions)
    for quota in quiz.draw:
        yield N_(
            "抽 {n} 题：能力项 {competency}，难度 {difficulty}，题库 {banks}",
            n=quota.count,
            competency=quota.competency,
            difficulty=quota.difficulty or N_("不限"),
            banks=sorted(quota.banks) or N_("不限"),
        )
