"""What may be drawn on a day: the questions of banks in force that are not stale.

It is worked out once for a day and kept in the process until a text comes in force,
is withdrawn or is found still true; so 500 people begin a quiz with two small
questions to the database each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from types import MappingProxyType
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool as Connections

from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain.drawing import Candidate
from trainer.quizzes.domain.listing import Listed
from trainer.quizzes.domain.listing import read_back
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.taking import EXAMINER

DAYS_KEPT = 4
"""Days whose pools are kept for one database: today, and what authors look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """What may be drawn on a day.

    Attributes:
        candidates: Questions, by bank and in their order. A case of which one
            question is stale is left out whole: nobody is asked half of a story.
        stale: Questions whose cited clause changed since somebody looked.
        revisions: The banks in force, by slug; one without candidates too.
    """

    candidates: tuple[Candidate, ...]
    stale: frozenset[Place]
    revisions: Mapping[str, Revision]


@dataclass(slots=True)
class _Held:
    """The pools of one database, and the change up to which they are right."""

    change: publishing.LastChange
    pools: dict[date, Pool]


_held: WeakKeyDictionary[Connections, _Held] = WeakKeyDictionary()
_lock = Lock()


def drawable(session: Session, on: date) -> Pool:
    """Give what may be drawn on a day, whoever takes the quiz.

    The same object as long as nothing changed: do not change what it holds.
    """
    change = publishing.last_change(session)
    home = session.get_bind().engine.pool  # one for reading and writing sessions
    with _lock:  # when many begin at once, one works it out
        held = _held.get(home)
        if held is None or held.change != change:
            held = _held[home] = _Held(change, {})
        if on not in held.pools:
            while len(held.pools) >= DAYS_KEPT:
                del held.pools[next(iter(held.pools))]
            held.pools[on] = _gathered(session, on)
        return held.pools[on]


def _gathered(session: Session, on: date) -> Pool:
    """Read the banks in force, and what of them is stale."""
    banks = publishing.in_force(session, on, reader=EXAMINER, kinds=[QUESTIONS])
    stale = frozenset(
        Place(entry.revision.slug, entry.reference.item)
        for entry in publishing.stale(session, on, reader=EXAMINER)
        if entry.revision.kind == QUESTIONS
    )
    everything = [
        Candidate(bank.slug, question) for bank in banks for question in listed_in(bank)
    ]
    broken = {each.story for each in everything if each.place in stale}
    return Pool(
        candidates=tuple(each for each in everything if each.story not in broken),
        stale=stale,
        revisions=MappingProxyType({bank.slug: bank for bank in banks}),
    )


def listed_in(bank: Revision) -> tuple[Listed, ...]:
    """Give the questions of a revision of a bank, as lists need them."""
    return read_back(bank.facets["questions"])
