"""``posts.yaml`` as this program writes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from trainer.people.domain.posts import Post

HEAD = """\
# Posts (岗位). A post owns content, so nobody's leaving orphans it.
posts:
"""
PLAIN = re.compile(r"[^\W\d_][\w（）·-]*")
WORDS_FOR_YAML = {"true", "false", "yes", "no", "on", "off", "null"}


def posts_text(posts: Iterable[Post]) -> str:
    """Write posts, by code; the same posts give the same bytes."""
    rows = sorted(posts, key=lambda post: post.code)
    return HEAD + "".join(
        f"  - {{code: {_scalar(post.code)}, name: {_scalar(post.name)}}}\n"
        for post in rows
    )


def _scalar(words: str) -> str:
    """Quote what YAML would not read as these very words."""
    if PLAIN.fullmatch(words) and words.lower() not in WORDS_FOR_YAML:
        return words
    return json.dumps(words, ensure_ascii=False)
