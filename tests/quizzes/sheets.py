"""Small papers to analyse."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from tests.quizzes.banks import make_question
from trainer.quizzes.domain.analysis import Analysis
from trainer.quizzes.domain.analysis import analysed
from trainer.quizzes.domain.analysis.sheets import Item
from trainer.quizzes.domain.analysis.sheets import Outcome
from trainer.quizzes.domain.analysis.sheets import Sheet
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.quiz import Place

PASS = 80
SINGLE = make_question("""\
  type: single
  stem: 选哪个？
  options:
    - {text: 甲, correct: true}
    - {text: 乙}
    - {text: 丙}
""")
DECIDED = make_question("""\
  type: true_false
  stem: 对不对？
  answer: false
""")
BLANK = make_question("""\
  type: blanks
  stem: 填 {{1}}
  blanks: [[甲]]
""")


def item(name: str, wording: str = "v1") -> Item:
    return Item(Place("bank", name), wording)


ITEMS = (*(item(name) for name in "abcde"), item("a", "v2"))
MARKS = dict(zip(ITEMS, map(Decimal, ("1", "2", "0.5", "1", "3", "1")), strict=True))
QUESTIONS = {ITEMS[0]: SINGLE, ITEMS[1]: DECIDED, ITEMS[2]: BLANK}


def numbered(papers: Iterable[Sequence[Outcome]]) -> list[Sheet]:
    """Give papers as first attempts, each of another person."""
    return [Sheet(person, 1, tuple(told)) for person, told in enumerate(papers)]


def analyse(
    sheets: Iterable[Sheet], questions: Mapping[Item, Question] = QUESTIONS
) -> Analysis:
    return analysed(sheets, questions, pass_percent=PASS)


def analyse_papers(papers: Iterable[Sequence[Outcome]]) -> Analysis:
    """Analyse papers as first attempts, each of another person."""
    return analyse(numbered(papers), {item(name): SINGLE for name in "abcd"})


def right(*names: str, all_of: str = "abcd") -> list[Outcome]:
    """Give a paper of single-choice questions; the named ones are answered rightly."""
    return [
        Outcome(
            item=item(name),
            share=Fraction(name in names),
            given=("a",) if name in names else ("b",),
        )
        for name in all_of
    ]
