"""Keeping the index equal to the database.

The database is the truth and the index a cache: everything here can be done
again at any time. One process of a node writes, see :class:`trainer.kit.index.Store`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping

from sqlalchemy.orm import Session

from trainer.checklists import queries as checklists
from trainer.checklists.domain import CHECKLIST
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.kit import markup
from trainer.kit.index import OPEN_END
from trainer.kit.index import IndexDocument
from trainer.kit.index import Store
from trainer.kit.index import normalise
from trainer.kit.index import outbox
from trainer.knowledge.domain.kinds import Face
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.revision import StoredSection
from trainer.publishing.domain.timeline import Span
from trainer.publishing.domain.timeline import spans
from trainer.search.domain import marks
from trainer.search.domain.address import MASKS
from trainer.search.domain.address import Address
from trainer.search.domain.address import number_of
from trainer.search.domain.numbers import forms
from trainer.search.domain.ranking import ARTICLES

SEARCHED = ARTICLES | {CHECKLIST}
"""Kinds of texts that are searched: search gives answers, not questions."""

ITEMS = "items"
"""Items are scored among themselves: however many there are, articles keep their
order."""

INDEXER = Actor(0, "索引", frozenset({Permission.READ, Permission.SUPERVISE}))
"""Reads everything that is published; what a hit shows is decided by the reader."""


def rebuild(session: Session, store: Store) -> int:
    """Build the index anew beside the old one, then swap; gives its documents."""
    generation = outbox.last_generation(session)
    documents = list(all_documents(session))
    store.rebuild(documents, generation)
    return len(documents)


def catch_up(session: Session, store: Store) -> int:
    """Bring the index up to the database; gives the number of articles indexed.

    Raises:
        IndexBrokenError: there is no index to bring up; rebuild it.
        IndexLockedError: another process writes; it will do this.
    """
    changes = outbox.changes_after(session, store.generation)
    if changes.generation != store.generation:
        documents = all_documents(session, slugs=changes.groups)
        store.apply(delete=changes.groups, add=documents, generation=changes.generation)
    return len(changes.groups)


def differences(session: Session, held: Mapping[str, str]) -> list[str]:
    """Give the keys of documents that the index lacks, has too many, or has wrong."""
    wanted = {document.key: document.hash for document in all_documents(session)}
    keys = sorted(wanted.keys() | held.keys())
    return [key for key in keys if wanted.get(key) != held.get(key)]


def all_documents(
    session: Session, slugs: Collection[str] | None = None
) -> Iterator[IndexDocument]:
    """Give what the index should hold of some articles and checklists, or of all."""
    revisions: dict[str, list[Revision]] = {}
    for revision in publishing.all_approved(
        session, reader=INDEXER, slugs=slugs, kinds=SEARCHED
    ):
        revisions.setdefault(revision.slug, []).append(revision)
    for history in revisions.values():
        stored = publishing.sections_of(session, history)
        by_number = {revision.number: revision for revision in history}
        for span in spans(history):
            revision = by_number[span.number]
            if revision.kind == CHECKLIST:
                yield from _items(revision, span)
            else:
                yield from _documents(revision, span, stored[revision.id])


def _items(revision: Revision, span: Span) -> Iterator[IndexDocument]:
    """Give the items of a checklist, each found by what it says."""
    for item in checklists.items_of(revision):
        words = [revision.header.title, item.wrong, item.check, item.say]
        yield _document(revision, span, item.id, (words, []), ITEMS)


def _documents(
    revision: Revision, span: Span, sections: Iterable[StoredSection]
) -> Iterator[IndexDocument]:
    """Give the card of a revision and its sections.

    The card holds what the article is for: title, 文号, asked questions, answer. A
    section holds its own text under the title, so that either is found by one field.
    """
    title = revision.header.title
    number = revision.header.document_number or ""
    common = [marks.article(revision.slug), *marks.numbers(normalise(number))]
    sections = tuple(sections)
    card = [title, number, *revision.facets.get("phrases", ())]
    card += [markup.plain(s.text) for s in sections if s.id == Face.ANSWER]
    yield _document(revision, span, "", (card, [*common, marks.CARD]))
    for section in sections:
        text = [title, section.name, markup.plain(section.text)]
        own = [marks.section(section.id), *marks.label(normalise(section.label))]
        yield _document(revision, span, section.id, (text, common + own))


def _document(
    revision: Revision,
    span: Span,
    section: str,
    words: tuple[list[str], list[str]],
    collection: str = "",
) -> IndexDocument:
    """Lay out a document; ``words`` are its lines, and the marks it bears."""
    mask = MASKS[revision.header.audience]
    lines, borne = words
    text = "\n".join(lines)
    text = "\n".join((text, " ".join(forms(normalise(text))), " ".join(borne)))
    identity = (revision.kind, revision.header.line, str(mask), text)
    digest = hashlib.sha256("\x1f".join(identity).encode()).hexdigest()[:16]
    return IndexDocument(
        key=str(Address(revision.slug, span.number, span.start, section)),
        group=revision.slug,
        kind=revision.kind,
        line=revision.header.line,
        valid_from=number_of(span.start),
        valid_to=number_of(span.end) if span.end else OPEN_END,
        audience=mask,
        hash=f"{digest}{number_of(span.end) if span.end else OPEN_END}",
        text=text,
        collection=collection,
    )
