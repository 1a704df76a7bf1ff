"""What is believed of many people at once, judged anew only where something is new.

Boards ask for the same people again and again, while few of them have done anything in
between. So a judge of a day remembers what it believed of whom, and up to which fact.
It is forgotten with the judge: at a change of policy, a calibration, the next day.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from trainer.competence.domain.readying import Need
from trainer.competence.domain.readying import all_readiness
from trainer.competence.queries.judging import Bench
from trainer.competence.queries.judging import Remembered
from trainer.competence.queries.knowing import judged
from trainer.core.actor import Actor
from trainer.evidence import queries as evidence
from trainer.topics.domain.competencies import ALL
from trainer.topics.domain.competencies import Competencies
from trainer.topics.domain.lines import Line
from trainer.topics.domain.lines import Topics

MOST = 500
"""People remembered by one judge: a few megabytes."""

LATE = 1000
"""Keys are given out before a transaction ends: a fact may come to light when others
have come after it, but not so many."""

GENERAL_TIER = "onboarding"
"""What every line asks for beside its own: the general competencies of this tier."""


def believed(
    session: Session,
    by: Bench,
    people: Collection[int],
    spine: tuple[Competencies, Topics],
    *,
    reader: Actor,
) -> dict[int, Remembered]:
    """Give what is believed of people whom a reader may look at, and their readiness.

    Args:
        session: A session.
        by: The judge of the day.
        people: Keys; that the reader may look at them was found out already.
        spine: The framework and the lines.
        reader: Who asks.
    """
    last = evidence.last_number(session)
    fresh = _fresh(session, by, people, spine, last)
    missing = [key for key in people if key not in fresh]
    made = _judged(session, by, missing, spine, last, reader=reader)
    if len(by.remembered) + len(made) > MOST:
        by.remembered.clear()
    if len(made) <= MOST:
        by.remembered.update(made)
    return fresh | made


def needs_of(line: Line, framework: Competencies) -> tuple[Need, ...]:
    """Give what a line asks for: its own competencies, and the general ones."""
    return tuple(
        Need(code=c.code, core=line.code in c.lines)
        for c in framework.competencies
        if line.code in c.lines or (c.lines == (ALL,) and GENERAL_TIER in c.tiers)
    )


def _fresh(
    session: Session,
    by: Bench,
    people: Collection[int],
    spine: tuple[Competencies, Topics],
    last: int,
) -> dict[int, Remembered]:
    """Give what is remembered and still right; it is right up to ``last`` now."""
    found = {
        key: kept
        for key in people
        if (kept := by.remembered.get(key)) and _is_same(kept.spine, spine)
    }
    if not found:
        return {}
    since = min(kept.checked for kept in found.values()) - LATE
    new = evidence.latest(session, after=since)
    right = {key: kept for key, kept in found.items() if new.get(key, 0) <= kept.own}
    for kept in right.values():
        kept.checked = max(kept.checked, last)
    return right


def _is_same(
    one: tuple[Competencies, Topics], other: tuple[Competencies, Topics]
) -> bool:
    """Tell whether two frameworks are the same; a text is parsed once."""
    return one[0] is other[0] and one[1] is other[1]


def _judged(
    session: Session,
    by: Bench,
    people: Collection[int],
    spine: tuple[Competencies, Topics],
    last: int,
    *,
    reader: Actor,
) -> dict[int, Remembered]:
    if not people:
        return {}
    framework, topics = spine
    codes = [c.code for c in framework.competencies]
    lines = [(line.code, line.risk, needs_of(line, framework)) for line in topics.lines]
    own = evidence.latest(session, people=people)  # first: what comes later is new
    known = judged(session, by, people, codes, reader=reader)
    return {
        key: Remembered(
            standings=known[key],
            ready=all_readiness(lines, known[key]),
            spine=spine,
            own=own.get(key, 0),
            checked=last,
        )
        for key in people
    }
