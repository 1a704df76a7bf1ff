"""Reads of quizzes."""

from __future__ import annotations

from trainer.quizzes.queries.attempts import own_attempt
from trainer.quizzes.queries.attempts import paper
from trainer.quizzes.queries.attempts import papers
from trainer.quizzes.queries.opening import open_bank
from trainer.quizzes.queries.opening import open_banks
from trainer.quizzes.queries.opening import open_quiz
from trainer.quizzes.queries.own_data import own_data
from trainer.quizzes.queries.placing import Taken
from trainer.quizzes.queries.placing import overseen_placement
from trainer.quizzes.queries.placing import overseen_placements
from trainer.quizzes.queries.placing import own_placement
from trainer.quizzes.queries.placing import placement_offers
from trainer.quizzes.queries.pool import Pool
from trainer.quizzes.queries.pool import drawable
from trainer.quizzes.queries.practising import daily
from trainer.quizzes.queries.practising import own_mistakes
from trainer.quizzes.queries.shelf import bank_sheet
from trainer.quizzes.queries.shelf import quiz_sheet
from trainer.quizzes.queries.shelf import sheet_of
from trainer.quizzes.queries.shelf import shelf
from trainer.quizzes.queries.shelf import shortages_of
from trainer.quizzes.queries.showing import offer
from trainer.quizzes.queries.showing import offered
from trainer.quizzes.queries.showing import own_result
from trainer.quizzes.queries.showing import own_tries
from trainer.quizzes.queries.showing import shown_already
from trainer.quizzes.queries.showing import solution_of

__all__ = [
    "Pool",
    "Taken",
    "bank_sheet",
    "daily",
    "drawable",
    "offer",
    "offered",
    "open_bank",
    "open_banks",
    "open_quiz",
    "overseen_placement",
    "overseen_placements",
    "own_attempt",
    "own_data",
    "own_mistakes",
    "own_placement",
    "own_result",
    "own_tries",
    "paper",
    "papers",
    "placement_offers",
    "quiz_sheet",
    "sheet_of",
    "shelf",
    "shortages_of",
    "shown_already",
    "solution_of",
]
