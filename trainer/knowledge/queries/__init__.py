"""Reads of articles."""

from __future__ import annotations

from trainer.knowledge.queries.cards import card_of_version
from trainer.knowledge.queries.cards import card_on
from trainer.knowledge.queries.desk import codes
from trainer.knowledge.queries.desk import desk
from trainer.knowledge.queries.desk import open_revisions
from trainer.knowledge.queries.desk import open_text
from trainer.knowledge.queries.desk import template_for
from trainer.knowledge.queries.desk import to_follow
from trainer.knowledge.queries.due import ReviewSource
from trainer.knowledge.queries.due import due
from trainer.knowledge.queries.due import published_reviews
from trainer.knowledge.queries.previewing import preview_card
from trainer.knowledge.queries.reviewing import review_sheet
from trainer.knowledge.queries.tasks import tasks
from trainer.knowledge.queries.versions import difference
from trainer.knowledge.queries.versions import links
from trainer.knowledge.queries.versions import versions

__all__ = [
    "ReviewSource",
    "card_of_version",
    "card_on",
    "codes",
    "desk",
    "difference",
    "due",
    "links",
    "open_revisions",
    "open_text",
    "preview_card",
    "published_reviews",
    "review_sheet",
    "tasks",
    "template_for",
    "to_follow",
    "versions",
]
