"""What changes of policy mean for competencies: read from what was published.

Nobody declares it. An approved text says of each section what its change means; texts
that cite a section whose change is of substance, or that is gone, are what must be
shown again. How much of a competency that is, its share of what was asked before tells.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.competence.domain.facets import Change
from trainer.competence.domain.reliability import SECONDS_A_DAY
from trainer.core.clock import start_of
from trainer.core.wording import N_
from trainer.evidence import queries as evidence
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.models import ConfirmationRow
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import ReferenceRow
from trainer.publishing.models import RevisionRow
from trainer.publishing.models import SectionMeaningRow
from trainer.publishing.models import SectionRow

OBLIGING = (ChangeKind.SUBSTANCE, ChangeKind.REPEAL)
"""What a change must mean to make the old evidence old."""

LEAST_SHARE = 0.02
"""A smaller part of a competency is no facet of it."""


@dataclass(frozen=True, slots=True)
class _Changed:
    """A section whose change is of substance, as it is from a day on."""

    since: date
    slug: str
    section: str
    hash: str
    why: str


@dataclass(frozen=True, slots=True)
class _Citing:
    """An item that rests on a section, and the wordings it was found true against."""

    revision: int
    item: str
    target: tuple[str, str]
    accepted: frozenset[str]


def changes(session: Session, on: date) -> tuple[Change, ...]:
    """Give the changes of policy that a day knows of, oldest first.

    What was approved later is not among them, so a past day keeps its figures.
    """
    changed = _changed(session, on)
    citing = _citing(session, {(each.slug, each.section) for each in changed})
    found: list[Change] = []
    for since, together in groupby(changed, key=lambda each: each.since):
        found += _of_a_day(session, since, tuple(together), citing)
    return tuple(found)


def digest(known: Iterable[Change]) -> str:
    """Digest changes, so that what was computed with others is recognised."""
    told = [(c.code, sorted(c.items), c.share, sorted(c.outdated)) for c in known]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def _of_a_day(
    session: Session,
    since: date,
    changed: Sequence[_Changed],
    citing: Mapping[tuple[str, str], Sequence[_Citing]],
) -> Iterator[Change]:
    """Give what changed on one day, by competency."""
    items: set[str] = set()
    outdated: set[tuple[int, str]] = set()
    behind: dict[str, dict[str, _Changed]] = defaultdict(dict)
    for each in changed:
        for cite in citing.get((each.slug, each.section), ()):
            items.add(cite.item)
            behind[cite.item][each.slug] = each
            if each.hash not in cite.accepted:
                outdated.add((cite.revision, cite.item))
    begins = start_of(since)
    for competency, share, moved in _moved(evidence.traffic(session, begins), items):
        texts = {slug: c for item in moved for slug, c in behind[item].items()}
        yield Change(
            competency=competency,
            since=begins.timestamp() / SECONDS_A_DAY,
            items=frozenset(items),
            share=share,
            outdated=frozenset(outdated),
            why=_told([texts[slug] for slug in sorted(texts)]),
            texts=tuple(sorted(texts)),
        )


def _moved(
    asked: Mapping[tuple[str, str], int], items: Collection[str]
) -> Iterator[tuple[str, float, list[str]]]:
    """Give which competencies the items concern: the share of each, and its items."""
    total: dict[str, int] = defaultdict(int)
    moved: dict[str, dict[str, int]] = defaultdict(dict)
    for (competency, item), number in asked.items():
        total[competency] += number
        if item in items:
            moved[competency][item] = number
    for competency in sorted(moved):
        share = sum(moved[competency].values()) / total[competency]
        if share >= LEAST_SHARE:
            yield competency, share, sorted(moved[competency])


def _told(changed: Sequence[_Changed]) -> str:
    """Say what changed: one reason, or how many there are."""
    whys = [*dict.fromkeys(each.why for each in changed)]
    if len(whys) == 1:
        return whys[0]
    return N_("{first}等 {n} 处", first=whys[0], n=len(whys))


def _changed(session: Session, on: date) -> list[_Changed]:
    """Find the sections changed in substance by texts that hold or held."""
    end = start_of(on + timedelta(1))
    rows = session.execute(
        select(
            RevisionRow.id,
            RevisionRow.effective_from,
            DocumentRow.slug,
            RevisionRow.title,
            SectionMeaningRow.section_id,
        )
        .join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
        .join(SectionMeaningRow, SectionMeaningRow.revision_id == RevisionRow.id)
        .where(
            RevisionRow.status == Status.APPROVED,
            RevisionRow.number > 1,
            RevisionRow.effective_from <= on,
            RevisionRow.approved_at < end,
            SectionMeaningRow.kind.in_(OBLIGING),
        )
        .order_by(RevisionRow.effective_from, RevisionRow.id)
    ).all()
    sections = _sections(session, {row.id for row in rows})
    return [
        _Changed(row.effective_from, row.slug, section, tree, row.title)
        for row in rows
        for section, tree in _with_those_above(sections[row.id], row.section_id)
    ]


def _sections(
    session: Session, keys: Collection[int]
) -> dict[int, list[tuple[str, int, str]]]:
    """Give id, level and digest of the sections of some texts, in their order."""
    rows = session.execute(
        select(
            SectionRow.revision_id,
            SectionRow.section_id,
            SectionRow.level,
            SectionRow.tree_hash,
        )
        .where(SectionRow.revision_id.in_(keys))
        .order_by(SectionRow.revision_id, SectionRow.position)
    )
    found: dict[int, list[tuple[str, int, str]]] = defaultdict(list)
    for key, section, level, tree in rows:
        found[key].append((section, level, tree))
    return found


def _with_those_above(
    sections: Sequence[tuple[str, int, str]], wanted: str
) -> Iterator[tuple[str, str]]:
    """Give a section, gone or not, and those it is part of, with their digests."""
    place = next((n for n, s in enumerate(sections) if s[0] == wanted), None)
    if place is None:
        yield wanted, ""
        return
    section, level, tree = sections[place]
    yield section, tree
    for above, its_level, its_tree in reversed(sections[:place]):
        if its_level < level:
            level = its_level
            yield above, its_tree


def _citing(
    session: Session, targets: Collection[tuple[str, str]]
) -> dict[tuple[str, str], list[_Citing]]:
    """Find the items that rest on some sections, in every text ever approved."""
    slugs = {slug for slug, _ in targets}
    rows = session.execute(
        select(ReferenceRow, DocumentRow.slug)
        .join(RevisionRow, RevisionRow.id == ReferenceRow.revision_id)
        .join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
        .where(
            RevisionRow.status == Status.APPROVED,
            ReferenceRow.target.in_(slugs),
            ReferenceRow.item != "",
        )
    ).all()
    accepted = _accepted(session, [row.id for row, _ in rows])
    found: dict[tuple[str, str], list[_Citing]] = defaultdict(list)
    for row, slug in rows:
        target = (row.target, row.section)
        if target in targets:
            true = frozenset({row.checked_hash, *accepted[row.id]})
            item = f"{slug}#{row.item}"
            found[target].append(_Citing(row.revision_id, item, target, true))
    return found


def _accepted(session: Session, keys: Collection[int]) -> Mapping[int, set[str]]:
    rows = session.execute(
        select(ConfirmationRow.reference_id, ConfirmationRow.hash).where(
            ConfirmationRow.reference_id.in_(keys)
        )
    )
    found: dict[int, set[str]] = defaultdict(set)
    for key, told in rows:
        found[key or 0].add(told)
    return found
