"""Who is meant: people by where and at what they work; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Where somebody works on a day, as an audience asks for it.

    Attributes:
        person: Key of who works.
        site: Key of where.
        organisation: Key of who has sent him.
        post: Code of his post, empty for none.
        lines: Codes of the business lines he serves.
        begins_on: His first day there.
    """

    person: int
    site: int
    organisation: int
    post: str = ""
    lines: frozenset[str] = frozenset()
    begins_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is meant. Each part that is not empty narrows; an empty one means everybody.

    Attributes:
        sites: Keys of sites.
        organisations: Keys of who sends.
        posts: Codes of posts.
        lines: Codes of business lines; serving one of them is enough.
    """

    sites: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    posts: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()

    def covers(self, work: Work) -> bool:
        """Tell whether somebody who works like this is meant."""
        return (
            (not self.sites or work.site in self.sites)
            and (not self.organisations or work.organisation in self.organisations)
            and (not self.posts or work.post in self.posts)
            and (not self.lines or bool(self.lines & work.lines))
        )


EVERYBODY = Audience()
