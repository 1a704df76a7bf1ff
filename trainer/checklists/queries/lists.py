"""One list: its text for a day, or one that somebody writes."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from datetime import timedelta

from sqlalchemy.orm import Session

from trainer.checklists.domain import CHECKLIST
from trainer.checklists.domain.browsing import in_steps
from trainer.checklists.domain.sheets import Changed
from trainer.checklists.domain.sheets import ListSheet
from trainer.checklists.domain.sheets import ShownItem
from trainer.checklists.domain.sheets import shown
from trainer.checklists.queries.holding import items_of
from trainer.checklists.queries.holding import stale_items
from trainer.checklists.queries.showing import clause_names
from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing import queries as publishing
from trainer.publishing.domain.changes import Change
from trainer.publishing.domain.changes import compare
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.timeline import last_day
from trainer.publishing.domain.timeline import nearest_number
from trainer.publishing.domain.timeline import number_on
from trainer.publishing.domain.timeline import span_for
from trainer.publishing.domain.timeline import spans
from trainer.topics import queries as topics


def list_on(
    session: Session, slug: str, key: int | None, on: date, *, reader: Actor
) -> ListSheet:
    """Give a list as it lies to a day.

    Args:
        session: A session.
        slug: The list.
        key: Key of the text wanted; None is what holds on the day, else the nearest
            one, else (for those who write) the newest.
        on: The day.
        reader: Who asks.

    Raises:
        NotFoundError: there is none for this reader.
    """
    known = _known(session, slug, reader)
    approved = [r for r in known if r.status is Status.APPROVED]
    laid = spans(approved)
    number = number_on(approved, on) or nearest_number(laid, on)
    wanted = [r for r in known if key in {None, r.id} and (key or r.number == number)]
    if key and not wanted:
        raise NotFoundError(N_("没有这份易错清单：{slug}", slug=slug))
    chosen = (wanted or known)[0]
    span = span_for(laid, chosen.number or 0, on)
    changes, changed = _changes(session, chosen, _before(chosen, approved))
    holds = chosen.number == number_on(approved, on)
    stale = stale_items(session, on) if holds and reader.sees_drafts else frozenset()
    return ListSheet(
        revision=chosen,
        status=span.status(on) if span else None,
        since=span.start if span else chosen.effective_from,
        until=last_day(span) if span else None,
        coming=min((s.start for s in laid if s.start > on), default=None),
        steps=_steps(session, chosen, (changes, stale), on, reader=reader),
        changed=changed,
        drafts=tuple(r for r in known if r.status in OPEN),
    )


def _known(session: Session, slug: str, reader: Actor) -> list[Revision]:
    """Give the texts of a list that exist for a reader, newest first."""
    try:
        known = publishing.versions(session, reader=reader, slug=slug)
    except NotFoundError:
        known = []
    if not known or known[0].kind != CHECKLIST:
        raise NotFoundError(N_("没有这份易错清单：{slug}", slug=slug))
    return known


def _before(chosen: Revision, approved: Sequence[Revision]) -> Revision | None:
    """Give the text that readers had until this one."""
    limit = chosen.number
    older = [r for r in approved if limit is None or (r.number or 0) < limit]
    for revision in older:
        if revision.effective_from == chosen.supersedes:
            return revision
    number = number_on(older, chosen.effective_from - timedelta(1))
    return next((r for r in older if number and r.number == number), None)


def _changes(
    session: Session, chosen: Revision, before: Revision | None
) -> tuple[Mapping[str, Change], Changed | None]:
    """Tell what became of each item since the text before."""
    if before is None:
        return {}, None
    stored = publishing.sections_of(session, [before, chosen])
    old, new = ([s.section for s in stored[r.id]] for r in (before, chosen))
    found = compare(old, new)
    kinds = [change.change for change in found]
    return {change.id: change.change for change in found}, Changed(
        number=before.number or 0,
        note=chosen.header.change_note or "",
        added=kinds.count(Change.ADDED),
        altered=kinds.count(Change.CHANGED),
        gone=tuple(
            change.old.heading
            for change in found
            if change.change is Change.REMOVED and change.old
        ),
    )


def _steps(
    session: Session,
    chosen: Revision,
    told: tuple[Mapping[str, Change], Collection[tuple[str, str]]],
    on: date,
    *,
    reader: Actor,
) -> tuple[tuple[str, tuple[ShownItem, ...]], ...]:
    """Lay the items out by step; clauses are named as of a day on which it holds.

    ``told`` is what became of items, and which of them are stale.
    """
    changes, stale = told
    items, day = items_of(chosen), max(on, chosen.effective_from)
    clauses = clause_names(session, items, day, reader=reader)
    return tuple(
        (
            step,
            tuple(
                shown(
                    item,
                    chosen,
                    clauses,
                    is_stale=(chosen.slug, item.id) in stale,
                    change=changes.get(item.id),
                )
                for item in found
            ),
        )
        for step, found in in_steps(items, topics.topics(session))
    )
