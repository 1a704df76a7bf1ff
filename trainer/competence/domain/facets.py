"""What a change of policy does: the changed part of a competency begins anew.

A clause changes in substance on a day. The questions that rest on it become a
**facet**: a child of their competency, known only by what is seen from that day on.
Everybody begins it a little below the average, keeping only what is known of him in
general; what he has shown of the unchanged part stays as it is. The figure shown is
the mixture of both by the share of questions that changed.

Measured against forgetting everything, widening everything and forgetting the
questions only: facets were best in every simulated size of change
(``docs/competence.md``, section 5).
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass

SETTLED_DAYS = 90
"""After so long a facet is part of its competency again, where they agree."""

AGREEING = 0.2
"""Difference of two figures, as shares, that is no difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a change of policy means for one competency.

    Attributes:
        competency: Code of the competency.
        since: First day of the new wording, in days.
        items: What rests on a changed clause, as ``<slug>#<item>``.
        share: Share of the competency's questions that are among them, 0..1.
        outdated: Keys of revisions, with an item, written for the old wording: an
            answer to one of them, however late, says nothing of the new one.
        why: What changed, in words.
        texts: Slugs of the texts that changed.
    """

    competency: str
    since: float
    items: frozenset[str]
    share: float
    outdated: frozenset[tuple[int, str]] = frozenset()
    why: str = ""
    texts: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Code of the facet: no competency has an ``@`` in its code."""
        return f"{self.competency}@{self.since:g}"


def routed(
    competency: str,
    item: str,
    revision: int | None,
    day: float,
    changes: Sequence[Change],
) -> str:
    """Give what an observation is evidence for: a facet, or the competency itself.

    Args:
        competency: Code of the competency it was recorded for.
        item: What was asked.
        revision: Key of the text it was asked from, None when there is none.
        day: When, in days.
        changes: All changes known.
    """
    latest: Change | None = None
    for change in changes:
        if (
            change.competency == competency
            and item in change.items
            and change.since <= day
            and (revision, item) not in change.outdated
            and (latest is None or change.since > latest.since)
        ):
            latest = change
    return latest.code if latest else competency


def open_on(changes: Iterable[Change], day: float) -> list[Change]:
    """Leave the changes that hold on a day, and have not been changed again whole."""
    held = [change for change in changes if change.since <= day]
    return [
        change
        for change in held
        if not any(
            later.competency == change.competency
            and later.since > change.since
            and change.items <= later.items
            for later in held
        )
    ]
