"""Which other city a question names: its numbers are not ours."""

from __future__ import annotations

from collections.abc import Iterable

ENDINGS = ("特别行政区", "自治区", "市", "省", "区", "县")


class Places:
    """Finds names of places in a question; immutable."""

    def __init__(self, names: Iterable[str]) -> None:
        """Keep the names; a longer one is found before a shorter one in it."""
        self._names = sorted(set(names), key=lambda name: (-len(name), name))

    def named(self, text: str, home: str) -> tuple[str, ...]:
        """Give the places other than home that a text names, in its order.

        Args:
            text: Normalised question.
            home: The centre's own city, with or without 市; never given back.
        """
        own = bare(home)
        found: list[tuple[int, str]] = []
        for name in self._names:
            place = text.find(name)
            if place >= 0:
                text = text.replace(name, "\n" * len(name))
                if bare(name) != own:
                    found.append((place, name))
        return tuple(name for _, name in sorted(found))


def bare(name: str) -> str:
    """Take the kind of place off its name: 厦门市 is 厦门."""
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name
