"""Posts: added and renamed by an administrator, or by a pack; never deleted.

They own content.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.audit.domain import digest
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.db import queue_up
from trainer.people import queries
from trainer.people.domain.places import CODE
from trainer.people.domain.places import TakenError
from trainer.people.domain.posts import Post
from trainer.people.models import PostRow
from trainer.people.service.accounts import PLACE


def add_post(session: Session, post: Post, *, by: Actor, at: datetime) -> Post:
    """Add a post.

    Raises:
        TakenError: another one has the code or the name.
    """
    _begin(session, post, by)
    if session.get(PostRow, post.code) is not None:
        raise TakenError(N_("这个代码已有了；请换一个"))
    session.add(PostRow(code=post.code, name=post.name))
    audit.record(session, _entry("post.added", None, post, by), at=at)
    return post


def rename_post(session: Session, post: Post, *, by: Actor, at: datetime) -> Post:
    """Give a post another name; raises as :func:`add_post`."""
    _begin(session, post, by)
    row = session.get_one(PostRow, post.code)
    before, row.name = Post(row.code, row.name), post.name
    audit.record(session, _entry("post.changed", before, post, by), at=at)
    return post


def save_posts(
    session: Session, posts: Iterable[Post], *, by: Actor, at: datetime
) -> None:
    """Add the posts of a pack and rename known ones."""
    by.must(Permission.EDIT)
    known = {post.code: post for post in queries.posts(session)}
    for post in posts:
        before = known.get(post.code)
        if before == post:
            continue
        session.merge(PostRow(code=post.code, name=post.name))
        verb = "post.changed" if before else "post.added"
        audit.record(session, _entry(verb, before, post, by), at=at)
    session.flush()


def _begin(session: Session, post: Post, by: Actor) -> None:
    by.must(Permission.ADMINISTER)
    queue_up(session, PLACE)
    if not CODE.match(post.code) or not post.name:
        raise TrainerError(N_("请填写代码和名称；代码用小写字母、数字和横线"))
    same = select(PostRow.code).where(
        PostRow.name == post.name, PostRow.code != post.code
    )
    if session.scalars(same).first() is not None:
        raise TakenError(N_("这个名称已有了；请换一个"))


def _entry(verb: str, before: Post | None, after: Post, by: Actor) -> Entry:
    return Entry(
        person=by.person,
        verb=verb,
        object=f"post/{after.code}",
        before=digest(repr(before)) if before else "",
        after=digest(repr(after)),
    )
