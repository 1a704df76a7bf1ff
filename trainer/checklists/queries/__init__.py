"""Reads of checklists."""

from __future__ import annotations

from trainer.checklists.queries.choosing import Weakness
from trainer.checklists.queries.choosing import clerk_called
from trainer.checklists.queries.choosing import tips
from trainer.checklists.queries.choosing import unknown_weakness
from trainer.checklists.queries.clauses import Clauses
from trainer.checklists.queries.clauses import clauses_of
from trainer.checklists.queries.in_force import items_in_force
from trainer.checklists.queries.own_data import own_data
from trainer.checklists.queries.showings import signed_ticket

__all__ = [
    "Clauses",
    "Weakness",
    "clauses_of",
    "clerk_called",
    "items_in_force",
    "own_data",
    "signed_ticket",
    "tips",
    "unknown_weakness",
]
