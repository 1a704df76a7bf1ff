"""The form in which what is known of a person is kept, so that it need not be replayed.

A kept record is a cache: it may be thrown away at any time. What was seen is not in it;
it is in the ledger of facts.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from collections.abc import Iterator
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
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.actor import Scope
from trainer.core.wording import N_

KEEPER = Actor(
    0,
    N_("能力档案"),
    frozenset({Permission.READ, Permission.SUPERVISE, Permission.MANAGE}),
    scope=Scope(everybody=True),
)
"""Reads everybody's facts to keep the figures; shows nobody's to anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a kept record was computed from; another basis makes it worthless.

    Attributes:
        calibration: Number of the calibration, 0 is the first one, of nothing.
        changes: Digest of the changes of policy.
        made_on: Day it was made; an earlier day did not know all that is in it.
        fact: Key of the last fact, of anybody, that was there when it was made.
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
    """Give a record as JSON values.

    What is known of single questions is by far the most of it, and a few of them are
    needed where the record goes on: so it is a text of lines that is only searched.
    """
    person = record.person
    return {
        "general": astuple(person.general),
        "skills": {code: astuple(trace) for code, trace in person.skills.items()},
        "met": "".join(_line(item, trace) for item, trace in person.met.items()),
        "first": record.first,
        "tallies": {code: astuple(tally) for code, tally in record.tallies.items()},
        "coached": record.coached,
        "joined": sorted(record.joined),
    }


def read_back(
    stored: Mapping[str, Any], items: Collection[str] | None = None
) -> Record:
    """Read what :func:`kept` gave; without what was seen.

    Args:
        stored: What was kept.
        items: The single questions that are needed; None is all of them. A record that
            goes on needs those it will be told of.
    """
    return Record(
        person=Person(
            Part(*stored["general"]),
            {code: Trace(*told) for code, told in stored["skills"].items()},
            dict(_met(stored["met"], items)),
        ),
        first=dict(stored["first"]),
        tallies={code: Tally(*told) for code, told in stored["tallies"].items()},
        coached=dict(stored["coached"]),
        joined=set(stored["joined"]),
    )


def _line(item: str, trace: Trace) -> str:
    """Write what is known of a question as a line that begins with a new one."""
    return f"\n{item}\t{json.dumps(astuple(trace))}"


def _met(lines: str, items: Collection[str] | None) -> Iterator[tuple[str, Trace]]:
    """Read some of the lines, or all."""
    if items is None:
        items = [line.partition("\t")[0] for line in lines.split("\n") if line]
    for item in items:
        name = f"\n{item}\t"
        begin = lines.find(name) + len(name)
        if begin >= len(name):
            end = lines.find("\n", begin)
            told = lines[begin:] if end < 0 else lines[begin:end]
            yield item, Trace(*json.loads(told))


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
