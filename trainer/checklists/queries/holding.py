"""What holds on a day: the checklists in force and their items.

Every approved list is read once and kept in the process until a text comes in force or
is withdrawn; what holds on a day is chosen from them. So each request, whatever its day
and however many items there are, is one small question to the database.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from itertools import groupby
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
from trainer.publishing.domain.timeline import number_on

MOST_KEPT = 32
"""Days, each for one audience, that are kept for one database."""

WATCHER = Actor(0, "复核", frozenset({Permission.READ, Permission.EDIT}))
"""Sees every list; what of it a reader sees is decided where it is given."""

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Holding:
    """What holds on a day.

    Attributes:
        lists: The lists in force by slug.
        tips: All their items, in the order of the lists.
        found: The same by slug and id.
    """

    lists: Mapping[str, Revision]
    tips: tuple[Tip, ...]
    found: Mapping[tuple[str, str], Tip]


NOTHING = Holding(MappingProxyType({}), (), MappingProxyType({}))


@dataclass(slots=True)
class _Kept:
    """What is kept of one database; each part is right up to a change.

    ``lists`` are the approved texts of each list; ``read`` the items of a text, by its
    key and digest.
    """

    change: int = -1
    lists: list[list[Revision]] = field(default_factory=list)
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
            kept.lists = _approved(session)
            kept.change, kept.holdings = change, {}
        return _one_of(kept.holdings, key, lambda: _gathered(kept, *key))


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


def _approved(session: Session) -> list[list[Revision]]:
    """Read the approved texts of each list, in order of slug."""
    found = publishing.all_approved(session, reader=WATCHER, kinds=[CHECKLIST])
    return [[*texts] for _, texts in groupby(found, key=lambda text: text.slug)]


def _gathered(kept: _Kept, on: date, audiences: tuple[Audience, ...]) -> Holding:
    """Choose what holds on a day; what is not for an audience does not exist."""
    lists: dict[str, Revision] = {}
    tips: list[Tip] = []
    for texts in kept.lists:
        number = number_on(texts, on)
        for text in texts:
            if text.number == number and text.header.audience in audiences:
                lists[text.slug] = text
                tips += _read(kept, text)
    found = {(tip.slug, tip.item.id): tip for tip in tips}
    return Holding(MappingProxyType(lists), tuple(tips), MappingProxyType(found))


def _read(kept: _Kept, revision: Revision) -> tuple[Tip, ...]:
    """Give the items of a text; it is read once."""
    text = (revision.id, revision.content_hash)
    if text not in kept.read:
        kept.read[text] = tuple(_tips(revision))
    return kept.read[text]


def _tips(revision: Revision) -> Iterator[Tip]:
    for item in items_of(revision):
        yield Tip(revision.slug, revision.id, item)


def _stale(session: Session, on: date) -> frozenset[tuple[str, str]]:
    return frozenset(
        (entry.revision.slug, entry.reference.item)
        for entry in publishing.stale(session, on, reader=WATCHER)
        if entry.revision.kind == CHECKLIST
    )
