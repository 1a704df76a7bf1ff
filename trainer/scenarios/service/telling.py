"""From the choices of a play that has ended to facts in the ledger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.evidence import service as evidence
from trainer.evidence.domain import Fact
from trainer.evidence.domain import FactKind
from trainer.scenarios import queries
from trainer.scenarios.domain.engine import Taken
from trainer.scenarios.domain.engine import chosen
from trainer.scenarios.domain.playing import FIRST_WEIGHT
from trainer.scenarios.domain.playing import LATER_WEIGHT
from trainer.scenarios.domain.scenario import FULL
from trainer.scenarios.domain.scenario import MARKS
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.models import PlayRow


def tell(session: Session, row: PlayRow, scenario: Scenario, *, at: datetime) -> None:
    """Record each step that names a competency; a second time changes nothing."""
    weight = LATER_WEIGHT if _has_seen(session, row) else FIRST_WEIGHT
    for kept in queries.steps(session, row.id):
        _, choice = chosen(scenario, Taken(kept.node, kept.choice))
        if not choice.competency:
            continue
        fact = Fact(
            person=row.person_id,
            competency=choice.competency,
            item=f"{row.slug}#{kept.node}",
            happened_at=kept.at,
            outcome=MARKS[choice.rating] / FULL,
            kind=FactKind.SCENARIO_CHOICE,
            weight=weight,
            revision=row.revision_id,
            source=f"scenario:{row.id}:{kept.number}",
        )
        evidence.record(session, fact, at=at)


def _has_seen(session: Session, row: PlayRow) -> bool:
    """Tell whether the person began this text before, even to give it up."""
    earlier = select(PlayRow.id).where(
        PlayRow.person_id == row.person_id,
        PlayRow.revision_id == row.revision_id,
        PlayRow.id < row.id,
    )
    return session.scalars(earlier.limit(1)).first() is not None
