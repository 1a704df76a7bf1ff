"""Long work, step by step, so that somebody can watch it."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from typing import Protocol
from typing import TypeVar

T = TypeVar("T")


class Steps(Protocol):
    """Gives the items one by one, and may show how far the work has come."""

    def __call__(self, items: Collection[T], label: str) -> Iterable[T]:
        """Go through items; ``label`` says what is done with them."""


def quietly(items: Collection[T], label: str) -> Iterable[T]:  # noqa: ARG001  (Steps)
    """Show nothing."""
    return items
