"""How far people are with courses, as plans ask for it."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.courses.domain.completing import Progress
from trainer.courses.domain.planning import Learned
from trainer.courses.queries.progress import progress


def learned(
    session: Session, people: Collection[int], slugs: Collection[str], at: datetime
) -> Mapping[tuple[int, str], Learned]:
    """Give how far each of some people is with each of some courses.

    Args:
        session: A session.
        people: Keys.
        slugs: The courses; what is not in force is left out.
        at: Now.
    """
    found = progress(session, people, slugs, at)
    return {key: learned_of(each) for key, each in found.items()}


def learned_of(found: Progress) -> Learned:
    """Say what a plan asks of how far somebody is."""
    step = found.next_step
    return Learned(
        steps=len(found.steps),
        done=found.done,
        proved=len(found.left_out),
        next_step=step.step.title if step else "",
        next_minutes=step.step.minutes if step else 0,
        minutes_left=found.minutes_left,
        is_completed=found.is_completed,
        completed_on=found.completed_on,
        ends_on=found.ends,
    )
