"""The clauses that items rest on, as they are called on a day."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from trainer.checklists.domain.tips import Tip
from trainer.core.actor import Actor
from trainer.publishing import queries as publishing
from trainer.publishing.queries import Target

Clauses = Mapping[tuple[str, str], str]
"""By slug and section what a clause is called; those that are gone are not there."""


def clauses_of(
    session: Session, tips: Iterable[Tip], on: date, *, reader: Actor
) -> Clauses:
    """Name the clauses of some tips."""
    cites = {cite for tip in tips for cite in tip.item.cites}
    if not cites:
        return {}
    found = publishing.targets_on(session, cites, on, reader=reader)
    return {cite: _name(found[cite]) for cite in sorted(found)}


def _name(target: Target) -> str:
    section = target.section.name if target.section else ""
    return f"《{target.revision.header.title}》{section}"
