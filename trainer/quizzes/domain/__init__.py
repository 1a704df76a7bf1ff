"""Values and rules of quizzes; pure.

Terms:
    bank: one text with questions; question: one of them, known by its id.
    type: how a question is answered and scored (单选, 填空, ...), see :mod:`.types`.
    drawn: what chance has decided for one taker: the order of options, the numbers
        of a parameterised question. Without it a question cannot be shown again.
    answer: what a taker has given, see :data:`.answers.Answer`.
    share: a score as a fraction of the full mark, 0 to 1.
    quiz: which questions are asked, how long, how often; attempt: one person's try.
"""

from __future__ import annotations

QUESTIONS, QUIZ = "questions", "quiz"
KINDS = (QUESTIONS, QUIZ)
"""Kinds of texts this feature owns."""
