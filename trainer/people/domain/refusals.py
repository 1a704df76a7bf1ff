"""A request that was refused: what it was for and why; pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """A request that was refused.

    Attributes:
        route: Name of the route, ``people.person``; empty when there is none.
        keys: Numbers in its address: the things that were reached for.
        why: Name of the error, ``NotFoundError``.
    """

    route: str
    keys: tuple[int, ...]
    why: str

    @property
    def detail(self) -> str:
        """The error with the keys, ``NotFoundError 17``: codes, no words."""
        return " ".join([self.why, *map(str, self.keys)])
