"""Courses put in force, and what people do for them, for tests with a database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.courses.texts import RENT
from tests.factories import APPROVER
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_approval
from trainer.core.actor import Actor
from trainer.courses import queries
from trainer.courses import service
from trainer.courses.domain.completing import Progress
from trainer.courses.domain.completing import StepState
from trainer.courses.service.texts import prepare
from trainer.evidence import service as evidence
from trainer.evidence.domain import Fact
from trainer.evidence.domain import FactKind
from trainer.publishing import service as publishing
from trainer.publishing.domain.revision import Revision
from trainer.scenarios.models import PlayRow

SLUG = "rent-course"


def put_course(
    session: Session, text: str = RENT, slug: str = SLUG, *, at: datetime = NOON
) -> Revision:
    """Put a course in force; what it leads to must be there."""
    draft = publishing.create_draft(session, slug, prepare(text), by=EDITOR, at=at)
    publishing.submit(session, draft.id, by=EDITOR, at=at)
    return publishing.approve(
        session, draft.id, make_approval(draft), by=APPROVER, at=at
    )


def far_with(
    session: Session, by: Actor, at: datetime = NOW, slug: str = SLUG
) -> Progress:
    return queries.progress(session, [by.person], [slug], at)[by.person, slug]


def states(progress: Progress) -> Mapping[str, StepState]:
    return {each.step.id: each.state for each in progress.steps}


def read(session: Session, step: str, by: Actor, at: datetime = NOW) -> None:
    """Read a step as its page asks for it."""
    shown = queries.reading(session, SLUG, step, at, reader=by).digest
    service.read_step(session, SLUG, step, shown, by=by, at=at)


def watch(  # noqa: PLR0913  (by name)
    session: Session,
    by: Actor,
    source: str,
    outcome: float = 1.0,
    *,
    competency: str = "P5",
    revokes: str = "",
    at: datetime = NOW,
) -> None:
    """Record that somebody was watched at the counter."""
    fact = Fact(
        person=by.person,
        competency=competency,
        item="",
        happened_at=at,
        outcome=outcome,
        kind=FactKind.OBSERVATION,
        source=source,
        revokes=revokes,
    )
    evidence.record(session, fact, at=at)


def play_well(
    session: Session, by: Actor, *, passed: bool = True, number: int = 1
) -> None:
    """Keep a play of the scenario that has ended."""
    revision = queries.offered(session, NOW.date(), reader=EDITOR)[0].revision
    session.add(
        PlayRow(
            person_id=by.person,
            slug="rent-share",
            number=number,
            revision_id=revision.id,
            situation="",
            shows=True,
            timed=False,
            state="ended",
            began_at=NOW,
            ended_at=NOW,
            copied=0,
            score="1",
            passed=passed,
        )
    )
    session.flush()
