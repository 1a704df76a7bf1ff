"""Posts, and the file that names them; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import yaml

from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site


@dataclass(frozen=True, slots=True)
class Post:
    """A post that owns content."""

    code: str
    name: str


Place = Organisation | Site | Seat | Post
"""What an administrator keeps a list of."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a post, or deputises in it; ``active`` is of the account."""

    person: int
    name: str
    active: bool
    deputy: bool


def parse_posts(text: str) -> tuple[list[Post], list[Mistake]]:
    """Read ``content/posts.yaml``; never raises."""
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return [], [Mistake(mark.line + 1 if mark else 0, N_("不是合法的 YAML"))]
    rows = read.get("posts") if isinstance(read, dict) else None
    if not isinstance(rows, list) or not all(_is_post(row) for row in rows):
        return [], [Mistake(0, N_("应是 posts: 下的列表，每项有 code 和 name"))]
    return _unique(Post(row["code"], row["name"]) for row in rows)


def _is_post(row: object) -> bool:
    return isinstance(row, dict) and all(
        isinstance(row.get(key), str) and row[key] for key in ("code", "name")
    )


def _unique(posts: Iterable[Post]) -> tuple[list[Post], list[Mistake]]:
    seen: dict[str, Post] = {}
    mistakes = []
    for post in posts:
        if post.code in seen:
            mistakes.append(Mistake(0, N_("岗位代码“{code}”重复", code=post.code)))
        seen.setdefault(post.code, post)
    return list(seen.values()), mistakes
