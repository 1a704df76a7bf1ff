"""Reads of meetings, of read duties and of courses."""

from __future__ import annotations

from trainer.courses.queries.duties import is_replaced
from trainer.courses.queries.duties import news
from trainer.courses.queries.duties import obliged
from trainer.courses.queries.duties import own_duties
from trainer.courses.queries.duties import own_duty
from trainer.courses.queries.duties import questions
from trainer.courses.queries.duties import receipts
from trainer.courses.queries.duties import rule
from trainer.courses.queries.duties import rules
from trainer.courses.queries.learning import reading
from trainer.courses.queries.learning import shelf
from trainer.courses.queries.learning import taught
from trainer.courses.queries.meetings import meeting
from trainer.courses.queries.meetings import meetings
from trainer.courses.queries.meetings import own_sites
from trainer.courses.queries.meetings import people_of
from trainer.courses.queries.offer import Offered
from trainer.courses.queries.offer import offered
from trainer.courses.queries.own_data import own_data
from trainer.courses.queries.packs import facts_of
from trainer.courses.queries.packs import items_on
from trainer.courses.queries.packs import scenario_titles
from trainer.courses.queries.progress import progress
from trainer.courses.queries.readiness import effect
from trainer.courses.queries.readiness import readiness
from trainer.courses.queries.sessions import attendants
from trainer.courses.queries.sheets import sheet
from trainer.courses.queries.sheets import unpublished
from trainer.courses.queries.sheets import warnings
from trainer.courses.queries.tasks import tasks

__all__ = [
    "Offered",
    "attendants",
    "effect",
    "facts_of",
    "is_replaced",
    "items_on",
    "meeting",
    "meetings",
    "news",
    "obliged",
    "offered",
    "own_data",
    "own_duties",
    "own_duty",
    "own_sites",
    "people_of",
    "progress",
    "questions",
    "readiness",
    "reading",
    "receipts",
    "rule",
    "rules",
    "scenario_titles",
    "sheet",
    "shelf",
    "tasks",
    "taught",
    "unpublished",
    "warnings",
]
