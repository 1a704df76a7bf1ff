"""What plays by two tell the ledger and the audit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.evidence import service as evidence
from trainer.evidence.domain import Fact
from trainer.evidence.domain import FactKind
from trainer.scenarios.domain.live import LiveState
from trainer.scenarios.domain.live import highest_of
from trainer.scenarios.domain.live import score
from trainer.scenarios.domain.live import source_of
from trainer.scenarios.domain.live_errors import LiveOverError
from trainer.scenarios.domain.scenario import Mark
from trainer.scenarios.models import LiveRow
from trainer.scenarios.queries import live as reads
from trainer.scenarios.queries.opening import pinned


def must_go_on(row: LiveRow, done: datetime | None) -> None:
    """Check that a play is open, and one's part of it not yet done.

    Raises:
        LiveOverError: it is not.
    """
    if row.state != LiveState.OPEN or done is not None:
        raise LiveOverError


def finish(session: Session, row: LiveRow, *, by: Actor, at: datetime) -> None:
    """Work out the mark and tell the ledger."""
    _, scenario = pinned(session, row.revision_id)
    found = score(scenario.rubric, reads.marks(session, row.id))
    row.state, row.ended_at, row.score = LiveState.FINISHED, at, str(found)
    session.flush()
    tell(session, row, at=at)
    note(session, row, "finished", by=by, at=at)


def tell(session: Session, row: LiveRow, *, at: datetime) -> None:
    """Record each line as a fact; of a play that is void, take the facts back."""
    _, scenario = pinned(session, row.revision_id)
    levels = reads.marks(session, row.id)
    for mark in scenario.rubric:
        source = source_of(row.id, mark.id)
        fact = _fact(row, mark, levels[mark.id])
        if row.state == LiveState.VOIDED:
            fact = _fact(row, mark, levels[mark.id], f"{source}:void", source)
        evidence.record(session, fact, at=at)


def _fact(
    row: LiveRow, mark: Mark, level: int, source: str = "", revokes: str = ""
) -> Fact:
    return Fact(
        person=row.clerk_id,
        competency=mark.competency,
        item=f"{row.slug}#{mark.id}",
        happened_at=row.ended_at or row.made_at,
        outcome=level / highest_of(mark),
        kind=FactKind.OBSERVATION,
        revision=row.revision_id,
        source=source or source_of(row.id, mark.id),
        revokes=revokes,
    )


def note(session: Session, row: LiveRow, act: str, *, by: Actor, at: datetime) -> None:
    """Tell the audit of a step in the life of a play; what was said is in the play."""
    told = Entry(person=by.person, verb=f"live.{act}", object=f"live/{row.id}")
    audit.record(session, told, at=at)
