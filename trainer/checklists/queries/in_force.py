"""The items of all lists in force on a day, read once and kept until a text changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool as Connections

from trainer.checklists.domain import CHECKLIST
from trainer.checklists.domain.listing import read_back
from trainer.checklists.domain.tips import Tip
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.publishing import queries as publishing
from trainer.publishing.domain.header import Audience

KEPT = 8
"""Days, by who may read, that are kept for one database."""

Key = tuple[date, frozenset[Audience]]


@dataclass(slots=True)
class _Held:
    """The items of one database, and the change up to which they are right."""

    change: publishing.LastChange
    items: dict[Key, list[Tip]]


_held: WeakKeyDictionary[Connections, _Held] = WeakKeyDictionary()
_lock = Lock()


def items_in_force(session: Session, on: date, *, reader: Actor) -> list[Tip]:
    """Give the items of the lists that hold on a day, by slug and in their order.

    The same list as long as nothing changed: do not change what it holds.
    """
    if not reader.may(Permission.READ):
        return []
    key = (on, frozenset(publishing.audiences(reader)))
    change = publishing.last_change(session)
    home = session.get_bind().engine.pool  # one for reading and writing sessions
    with _lock:  # when many ask at once, one reads
        held = _held.get(home)
        if held is None or held.change != change:
            held = _held[home] = _Held(change, {})
        if key not in held.items:
            while len(held.items) >= KEPT:
                del held.items[next(iter(held.items))]
            held.items[key] = _read(session, on, reader)
        return held.items[key]


def _read(session: Session, on: date, reader: Actor) -> list[Tip]:
    lists = publishing.in_force(session, on, reader=reader, kinds=[CHECKLIST])
    return [
        Tip(each.slug, each.id, item)
        for each in lists
        for item in read_back(each.facets["items"])
    ]
