"""Reads of meetings and of read duties."""

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
from trainer.courses.queries.meetings import meeting
from trainer.courses.queries.meetings import meetings
from trainer.courses.queries.meetings import own_sites
from trainer.courses.queries.meetings import people_of
from trainer.courses.queries.own_data import own_data
from trainer.courses.queries.packs import facts_of
from trainer.courses.queries.packs import items_on
from trainer.courses.queries.packs import scenario_titles
from trainer.courses.queries.readiness import effect
from trainer.courses.queries.readiness import readiness

__all__ = [
    "effect",
    "facts_of",
    "is_replaced",
    "items_on",
    "meeting",
    "meetings",
    "news",
    "obliged",
    "own_data",
    "own_duties",
    "own_duty",
    "own_sites",
    "people_of",
    "questions",
    "readiness",
    "receipts",
    "rule",
    "rules",
    "scenario_titles",
]
