"""The 待复核 list: what must be looked at again, from every source that knows."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.paging import SIZE
from trainer.core.paging import Part
from trainer.core.paging import offset
from trainer.kit import markup
from trainer.knowledge.domain.comparison import Part as Clause
from trainer.knowledge.domain.comparison import compared
from trainer.knowledge.domain.desk import DueFilter
from trainer.knowledge.domain.desk import DueLine
from trainer.knowledge.domain.desk import Look
from trainer.knowledge.queries.desk import NOBODY
from trainer.knowledge.queries.desk import must_see_drafts
from trainer.knowledge.queries.naming import Names
from trainer.knowledge.queries.naming import clause_names
from trainer.knowledge.queries.naming import named
from trainer.knowledge.queries.versions import between
from trainer.people import queries as people
from trainer.publishing import queries as publishing
from trainer.publishing.domain.changes import compare
from trainer.publishing.domain.review import ReviewItem
from trainer.publishing.domain.revision import StoredSection
from trainer.publishing.queries import TextKinds

Subject = tuple[int, str, str, str, str]
"""What an entry is about: revision, reason, cited document and section, and the
citing section where sections are judged by themselves."""

ReviewSource = Callable[[Session, date, Actor], Iterable[ReviewItem]]
"""Gives what is due on a day for a reader; the site names its sources."""


def due(
    session: Session,
    sources: Sequence[ReviewSource],
    wanted: DueFilter,
    on: date,
    *,
    reader: Actor,
    kinds: TextKinds,
) -> Part[DueLine]:
    """Give what must be looked at again, most urgent first.

    A text that cites the same clause several times is one entry, unless its sections
    are judged by themselves.

    Raises:
        DeniedError: this reader has nothing to do with it.
    """
    must_see_drafts(reader)
    every = due_once(session, sources, on, kinds, reader=reader)
    fitting = [item for item in every if _is_wanted(item, wanted, on, reader)]
    first = offset(wanted.part)
    items = fitting[first : first + SIZE]
    cited = [item.reference for item in items if item.reference]
    names = clause_names(session, cited, on, reader=reader)
    items = [_named(item, names) for item in items]
    lines = _lines(session, items, kinds, reader=reader)
    return Part(tuple(lines), wanted.part, len(fitting))


def due_once(
    session: Session,
    sources: Sequence[ReviewSource],
    on: date,
    kinds: TextKinds,
    *,
    reader: Actor,
) -> list[ReviewItem]:
    """Give all that is due, each thing to look at once, most urgent first."""
    found = [
        item
        for source in sources
        for item in source(session, on, reader)
        if item.revision.kind in kinds
    ]
    once = {_subject(item, kinds): item for item in reversed(found)}
    return sorted(once.values(), key=lambda item: (item.due, item.revision.slug))


def published_reviews(session: Session, on: date, reader: Actor) -> list[ReviewItem]:
    """Give what publishing itself knows: changed clauses, and time that ran out."""
    return publishing.due_reviews(session, on, reader=reader)


def _named(item: ReviewItem, names: Names) -> ReviewItem:
    if item.reference is None:
        return item
    return replace(item, reference=named(item.reference, names))


def _lines(
    session: Session, items: Sequence[ReviewItem], kinds: TextKinds, *, reader: Actor
) -> list[DueLine]:
    """Give entries with what a person needs to judge them."""
    names = {post.code: post.name for post in people.posts(session)}
    references = [i.reference for i in items if i.reference]
    known = publishing.wordings(session, references, reader=reader)
    looks = _last_looks(session, items, kinds, reader=reader)
    apart = [i for i in items if i.reference and kinds[i.revision.kind].by_section]
    citing, clauses = _beside(session, apart, reader=reader)
    return [
        DueLine(
            item=item,
            owner=names.get(item.revision.header.owner, item.revision.header.owner),
            between=between(known, item.reference, item.now_hash)
            if item.reference
            else (0, 0),
            last=looks.get(_subject(item, kinds)),
            citing=citing.get(_subject(item, kinds)),
            clause=clauses.get(_subject(item, kinds)),
        )
        for item in items
    ]


def _beside(
    session: Session, items: Sequence[ReviewItem], *, reader: Actor
) -> tuple[dict[Subject, StoredSection], dict[Subject, Clause]]:
    """Give the citing section of entries, and what became of the clause it cites."""
    cited = {i.reference.id: (i.reference, i.now_hash) for i in items if i.reference}
    places = {(reference.revision, reference.item) for reference, _ in cited.values()}
    sections = publishing.some_sections(session, places)
    wanted = {
        (reference.target, reference.section, digest)
        for reference, now in cited.values()
        for digest in (reference.checked_hash, now)
    }
    worded = publishing.worded(session, wanted, reader=reader)
    citing, clauses = {}, {}
    for item in items:
        reference = item.reference
        assert reference is not None  # noqa: S101  (the caller left the others out)
        subject = _subject_of(item, apart=True)
        if found := sections.get((reference.revision, reference.item)):
            citing[subject] = found
        address = (reference.target, reference.section)
        old = worded.get((*address, reference.checked_hash))
        new = worded.get((*address, item.now_hash))
        if old and new:
            [change] = compare([old.section], [new.section])
            clauses[subject] = compared([change], markup.plain).parts[0]
    return citing, clauses


def _last_looks(
    session: Session,
    items: Sequence[ReviewItem],
    kinds: TextKinds,
    *,
    reader: Actor,
) -> dict[Subject, Look]:
    """Give the last time each text was found still true, in the same respect."""
    keys = {item.revision.id for item in items}
    known = publishing.confirmations(session, keys, reader=reader)
    last = {
        _subject(item, kinds): made
        for item in items
        for made in reversed(known.get(item.revision.id, ()))
        if made.is_about(item.reference)
    }
    names = people.names(session, (made.by for made in last.values()), reader=reader)
    return {
        subject: Look(confirmation=made, person=names.get(made.by, NOBODY))
        for subject, made in last.items()
    }


def _subject(item: ReviewItem, kinds: TextKinds) -> Subject:
    return _subject_of(item, apart=kinds[item.revision.kind].by_section)


def _subject_of(item: ReviewItem, *, apart: bool) -> Subject:
    cited = item.reference
    if cited is None:
        return (item.revision.id, item.reason, "", "", "")
    section = cited.item if apart else ""
    return (item.revision.id, item.reason, cited.target, cited.section, section)


def _is_wanted(item: ReviewItem, wanted: DueFilter, on: date, reader: Actor) -> bool:
    header = item.revision.header
    owners = {header.owner, header.deputy}
    return (
        wanted.line in {"", header.line}
        and (not wanted.mine or bool(owners & reader.posts))
        and (not wanted.overdue or item.is_overdue(on))
    )
