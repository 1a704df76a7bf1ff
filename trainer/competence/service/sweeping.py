"""What is kept up while the site is served: steps of the rule, and the cache."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from trainer.competence.domain.authorising import noted
from trainer.competence.domain.keeping import KEEPER
from trainer.competence.models import AuthorisationEventRow
from trainer.competence.models import RecordRow
from trainer.competence.queries import authorisations
from trainer.competence.service.authorising import note_rule
from trainer.competence.service.keeping import rebuild
from trainer.core.clock import CENTRE
from trainer.core.clock import day_of
from trainer.core.errors import TrainerError
from trainer.evidence import queries as evidence
from trainer.kit import db
from trainer.kit.beside import Beside

LOG = logging.getLogger("trainer.competence")

EVERY = 900.0
"""Seconds between two looks."""

NIGHT = 2
"""Hour of the centre's clock from which the cache of the day is filled."""

AT_ONCE = 20
"""People whose records are filled in one transaction, so that nobody waits long."""


class Sweeper(Beside):
    """Writes down what the rule has done, every quarter of an hour; fills the cache.

    What holds does not depend on it. A look takes no lock; only what is new is
    written.
    """

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        super().__init__("competence", patience=10)
        self._engine = engine
        self._now = now

    def sweep(self) -> None:
        """Do it now; what fails is told and tried again."""
        try:
            self._note()
            self._fill()
        except (TrainerError, SQLAlchemyError) as error:
            LOG.warning("competence was not kept up: %s", error)

    def _note(self) -> None:
        """Write down who lapsed and who returned."""
        at = self._now()
        with db.reading(self._engine) as session:
            people = set(session.scalars(select(AuthorisationEventRow.person_id)))
            held = authorisations(session, people, day_of(at), reader=KEEPER)
            changed = {h.person for h in held if noted(h.authorisation)}
        if changed:
            with db.writing(self._engine) as session:
                note_rule(session, changed, by=KEEPER, at=at)

    def _fill(self) -> None:
        """Fill the cache once a day, in the night or as soon as the site is served."""
        at = self._now()
        if at.astimezone(CENTRE).hour < NIGHT:
            return
        with db.reading(self._engine) as session:
            last = session.scalar(select(func.max(RecordRow.made_on)))
            people = evidence.people_with(session) if last != day_of(at) else []
        for begin in range(0, len(people), AT_ONCE):
            if self._stopped.is_set():
                return
            with db.writing(self._engine) as session:
                rebuild(session, people[begin : begin + AT_ONCE], at=at)

    def _run(self) -> None:
        self.sweep()
        while not self._stopped.wait(EVERY):
            self.sweep()
