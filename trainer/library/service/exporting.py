"""Writing everything approved out again, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.kit.files import TextFile
from trainer.library.domain.pack import FOLDERS
from trainer.library.domain.pack import article_path
from trainer.library.domain.pack import structured_path
from trainer.library.domain.posts import posts_text
from trainer.library.service.opening import POSTS
from trainer.people import queries as people
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.topics import queries as topics
from trainer.topics.domain.saves import TextName


def export_pack(session: Session, *, reader: Actor) -> Iterator[TextFile]:
    """Give every approved text as the file it came from, byte for byte.

    Posts are rows here and not a text: their file has the one form of
    :func:`~trainer.library.domain.posts.posts_text`.
    """
    if posts := people.posts(session):
        yield TextFile(POSTS, posts_text(posts))
    for name in TextName:
        if text := topics.text(session, name):
            yield TextFile(f"{name}.yaml", text)
    turns: dict[tuple[str, date], int] = {}
    for revision in publishing.all_approved(session, reader=reader):
        day = revision.effective_from
        turn = turns[revision.slug, day] = turns.get((revision.slug, day), 0) + 1
        yield TextFile(_path(revision, turn), publishing.text(session, revision))


def _path(revision: Revision, turn: int) -> str:
    """Give where a text lies; ``turn`` counts those of its first day."""
    place = revision.slug, revision.effective_from.isoformat(), turn
    if revision.kind in FOLDERS:
        return structured_path(revision.kind, *place)
    return article_path(*place)
