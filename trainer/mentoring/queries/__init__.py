"""Reads of mentoring."""

from __future__ import annotations

from trainer.mentoring.queries.asking import tasks
from trainer.mentoring.queries.logs import cases_of
from trainer.mentoring.queries.logs import usual
from trainer.mentoring.queries.mentors import mentors
from trainer.mentoring.queries.own_data import own_data
from trainer.mentoring.queries.pairs import Pair
from trainer.mentoring.queries.pairs import looked_after
from trainer.mentoring.queries.pairs import must_learn
from trainer.mentoring.queries.pairs import own_pair
from trainer.mentoring.queries.pairs import pair
from trainer.mentoring.queries.pairs import trained_by
from trainer.mentoring.queries.standing import LineStanding
from trainer.mentoring.queries.standing import Mentoring
from trainer.mentoring.queries.standing import current
from trainer.mentoring.queries.standing import mentorings

__all__ = [
    "LineStanding",
    "Mentoring",
    "Pair",
    "cases_of",
    "current",
    "looked_after",
    "mentorings",
    "mentors",
    "must_learn",
    "own_data",
    "own_pair",
    "pair",
    "tasks",
    "trained_by",
    "usual",
]
