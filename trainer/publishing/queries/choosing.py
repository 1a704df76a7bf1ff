"""Which text of a document somebody who writes or approves is shown."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.publishing.domain.drafting import Chosen
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.revision import Revision
from trainer.publishing.queries.revisions import in_force
from trainer.publishing.queries.revisions import versions
from trainer.publishing.queries.revisions import with_status


def chosen(
    session: Session,
    slug: str,
    key: int | None,
    on: date,
    *,
    reader: Actor,
    kinds: Collection[str],
) -> Chosen | None:
    """Find the text of a document that somebody wants to see.

    Args:
        session: A session.
        slug: Which document.
        key: Key of the text; None is what holds on the day, else the newest.
        on: The day.
        reader: Who asks.
        kinds: What it may be.

    Returns:
        The text; None when the document has no such one, or is of another kind.

    Raises:
        NotFoundError: there is no such document for this reader.
    """
    known = versions(session, reader=reader, slug=slug)
    held = in_force(session, on, reader=reader, slugs=[slug], kinds=kinds)
    wanted = [r for r in known if r.id == key] if key else [*held, *known]
    if not wanted or wanted[0].kind not in kinds:
        return None
    return Chosen(
        revision=wanted[0],
        holds=wanted[0].id in {revision.id for revision in held},
        drafts=tuple(revision for revision in known if revision.status in OPEN),
        held=any(revision.number for revision in known),
    )


def unpublished(
    session: Session, *, reader: Actor, kinds: Collection[str]
) -> list[Revision]:
    """Give the texts that somebody works on, longest waiting first; none to readers."""
    if not reader.sees_drafts:
        return []
    return with_status(session, OPEN, reader=reader, kinds=kinds)
