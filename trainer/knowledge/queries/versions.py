"""An article through time, and what ties it to others."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit import markup
from trainer.knowledge.domain.comparison import Difference
from trainer.knowledge.domain.comparison import compared
from trainer.knowledge.domain.desk import LinkLine
from trainer.knowledge.domain.desk import Links
from trainer.knowledge.domain.desk import Look
from trainer.knowledge.domain.desk import VersionLine
from trainer.knowledge.domain.desk import Versions
from trainer.knowledge.queries.desk import NOBODY
from trainer.knowledge.queries.naming import clause_names
from trainer.knowledge.queries.naming import named
from trainer.knowledge.queries.naming import named_look
from trainer.people import queries as people
from trainer.publishing import queries as publishing
from trainer.publishing.domain.changes import compare
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.review import Confirmation
from trainer.publishing.domain.revision import Reference
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.revision import StoredSection
from trainer.publishing.domain.timeline import spans
from trainer.publishing.queries import Target


def versions(
    session: Session, slug: str, on: date, kinds: Collection[str], *, reader: Actor
) -> Versions:
    """Give every version of a text this reader may know of, newest first.

    Cited clauses are called what they are called ``on`` a day.

    Raises:
        NotFoundError: there is none, of the ``kinds`` that exist for the reader.
    """
    found = publishing.versions(session, reader=reader, slug=slug)
    if found[0].kind not in kinds:
        raise NotFoundError(N_("没有这篇文章；请用搜索框查找"))
    laid = spans(r for r in found if r.status is Status.APPROVED)
    looks = _named_looks(session, [r.id for r in found], on, reader=reader)
    wanted = {p for r in found for p in _people(r)}
    wanted |= {look.by for made in looks.values() for look in made}
    names = people.names(session, wanted, reader=reader)
    lines = [
        VersionLine(
            revision=revision,
            spans=tuple(s for s in laid if s.number == revision.number),
            author=names.get(revision.created_by, NOBODY),
            approver=names.get(revision.approved_by or 0, NOBODY),
            looks=tuple(
                Look(confirmation=made, person=names.get(made.by, NOBODY))
                for made in looks.get(revision.id, ())
            ),
        )
        for revision in found
    ]
    published = [line for line in lines if line.revision.number is not None]
    published.sort(key=lambda line: line.revision.number or 0, reverse=True)
    return Versions(
        slug=slug,
        newest=(published or lines)[0].revision,
        published=tuple(published),
        drafts=tuple(line for line in lines if line.revision.status in OPEN),
    )


def _named_looks(
    session: Session, keys: Collection[int], on: date, *, reader: Actor
) -> dict[int, tuple[Confirmation, ...]]:
    """Give who found versions still true, cited clauses called by their names."""
    looks = publishing.confirmations(session, keys, reader=reader)
    made = [look for looks_of in looks.values() for look in looks_of]
    names = clause_names(session, made, on, reader=reader)
    return {
        key: tuple(named_look(look, names) for look in looks_of)
        for key, looks_of in looks.items()
    }


def difference(
    session: Session, slug: str, numbers: tuple[int, int], *, reader: Actor
) -> Difference:
    """Compare two versions of an article, the older wording first.

    Args:
        session: A session.
        slug: The article.
        numbers: Numbers of the versions, in any order.
        reader: Who asks.

    Raises:
        NotFoundError: there is no such version, or not for this reader.
    """
    pair = [publishing.version(session, slug, n, reader=reader) for n in numbers]
    old, new = sorted(pair, key=lambda r: (r.effective_from, r.number or 0))
    stored = publishing.sections_of(session, [old, new])
    changes = compare(
        [s.section for s in stored[old.id]], [s.section for s in stored[new.id]]
    )
    headers = (old.header, new.header)
    comparison = compared(changes, markup.plain, headers)
    return Difference(old=old, new=new, comparison=comparison)


def links(
    session: Session, slug: str, on: date, kinds: Collection[str], *, reader: Actor
) -> Links:
    """Tell what a text of some kinds cites and who cites it, as of a day.

    Raises:
        NotFoundError: nothing of it holds on that day for this reader.
    """
    revision = publishing.revision_on(session, slug, on, reader=reader, kinds=kinds)
    cites = publishing.references_of(session, revision)
    citing = [
        (other, reference)
        for other, reference in publishing.citing(session, slug, on, reader=reader)
        if other.slug != slug
    ]
    both = [*cites, *(reference for _, reference in citing)]
    names = clause_names(session, both, on, reader=reader)
    addresses = {(r.target, r.section) for r in both}
    targets = publishing.targets_on(session, addresses, on, reader=reader)
    stale = _stale_versions(session, both, targets, reader=reader)
    stored = publishing.sections_of(session, [other for other, _ in citing])
    return Links(
        revision=revision,
        cites=tuple(
            _outward(
                named(reference, names),
                targets.get((reference.target, reference.section)),
                stale,
            )
            for reference in cites
        ),
        cited_by=tuple(
            _inward(named(reference, names), other, stored[other.id], stale)
            for other, reference in citing
        ),
    )


def _outward(
    reference: Reference,
    target: Target | None,
    stale: Mapping[int, tuple[int, int]],
) -> LinkLine:
    section = target.section if target else None
    return LinkLine(
        reference=reference,
        slug=reference.target,
        title=target.revision.header.title if target else reference.words,
        section=reference.section,
        section_name=section.name if section else "",
        stale=stale.get(reference.id),
    )


def _inward(
    reference: Reference,
    other: Revision,
    sections: Iterable[StoredSection],
    stale: Mapping[int, tuple[int, int]],
) -> LinkLine:
    names = {section.id: section.name for section in sections}
    return LinkLine(
        reference=reference,
        slug=other.slug,
        title=other.header.title,
        section=reference.item,
        section_name=names.get(reference.item, ""),
        stale=stale.get(reference.id),
    )


def _stale_versions(
    session: Session,
    references: Collection[Reference],
    targets: Mapping[tuple[str, str], Target],
    *,
    reader: Actor,
) -> dict[int, tuple[int, int]]:
    """Give, of each stale citation, the target's versions it lies between."""
    stale = publishing.outdated(session, references, targets)
    known = publishing.wordings(session, references, reader=reader)
    return {
        r.id: between(known, r, target.hash if target else "")
        for r in references
        if r.id in stale
        for target in [stale[r.id]]
    }


def between(
    known: Mapping[tuple[str, str, str], int], reference: Reference, now_hash: str
) -> tuple[int, int]:
    """Give the versions with the wording checked and the one now; 0 is unknown."""
    address = (reference.target, reference.section)
    old = known.get((*address, reference.checked_hash), 0)
    return old, known.get((*address, now_hash), 0)


def _people(revision: Revision) -> set[int]:
    return {revision.created_by, revision.approved_by or 0}
