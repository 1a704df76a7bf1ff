"""What pages show: an item with its clauses in words, and one list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from trainer.checklists.domain.listing import Listed
from trainer.checklists.domain.saying import condition_in_words
from trainer.core.document import Mistake
from trainer.publishing.domain.changes import Change
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.timeline import InForce
from trainer.topics.domain.causes import CAUSE_NAMES

Clauses = Mapping[tuple[str, str], str]
"""What cited clauses are called, by slug and section; one that is gone is left out."""


@dataclass(frozen=True, slots=True)
class CiteLine:
    """A clause that an item rests on; ``name`` is its address when it is gone."""

    slug: str
    section: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """An item as it is shown.

    Attributes:
        item: The item.
        slug: Its list.
        title: What the list is called.
        causes: What kind of error it is, in words.
        conditions: In which situations it matters, a phrase each.
        cites: What it rests on.
        is_stale: Whether a cited clause changed since somebody looked; only those
            who write and approve are told.
        unverified: Whether a reader must be told 待核实.
        change: What became of it since the text before, where that is shown.
    """

    item: Listed
    slug: str
    title: str
    causes: tuple[str, ...]
    conditions: tuple[str, ...]
    cites: tuple[CiteLine, ...]
    is_stale: bool = False
    unverified: bool = False
    change: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What is new in a text of a list, against the one that held before.

    Attributes:
        number: Number of the text before.
        note: What its author says of it; may be empty.
        added: How many items are new.
        altered: How many say something else.
        gone: What the items were about that are gone.
    """

    number: int
    note: str
    added: int
    altered: int
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSheet:
    """One text of a list.

    Attributes:
        revision: The text.
        status: How it lies to the day; None for one that is not approved.
        since: First day in force; the claimed one when it is not approved.
        until: Last day in force; None is open.
        coming: First day of the next text, if one is approved.
        steps: Items by code of the step, in the order of a visit.
        changed: What is new in it; None for a first text.
        drafts: Texts that somebody works on, for those who write and approve.
    """

    revision: Revision
    status: InForce | None
    since: date
    until: date | None
    coming: date | None
    steps: tuple[tuple[str, tuple[ShownItem, ...]], ...]
    changed: Changed | None
    drafts: tuple[Revision, ...]

    @property
    def total(self) -> int:
        """How many items it has."""
        return sum(len(items) for _, items in self.steps)

    @property
    def holds(self) -> bool:
        """Whether it is in force on the day."""
        return self.status is InForce.NOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """An item that is being written, as it will look; none while it has mistakes."""

    shown: ShownItem | None = None
    mistakes: tuple[Mistake, ...] = ()


def shown(
    item: Listed,
    revision: Revision,
    clauses: Clauses,
    *,
    is_stale: bool = False,
    change: Change | None = None,
) -> ShownItem:
    """Lay an item of a list out."""
    return ShownItem(
        item=item,
        slug=revision.slug,
        title=revision.header.title,
        causes=tuple(CAUSE_NAMES[cause] for cause in item.causes),
        conditions=condition_in_words(item.when),
        cites=tuple(
            CiteLine(slug, section, clauses.get((slug, section), f"{slug}#{section}"))
            for slug, section in item.cites
        ),
        is_stale=is_stale,
        unverified=revision.header.is_unverified,
        change=change,
    )
