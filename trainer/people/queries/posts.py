"""Reads of posts."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.people.domain.posts import Holder
from trainer.people.domain.posts import Post
from trainer.people.models import PersonPostRow
from trainer.people.models import PersonRow
from trainer.people.models import PostRow


def posts(session: Session) -> list[Post]:
    """Give all posts, by code."""
    rows = session.scalars(select(PostRow).order_by(PostRow.code))
    return [Post(row.code, row.name) for row in rows]


def holders(session: Session, *, reader: Actor) -> dict[str, list[Holder]]:
    """Give who holds each post, by its code, holders before deputies."""
    reader.must(Permission.ADMINISTER)
    row = PersonPostRow
    rows = session.execute(
        select(
            row.post_code, PersonRow.id, PersonRow.name, PersonRow.active, row.deputy
        )
        .join(PersonRow, PersonRow.id == row.person_id)
        .order_by(row.deputy, PersonRow.login)
    )
    found: dict[str, list[Holder]] = {}
    for code, person, name, active, deputy in rows:
        holder = Holder(person, name, active=active, deputy=deputy)
        found.setdefault(code, []).append(holder)
    return found
