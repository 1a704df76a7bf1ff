"""What people keeps no longer than it says goes while the site is served."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from trainer.core.errors import TrainerError
from trainer.kit import db
from trainer.kit.beside import Beside
from trainer.people.service.roster import wipe_old_rosters

LOG = logging.getLogger("trainer.people")

EVERY = 3600.0
"""Seconds between two times."""


class Housekeeper(Beside):
    """Wipes the rows of old imports, as it begins and once an hour."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        super().__init__("housekeeper", patience=10)
        self._engine = engine
        self._now = now

    def keep(self) -> None:
        """Do it now; what fails is told and tried again."""
        try:
            with db.writing(self._engine) as session:
                wipe_old_rosters(session, at=self._now())
        except (TrainerError, SQLAlchemyError) as error:
            LOG.warning("old rosters were not wiped: %s", error)

    def _run(self) -> None:
        self.keep()
        while not self._stopped.wait(EVERY):
            self.keep()
