"""What a new bank or quiz begins with, and small conventions of writing them."""

from __future__ import annotations

from trainer.publishing.domain.typed import PLACEHOLDER
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain import QUIZ
from trainer.quizzes.domain.editing import EMPTY

BODIES = {
    QUESTIONS: EMPTY,
    QUIZ: f"# {PLACEHOLDER}：怎么考、考哪些题】\nminutes: 30\nattempts: 1\npass: 80\n"
    "shuffle: [questions, options]\n"
    "draw:\n  - {{competency: {competency}, count: 5}}\n",
}
"""What a new text says; it is not submitted as long as it says this."""

SOURCE = "各题所引条款"
"""Where what a bank says usually comes from."""

SEPARATORS = str.maketrans("，、,；;", "     ")


def listed_words(written: str) -> list[str]:
    """Give the words of a list that somebody wrote on one line."""
    return written.translate(SEPARATORS).split()


def said_of(name: str, words: str) -> str:
    """Put what is said of something behind its name, in a list to choose from."""
    return f"{name}：{words}"
