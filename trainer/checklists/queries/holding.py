"""What holds on a day: the checklists in force and their items.

It is worked out once for a day and an audience and kept in the process until a text
comes in force or is withdrawn; so each request, however many items there are, is one
small question to the database.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from threading import Lock
from types import MappingProxyType
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool as Connections

from trainer.checklists.domain import CHECKLIST
from trainer.checklists.domain.listing import Listed
from trainer.checklists.domain.listing import read_back
from trainer.checklists.domain.tips import Tip
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.kit.index import outbox
from trainer.publishing import queries as publishing
from trainer.publishing.domain.header import Audience
from trainer.publishing.domain.revision import Revision

MOST_KEPT = 8
"""Days, each for one audience, that are kept for one database."""

WATCHER = Actor(0, "复核", frozenset({Permission.READ, Permission.EDIT}))
"""Sees every list: what is stale is the same for all who write."""

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Holding:
    """What holds on a day: lists by slug, and all their items in the order of these."""

    lists: Mapping[str, Revision]
    tips: tuple[Tip, ...]


NOTHING = Holding(MappingProxyType({}), ())


@dataclass(slots=True)
class _Kept:
    """What is kept of one database; each part is right up to a change."""

    change: int = -1
    holdings: dict[tuple[date, tuple[Audience, ...]], Holding] = field(
        default_factory=dict
    )
    looked: publishing.LastChange | None = None
    stale: dict[date, frozenset[tuple[str, str]]] = field(default_factory=dict)
    read: dict[tuple[int, str], tuple[Tip, ...]] = field(default_factory=dict)


_kept: WeakKeyDictionary[Connections, _Kept] = WeakKeyDictionary()
_lock = Lock()


def items_in_force(session: Session, on: date, *, reader: Actor) -> tuple[Tip, ...]:
    """Give the items of all lists in force on a day, in the order of their lists.

    The same object as long as nothing changed, so cheap enough for every request.
    """
    return held(session, on, reader=reader).tips


def held(session: Session, on: date, *, reader: Actor) -> Holding:
    """Give the lists in force on a day that exist for a reader, with their items."""
    if not reader.may(Permission.READ):
        return NOTHING
    change = outbox.last_generation(session)
    key = (on, tuple(publishing.audiences(reader)))
    with _lock:  # when many ask at once, one works it out
        kept = _of(session)
        if kept.change != change:
            kept.change, kept.holdings = change, {}
        return _one_of(kept.holdings, key, lambda: _gathered(session, on, reader, kept))


def stale_items(session: Session, on: date) -> frozenset[tuple[str, str]]:
    """Give slug and id of the items whose cited clause changed since somebody looked.

    For those who write and approve: to a clerk an item holds until its owner says no.
    """
    change = publishing.last_change(session)
    with _lock:
        kept = _of(session)
        if kept.looked != change:
            kept.looked, kept.stale = change, {}
        return _one_of(kept.stale, on, lambda: _stale(session, on))


def items_of(revision: Revision) -> tuple[Listed, ...]:
    """Give the items of one text of a list."""
    return read_back(revision.facets["items"])


def _of(session: Session) -> _Kept:
    home = session.get_bind().engine.pool  # one for reading and writing sessions
    return _kept.setdefault(home, _Kept())


def _one_of(values: dict[K, V], key: K, make: Callable[[], V]) -> V:
    """Give a value, made if it is not there; the oldest goes when there are many."""
    if key not in values:
        while len(values) >= MOST_KEPT:
            del values[next(iter(values))]
        values[key] = make()
    return values[key]


def _gathered(session: Session, on: date, reader: Actor, kept: _Kept) -> Holding:
    """Read the lists in force; items that were read before are taken as they are."""
    found = publishing.in_force(session, on, reader=reader, kinds=[CHECKLIST])
    tips: list[Tip] = []
    for revision in found:
        text = (revision.id, revision.content_hash)
        if text not in kept.read:
            kept.read[text] = tuple(_tips(revision))
        tips += kept.read[text]
    lists = MappingProxyType({revision.slug: revision for revision in found})
    return Holding(lists, tuple(tips))


def _tips(revision: Revision) -> Iterator[Tip]:
    for item in items_of(revision):
        yield Tip(revision.slug, revision.id, item)


def _stale(session: Session, on: date) -> frozenset[tuple[str, str]]:
    return frozenset(
        (entry.revision.slug, entry.reference.item)
        for entry in publishing.stale(session, on, reader=WATCHER)
        if entry.revision.kind == CHECKLIST
    )
