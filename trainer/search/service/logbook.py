"""The logbook: searches are kept beside the requests, not in them.

A page that answers a question must not wait for a write, and a GET must not write;
so it leaves a note here and a thread keeps the notes a moment later. What waits
when the process is killed is lost: a second of a log, never an answer.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from queue import Empty
from queue import Full
from queue import Queue

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.errors import TrainerError
from trainer.kit import db
from trainer.kit.beside import Beside
from trainer.search.domain.log import Searched
from trainer.search.service.log import forget_searches
from trainer.search.service.log import keep_search

LOG = logging.getLogger("trainer.search")

EVERY = 1.0
"""Seconds between two times that notes are kept."""

MOST_WAITING = 5_000
"""Notes that wait at most; further ones are dropped, answering goes on."""


@dataclass(frozen=True, slots=True)
class Note:
    """A search, who asked, and when."""

    searched: Searched
    by: Actor
    at: datetime


class Logbook(Beside):
    """Keeps notes while it is open (``with``), at its end, and when it is told to."""

    def __init__(self, engine: Engine) -> None:
        super().__init__("logbook", patience=10)
        self._engine = engine
        self._waiting: Queue[Note] = Queue(MOST_WAITING)
        self._forgotten_on: date | None = None

    def note(self, note: Note) -> None:
        """Leave a note; never waits."""
        try:
            self._waiting.put_nowait(note)
        except Full:
            LOG.warning("the logbook is full, a search is not kept")

    def keep(self) -> int:
        """Write what waits, in one transaction; gives how many notes."""
        notes = self._taken()
        if notes:
            with db.writing(self._engine) as session:
                for note in notes:
                    keep_search(session, note.searched, by=note.by, at=note.at)
                self._forget(session, notes[-1].at)
        return len(notes)

    def _forget(self, session: Session, at: datetime) -> None:
        """Delete old searches, once a day."""
        if self._forgotten_on != at.date():
            forget_searches(session, at=at)
            self._forgotten_on = at.date()

    def _taken(self) -> Sequence[Note]:
        notes: list[Note] = []
        while len(notes) < MOST_WAITING:
            try:
                notes.append(self._waiting.get_nowait())
            except Empty:
                break
        return notes

    def _run(self) -> None:
        while True:
            last = self._stopped.wait(EVERY)
            try:
                self.keep()
            except (TrainerError, SQLAlchemyError) as error:
                LOG.warning("searches not kept: %s", error)
            if last:
                return
