"""What the answers to a quiz say about its questions and about itself; pure.

Only first attempts count: who tries again has seen the questions.

Terms:
    item: a question in one wording; another wording is another item.
    facility (通过率): the mean share of the full mark, 0 to 1; the greater, the easier.
    item-rest correlation (区分度): how far those who do well elsewhere do well here.
    distractor (干扰项): a wrong choice.
    alpha (信度): how far the questions of a paper agree about who is better.
    standard error of measurement (测量标准误): how far a result strays by chance.
    firm: from so many people that chance does not decide what is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass

from trainer.quizzes.domain.analysis.items import ItemStatistics
from trainer.quizzes.domain.analysis.items import item_statistics
from trainer.quizzes.domain.analysis.sheets import Item
from trainer.quizzes.domain.analysis.sheets import Sheet
from trainer.quizzes.domain.analysis.sheets import graded
from trainer.quizzes.domain.analysis.whole import QuizStatistics
from trainer.quizzes.domain.analysis.whole import quiz_statistics
from trainer.quizzes.domain.question import Question


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known of a quiz; the items by bank, id and wording."""

    items: tuple[ItemStatistics, ...]
    quiz: QuizStatistics


def analysed(
    sheets: Iterable[Sheet], questions: Mapping[Item, Question], *, pass_percent: int
) -> Analysis:
    """Analyse what was submitted to one quiz; no figure depends on the order.

    Args:
        sheets: The attempts that were submitted, of each person one by each number.
            Of one that is not graded to the end, the result is that of its graded
            part; whoever wants none of those leaves them out.
        questions: The questions as they were asked; the choices of one that is not
            here are not counted.
        pass_percent: Pass mark, percent of the full mark.
    """
    answers = graded(sheets)
    return Analysis(
        item_statistics(answers, questions), quiz_statistics(answers, pass_percent)
    )
