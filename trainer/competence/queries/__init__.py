"""Reads of competence."""

from __future__ import annotations

from trainer.competence.queries.authorisations import Held
from trainer.competence.queries.authorisations import Overview
from trainer.competence.queries.authorisations import authorisations
from trainer.competence.queries.authorisations import names_of
from trainer.competence.queries.authorisations import overview
from trainer.competence.queries.board import Board
from trainer.competence.queries.board import board
from trainer.competence.queries.changes import changes
from trainer.competence.queries.judging import Bench
from trainer.competence.queries.judging import bench
from trainer.competence.queries.knowing import records
from trainer.competence.queries.knowing import replayed
from trainer.competence.queries.knowing import standings
from trainer.competence.queries.own_data import own_data
from trainer.competence.queries.people import LOOK_AFTER
from trainer.competence.queries.people import Subject
from trainer.competence.queries.people import must_look_after
from trainer.competence.queries.people import subject
from trainer.competence.queries.placing import line_needs
from trainer.competence.queries.placing import sitting
from trainer.competence.queries.profile import Profile
from trainer.competence.queries.profile import profile
from trainer.competence.queries.refreshing import due
from trainer.competence.queries.refreshing import to_show
from trainer.competence.queries.remembering import needs_of
from trainer.competence.queries.sightings import Seen
from trainer.competence.queries.sightings import batch
from trainer.competence.queries.sightings import sighted
from trainer.competence.queries.sightings import sightings
from trainer.competence.queries.tasks import tasks
from trainer.competence.queries.weakness import weakness
from trainer.competence.queries.why import Moved
from trainer.competence.queries.why import Why
from trainer.competence.queries.why import told
from trainer.competence.queries.why import why
from trainer.competence.queries.windows import Windows
from trainer.competence.queries.windows import windows

__all__ = [
    "LOOK_AFTER",
    "Bench",
    "Board",
    "Held",
    "Moved",
    "Overview",
    "Profile",
    "Seen",
    "Subject",
    "Why",
    "Windows",
    "authorisations",
    "batch",
    "bench",
    "board",
    "changes",
    "due",
    "line_needs",
    "must_look_after",
    "names_of",
    "needs_of",
    "overview",
    "own_data",
    "profile",
    "records",
    "replayed",
    "sighted",
    "sightings",
    "sitting",
    "standings",
    "subject",
    "tasks",
    "to_show",
    "told",
    "weakness",
    "why",
    "windows",
]
