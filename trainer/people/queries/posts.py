"""Reads of posts."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.people.domain.posts import Post
from trainer.people.models import PostRow


def posts(session: Session) -> list[Post]:
    """Give all posts, by code."""
    rows = session.scalars(select(PostRow).order_by(PostRow.code))
    return [Post(row.code, row.name) for row in rows]
