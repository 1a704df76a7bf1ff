"""Reads of competence."""

from __future__ import annotations

from trainer.competence.queries.authorisations import Held
from trainer.competence.queries.authorisations import Overview
from trainer.competence.queries.authorisations import authorisations
from trainer.competence.queries.authorisations import needs_of
from trainer.competence.queries.authorisations import overview
from trainer.competence.queries.changes import changes
from trainer.competence.queries.judging import Bench
from trainer.competence.queries.judging import bench
from trainer.competence.queries.knowing import records
from trainer.competence.queries.knowing import replayed
from trainer.competence.queries.knowing import standings
from trainer.competence.queries.own_data import own_data

__all__ = [
    "Bench",
    "Held",
    "Overview",
    "authorisations",
    "bench",
    "changes",
    "needs_of",
    "overview",
    "own_data",
    "records",
    "replayed",
    "standings",
]
