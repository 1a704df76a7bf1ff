"""Reads of meetings."""

from __future__ import annotations

from trainer.courses.queries.meetings import meeting
from trainer.courses.queries.meetings import meetings
from trainer.courses.queries.meetings import own_sites
from trainer.courses.queries.meetings import people_of
from trainer.courses.queries.own_data import own_data
from trainer.courses.queries.packs import facts_of
from trainer.courses.queries.packs import items_on
from trainer.courses.queries.packs import scenario_titles

__all__ = [
    "facts_of",
    "items_on",
    "meeting",
    "meetings",
    "own_data",
    "own_sites",
    "people_of",
    "scenario_titles",
]
