"""What is kept no longer than somebody says goes while the site is served."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from trainer.core.errors import TrainerError
from trainer.kit import db
from trainer.kit.beside import Beside
from trainer.people.service.roster import wipe_old_rosters

LOG = logging.getLogger("trainer.people")

EVERY = 3600.0
"""Seconds between two times."""


class Chore(Protocol):
    """Removes what is over."""

    def __call__(self, session: Session, *, at: datetime) -> object:
        """Do it in a transaction, as of now."""


class Housekeeper(Beside):
    """Wipes the rows of old imports, as it begins and once an hour.

    ``chores`` are those of features above, done in the same transaction.
    """

    def __init__(
        self, engine: Engine, now: Callable[[], datetime], *chores: Chore
    ) -> None:
        super().__init__("housekeeper", patience=10)
        self._engine = engine
        self._now = now
        self._chores: tuple[Chore, ...] = (wipe_old_rosters, *chores)

    def keep(self) -> None:
        """Do it now; what fails is told and tried again."""
        try:
            with db.writing(self._engine) as session:
                for chore in self._chores:
                    chore(session, at=self._now())
        except (TrainerError, SQLAlchemyError) as error:
            LOG.warning("what is over was not removed: %s", error)

    def _run(self) -> None:
        self.keep()
        while not self._stopped.wait(EVERY):
            self.keep()
