"""The courses there are: what holds on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.courses.domain.manuscripts import read_back
from trainer.courses.domain.outline import COURSE
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import Step
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision

KINDS = (COURSE,)


@dataclass(frozen=True, slots=True)
class Offered:
    """A course in force on a day, and the revision that holds."""

    revision: Revision
    course: Course

    @property
    def slug(self) -> str:
        """What the course is known by."""
        return self.revision.slug

    @property
    def title(self) -> str:
        """What people call it."""
        return self.course.title

    @property
    def tier(self) -> str:
        """Code of the stage of a career."""
        return self.course.tier

    @property
    def minutes(self) -> int:
        """How long all steps take, about."""
        return self.course.minutes

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its steps in order."""
        return self.course.steps

    @property
    def competencies(self) -> tuple[str, ...]:
        """Codes of what it trains."""
        return self.course.competencies

    @property
    def prerequisites(self) -> tuple[str, ...]:
        """Slugs of the courses to complete before."""
        return self.course.prerequisites


def offered(
    session: Session,
    on: date,
    *,
    reader: Actor,
    slugs: Collection[str] | None = None,
) -> list[Offered]:
    """Give the courses in force on a day, by title.

    Args:
        session: A session.
        on: The day.
        reader: Who asks; what is not for him does not exist.
        slugs: Only these; None is all.
    """
    held = publishing.in_force(session, on, reader=reader, slugs=slugs, kinds=KINDS)
    found = [Offered(each, read_back(each.facets)) for each in held]
    return sorted(found, key=lambda each: (each.title, each.slug))
