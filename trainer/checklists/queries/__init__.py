"""Reads of checklists."""

from __future__ import annotations

from trainer.checklists.queries.choosing import clerk_called
from trainer.checklists.queries.choosing import tips
from trainer.checklists.queries.clauses import Clauses
from trainer.checklists.queries.clauses import clauses_of
from trainer.checklists.queries.holding import Holding
from trainer.checklists.queries.holding import held
from trainer.checklists.queries.holding import items_in_force
from trainer.checklists.queries.holding import items_of
from trainer.checklists.queries.holding import stale_items
from trainer.checklists.queries.lists import list_on
from trainer.checklists.queries.own_data import own_data
from trainer.checklists.queries.showing import Browsed
from trainer.checklists.queries.showing import ItemsAbout
from trainer.checklists.queries.showing import browse
from trainer.checklists.queries.showing import clause_names
from trainer.checklists.queries.showing import items_about
from trainer.checklists.queries.showings import signed_ticket

__all__ = [
    "Browsed",
    "Clauses",
    "Holding",
    "ItemsAbout",
    "browse",
    "clause_names",
    "clauses_of",
    "clerk_called",
    "held",
    "items_about",
    "items_in_force",
    "items_of",
    "list_on",
    "own_data",
    "signed_ticket",
    "stale_items",
    "tips",
]
