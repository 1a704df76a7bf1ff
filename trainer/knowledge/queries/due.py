"""The 待复核 list: what must be looked at again, from every source that knows."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.paging import SIZE
from trainer.core.paging import Part
from trainer.core.paging import offset
from trainer.knowledge.domain.desk import DueFilter
from trainer.knowledge.domain.desk import DueLine
from trainer.knowledge.domain.desk import Look
from trainer.knowledge.queries.desk import NOBODY
from trainer.knowledge.queries.desk import must_see_drafts
from trainer.knowledge.queries.versions import between
from trainer.people import queries as people
from trainer.publishing import queries as publishing
from trainer.publishing.domain.review import ReviewItem

Subject = tuple[int, str, str, str]
"""What an entry is about: revision, reason, cited document and section."""

ReviewSource = Callable[[Session, date, Actor], Iterable[ReviewItem]]
"""Gives what is due on a day for a reader; the site names its sources."""


def due(
    session: Session,
    sources: Sequence[ReviewSource],
    wanted: DueFilter,
    on: date,
    *,
    reader: Actor,
) -> Part[DueLine]:
    """Give what must be looked at again, most urgent first.

    A text that cites the same clause several times is one entry.

    Raises:
        DeniedError: this reader has nothing to do with it.
    """
    must_see_drafts(reader)
    found = [
        item
        for source in sources
        for item in source(session, on, reader)
        if _is_wanted(item, wanted, on, reader)
    ]
    once = {_subject(item): item for item in reversed(found)}
    fitting = sorted(once.values(), key=lambda i: (i.due, i.revision.slug))
    first = offset(wanted.part)
    items = fitting[first : first + SIZE]
    lines = _lines(session, items, reader=reader)
    return Part(tuple(lines), wanted.part, len(fitting))


def published_reviews(session: Session, on: date, reader: Actor) -> list[ReviewItem]:
    """Give what publishing itself knows: changed clauses, and time that ran out."""
    return publishing.due_reviews(session, on, reader=reader)


def _lines(
    session: Session, items: Sequence[ReviewItem], *, reader: Actor
) -> list[DueLine]:
    """Give entries with what a person needs to judge them."""
    names = {post.code: post.name for post in people.posts(session)}
    references = [i.reference for i in items if i.reference]
    known = publishing.wordings(session, references, reader=reader)
    looks = _last_looks(session, items, reader=reader)
    return [
        DueLine(
            item=item,
            owner=names.get(item.revision.header.owner, item.revision.header.owner),
            between=between(known, item.reference, item.now_hash)
            if item.reference
            else (0, 0),
            last=looks.get(_subject(item)),
        )
        for item in items
    ]


def _last_looks(
    session: Session, items: Sequence[ReviewItem], *, reader: Actor
) -> dict[Subject, Look]:
    """Give the last time each text was found still true, in the same respect."""
    keys = {item.revision.id for item in items}
    known = publishing.confirmations(session, keys, reader=reader)
    last = {
        _subject(item): made
        for item in items
        for made in reversed(known.get(item.revision.id, ()))
        if made.is_about(item.reference)
    }
    names = people.names(session, (made.by for made in last.values()), reader=reader)
    return {
        subject: Look(confirmation=made, person=names.get(made.by, NOBODY))
        for subject, made in last.items()
    }


def _subject(item: ReviewItem) -> Subject:
    cited = (
        (item.reference.target, item.reference.section) if item.reference else ("", "")
    )
    return (item.revision.id, item.reason, *cited)


def _is_wanted(item: ReviewItem, wanted: DueFilter, on: date, reader: Actor) -> bool:
    header = item.revision.header
    owners = {header.owner, header.deputy}
    return (
        wanted.line in {"", header.line}
        and (not wanted.mine or bool(owners & reader.posts))
        and (not wanted.overdue or item.is_overdue(on))
    )
