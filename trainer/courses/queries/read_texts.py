"""The texts that steps lead to: what holds, how they changed, what asks about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.actor import Scope
from trainer.core.clock import day_of
from trainer.courses.domain.lapsing import Head
from trainer.courses.domain.lapsing import Place
from trainer.courses.domain.lapsing import Version
from trainer.publishing import queries as publishing
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import ReferenceRow
from trainer.publishing.models import RevisionRow
from trainer.publishing.models import SectionRow
from trainer.quizzes.domain import QUESTIONS

REGISTRAR = Actor(
    0, "", frozenset({Permission.READ, Permission.EDIT}), scope=Scope(everybody=True)
)
"""Works out how far people are, whoever looks at it; who may look is asked before."""


def versions_of(
    session: Session, slugs: Collection[str]
) -> Mapping[str, tuple[Version, ...]]:
    """Give the approved versions of some texts, the oldest first, by slug."""
    every = publishing.all_approved(session, reader=REGISTRAR, slugs=slugs)
    meant = publishing.meanings_of(session, every)
    heads = _heads(session, [each.id for each in every])
    found: dict[str, list[Version]] = defaultdict(list)
    for each in every:
        assert each.approved_at is not None  # noqa: S101  (only approved ones come here)
        version = Version(
            revision=each.id,
            order=(each.effective_from, each.number or 0),
            known_on=day_of(each.approved_at),
            change=each.header.change_kind,
            meant=meant[each.id],
            heads=tuple(heads.get(each.id, ())),
        )
        found[each.slug].append(version)
    return {
        slug: tuple(sorted(known, key=lambda version: version.order))
        for slug, known in found.items()
    }


def asking(session: Session, places: Iterable[Place]) -> Mapping[Place, frozenset[str]]:
    """Give the questions, as ``<bank>#<id>``, that were ever asked about some places.

    A question that was dropped since still proves what it proved when it was answered.
    """
    wanted = set(places)
    rows = session.execute(
        select(
            *(ReferenceRow.target, ReferenceRow.section),
            *(DocumentRow.slug, ReferenceRow.item),
        )
        .join(RevisionRow, RevisionRow.id == ReferenceRow.revision_id)
        .join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
        .where(
            ReferenceRow.target.in_({slug for slug, _ in wanted}),
            DocumentRow.kind == QUESTIONS,
            RevisionRow.status == Status.APPROVED,
        )
        .distinct()
    )
    found: dict[Place, set[str]] = {place: set() for place in wanted}
    for target, section, bank, item in rows:
        for place in {(target, section), (target, "")} & wanted:
            found[place].add(f"{bank}#{item}")
    return {place: frozenset(items) for place, items in found.items()}


def titles_on(
    session: Session, slugs: Collection[str], on: date, *, reader: Actor
) -> Mapping[str, str]:
    """Give the titles of some texts in force on a day, by slug."""
    held = publishing.in_force(session, on, reader=reader, slugs=slugs)
    return {each.slug: each.header.title for each in held}


def _heads(session: Session, keys: Collection[int]) -> Mapping[int, list[Head]]:
    rows = session.execute(
        select(
            *(SectionRow.revision_id, SectionRow.section_id),
            *(SectionRow.level, SectionRow.tree_hash),
        )
        .where(SectionRow.revision_id.in_(keys))
        .order_by(SectionRow.revision_id, SectionRow.position)
    )
    found: dict[int, list[Head]] = defaultdict(list)
    for key, section, level, digest in rows:
        found[key].append(Head(section, level, digest))
    return found
