"""Reads of publishing."""

from __future__ import annotations

from trainer.publishing.queries.changing import LastChange
from trainer.publishing.queries.changing import last_change
from trainer.publishing.queries.choosing import chosen
from trainer.publishing.queries.choosing import unpublished
from trainer.publishing.queries.clauses import clauses
from trainer.publishing.queries.kinds import TextKind
from trainer.publishing.queries.kinds import TextKinds
from trainer.publishing.queries.recent import approved_since
from trainer.publishing.queries.recent import meanings_of
from trainer.publishing.queries.recent import taking_effect
from trainer.publishing.queries.references import Target
from trainer.publishing.queries.references import citing
from trainer.publishing.queries.references import dangling
from trainer.publishing.queries.references import outdated
from trainer.publishing.queries.references import references_of
from trainer.publishing.queries.references import same_citations
from trainer.publishing.queries.references import targets_on
from trainer.publishing.queries.references import wordings
from trainer.publishing.queries.reviews import confirmations
from trainer.publishing.queries.reviews import due_reviews
from trainer.publishing.queries.revisions import all_approved
from trainer.publishing.queries.revisions import approved
from trainer.publishing.queries.revisions import audiences
from trainer.publishing.queries.revisions import authors
from trainer.publishing.queries.revisions import held_before
from trainer.publishing.queries.revisions import history
from trainer.publishing.queries.revisions import in_force
from trainer.publishing.queries.revisions import last_events
from trainer.publishing.queries.revisions import meanings
from trainer.publishing.queries.revisions import owned
from trainer.publishing.queries.revisions import revision
from trainer.publishing.queries.revisions import revision_on
from trainer.publishing.queries.revisions import revisions
from trainer.publishing.queries.revisions import sections
from trainer.publishing.queries.revisions import sections_of
from trainer.publishing.queries.revisions import text
from trainer.publishing.queries.revisions import texts
from trainer.publishing.queries.revisions import version
from trainer.publishing.queries.revisions import versions
from trainer.publishing.queries.revisions import with_status
from trainer.publishing.queries.single_sections import some_sections
from trainer.publishing.queries.single_sections import worded
from trainer.publishing.queries.staleness import stale
from trainer.publishing.queries.vocabulary import vocabulary

__all__ = [
    "LastChange",
    "Target",
    "TextKind",
    "TextKinds",
    "all_approved",
    "approved",
    "approved_since",
    "audiences",
    "authors",
    "chosen",
    "citing",
    "clauses",
    "confirmations",
    "dangling",
    "due_reviews",
    "held_before",
    "history",
    "in_force",
    "last_change",
    "last_events",
    "meanings",
    "meanings_of",
    "outdated",
    "owned",
    "references_of",
    "revision",
    "revision_on",
    "revisions",
    "same_citations",
    "sections",
    "sections_of",
    "some_sections",
    "stale",
    "taking_effect",
    "targets_on",
    "text",
    "texts",
    "unpublished",
    "version",
    "versions",
    "vocabulary",
    "with_status",
    "worded",
    "wordings",
]
