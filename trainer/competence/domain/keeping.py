"""The form in which what is known of a person is kept, so that it need not be replayed.

A kept record is a cache: it may be thrown away at any time. What was seen is not in it;
it is in the ledger of facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from dataclasses import dataclass
from datetime import date
from typing import Any

from trainer.competence.domain.ledger import Part
from trainer.competence.domain.ledger import Person
from trainer.competence.domain.ledger import Questions
from trainer.competence.domain.ledger import Trace
from trainer.competence.domain.records import Record
from trainer.competence.domain.records import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a kept record was computed from; another basis makes it worthless.

    Attributes:
        calibration: Number of the calibration, 0 is the first one, of nothing.
        changes: Digest of the changes of policy.
        made_on: Day it was made; an earlier day did not know all that is in it.
        fact: Key of the last fact in it.
        day: Day of the latest fact in it, in days.
    """

    calibration: int
    changes: str
    made_on: date
    fact: int
    day: float

    def serves(self, calibration: int, changes: str, on: date) -> bool:
        """Tell whether a day may go on from the record."""
        same = (self.calibration, self.changes) == (calibration, changes)
        return same and self.made_on <= on


def kept(record: Record) -> dict[str, Any]:
    """Give a record as JSON values."""
    person = record.person
    return {
        "general": astuple(person.general),
        "skills": {code: astuple(trace) for code, trace in person.skills.items()},
        "met": {item: astuple(trace) for item, trace in person.met.items()},
        "first": record.first,
        "tallies": {code: astuple(tally) for code, tally in record.tallies.items()},
        "coached": record.coached,
        "joined": sorted(record.joined),
    }


def read_back(stored: Mapping[str, Any]) -> Record:
    """Read what :func:`kept` gave; without what was seen."""
    return Record(
        person=Person(
            Part(*stored["general"]),
            {code: Trace(*told) for code, told in stored["skills"].items()},
            {item: Trace(*told) for item, told in stored["met"].items()},
        ),
        first=dict(stored["first"]),
        tallies={code: Tally(*told) for code, told in stored["tallies"].items()},
        coached=dict(stored["coached"]),
        joined=set(stored["joined"]),
    )


def kept_questions(questions: Questions) -> dict[str, Any]:
    """Give how hard everything is as JSON values."""
    parts = questions.competencies, questions.items
    competencies, items = (
        {code: astuple(part) for code, part in found.items()} for found in parts
    )
    return {
        "mean": astuple(questions.mean),
        "competencies": competencies,
        "items": items,
        "spreads": questions.spreads,
    }


def read_questions(stored: Mapping[str, Any]) -> Questions:
    """Read what :func:`kept_questions` gave."""
    return Questions(
        Part(*stored["mean"]),
        {code: Part(*told) for code, told in stored["competencies"].items()},
        {item: Part(*told) for item, told in stored["items"].items()},
        dict(stored["spreads"]),
    )
