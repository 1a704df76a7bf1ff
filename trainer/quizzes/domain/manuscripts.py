"""From banks and quizzes to what publishing takes: sections, citations, facets.

A question is a section, so that a new text of a bank is compared, reviewed and cited
question by question; its answer and explanation are a section below it, so that a
clearer explanation is no new question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace

from trainer.core.wording import N_
from trainer.publishing.domain.header import Audience
from trainer.publishing.domain.manuscript import Citation
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.domain.manuscript import Section
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain import QUIZ
from trainer.quizzes.domain.bank import Bank
from trainer.quizzes.domain.listing import kept
from trainer.quizzes.domain.listing import listed
from trainer.quizzes.domain.listing import short
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.quiz import Quiz
from trainer.quizzes.domain.saying import answer_in_words
from trainer.quizzes.domain.saying import question_in_words
from trainer.quizzes.domain.saying import quiz_in_words

WHY = ".why"
"""Added to the id of a question: the section with its answer. No id has a dot."""

CASE_LEVEL, QUESTION_LEVEL, WHY_LEVEL = 2, 3, 4
RULES = "rules"
"""The only section of a quiz."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A manuscript, and the Markdown of its sections that readers are shown.

    ``shown`` differs from the text of a section, which is for who compares and
    reviews: of a question takers see the stem, the options come from its type.
    """

    manuscript: Manuscript
    shown: Mapping[str, str]


def bank_manuscript(bank: Bank, text: str) -> Written:
    """Turn a bank into a manuscript; whoever takes quizzes does not see it."""
    sections: list[Section] = []
    shown: dict[str, str] = {}
    citations: list[Citation] = []
    story = ""
    for number, question in enumerate(bank.questions, start=1):
        if question.case and question.case.id != story:
            sections.append(_case(question))
            shown[question.case.id] = question.case.stem
        story = question.case.id if question.case else ""
        sections += _sections(question, N_("第{n}题", n=number))
        shown[question.id] = question.stem
        shown[question.id + WHY] = question.explanation
        citations += [cite.citation(question.id) for cite in question.cites]
    manuscript = Manuscript(
        kind=QUESTIONS,
        header=replace(bank.header, audience=Audience.AUTHORS),
        sections=tuple(sections),
        citations=tuple(citations),
        facets={"questions": kept([listed(each) for each in bank.questions])},
        text=text,
    )
    return Written(manuscript=manuscript, shown=shown)


def quiz_manuscript(quiz: Quiz, text: str) -> Written:
    """Turn a quiz into a manuscript."""
    words = quiz_in_words(quiz)
    section = Section(
        id=RULES, level=2, label="", heading=N_("规则和组卷"), text=words, line=1
    )
    manuscript = Manuscript(
        kind=QUIZ,
        header=quiz.header,
        sections=(section,),
        citations=(),
        facets={},
        text=text,
    )
    return Written(manuscript=manuscript, shown={RULES: words})


def _case(question: Question) -> Section:
    assert question.case is not None  # noqa: S101  (asked by the caller)
    return Section(
        id=question.case.id,
        level=CASE_LEVEL,
        label=N_("案例"),
        heading=short(question.case.stem),
        text=question.case.stem,
        line=question.line,
    )


def _sections(question: Question, label: str) -> list[Section]:
    level = QUESTION_LEVEL if question.case else CASE_LEVEL
    asked = Section(
        id=question.id,
        level=level,
        label=label,
        heading=short(question.stem),
        text=question_in_words(question),
        line=question.line,
    )
    why = replace(
        asked,
        id=question.id + WHY,
        level=level + 1,
        label="",
        heading=N_("答案与解析"),
        text=answer_in_words(question),
    )
    return [asked, why]
