"""What somebody who has just arrived does on which of the first days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.courses.domain.first_days import LONGEST
from trainer.courses.domain.first_days import FirstDays
from trainer.courses.domain.first_days import Placed
from trainer.courses.domain.first_days import first_days
from trainer.courses.domain.first_days import listed
from trainer.courses.domain.planning import Plan
from trainer.courses.domain.planning import Stage
from trainer.courses.queries.plans import own_plan
from trainer.courses.queries.progress import progress
from trainer.courses.queries.works import own_works
from trainer.notices.queries import calendar


def own_first_days(
    session: Session, at: datetime, *, reader: Actor
) -> FirstDays | None:
    """Give the list of whoever asks; None unless he arrived within the first days.

    Whoever has been here longer costs one question.
    """
    on = day_of(at)
    works = own_works(session, on, reader=reader)
    if not works or (on - min(work.begins_on for work in works)).days >= LONGEST:
        return None
    plan = own_plan(session, at, reader=reader)
    if plan.arrived is None:
        return None
    days = listed(plan.arrived, calendar(session))
    return first_days(days, on, _steps(session, plan, at)) if on <= days[-1] else None


def _steps(session: Session, plan: Plan, at: datetime) -> Iterator[Placed]:
    slugs = [i.assigned.course for i in plan.items if i.stage is not Stage.WAIVED]
    found = progress(session, [plan.person], slugs, at)
    for slug in slugs:
        if known := found.get((plan.person, slug)):
            yield from (Placed(slug, step) for step in known.steps)
