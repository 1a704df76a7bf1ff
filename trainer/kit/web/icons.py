"""The icons the pages use, picked at start from the package that owns them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from markupsafe import Markup

SPRITE = "static/bootstrap5/icons/bootstrap-icons.svg"
SYMBOL = re.compile(
    r'<symbol class="[^"]*" viewBox="([^"]+)" id="([^"]+)">(.*?)</symbol>'
)


ICONS = frozenset(
    {
        "arrow-counterclockwise",
        "arrow-left",
        "arrow-right",
        "award",
        "bank",
        "bar-chart",
        "bar-chart-steps",
        "bell",
        "box-arrow-in-right",
        "box-arrow-right",
        "building",
        "calculator",
        "calendar-event",
        "chat-dots",
        "chat-left-dots",
        "chat-square-text",
        "check-circle",
        "check2-square",
        "check-lg",
        "clipboard-check",
        "clock",
        "clock-history",
        "diagram-3",
        "download",
        "easel",
        "exclamation-triangle",
        "eye",
        "file-earmark-plus",
        "file-earmark-text",
        "flag",
        "floppy",
        "geo-alt",
        "graph-up",
        "grid-3x3",
        "inbox",
        "journal-check",
        "journal-text",
        "journal-x",
        "key",
        "lightning",
        "link-45deg",
        "list-ul",
        "moon",
        "mortarboard",
        "pencil",
        "pencil-square",
        "people",
        "person-check",
        "person-circle",
        "person-lines-fill",
        "person-plus",
        "person-workspace",
        "plug",
        "printer",
        "question-circle",
        "reply",
        "search",
        "send",
        "shield-check",
        "shield-lock",
        "star",
        "sun",
        "table",
        "translate",
        "type",
        "ui-checks",
        "type-bold",
        "type-h2",
        "upload",
        "x-circle",
    }
)
"""The icons that pages use, by their names in Bootstrap Icons."""


class Icons:
    """Inline SVG by icon name; only the names given exist."""

    def __init__(self, names: frozenset[str]) -> None:
        self._drawn = {
            name: Markup(  # noqa: S704  (our own package's file, no input)
                f'<svg class="icon" viewBox="{box}" aria-hidden="true"'
                f' focusable="false">{paths}</svg>'
            )
            for box, name, paths in _symbols()
            if name in names
        }
        missing = names - set(self._drawn)
        if missing:
            raise LookupError(f"no such icons: {sorted(missing)}")

    def __call__(self, name: str) -> Markup:
        """Draw an icon; it says nothing to a screen reader."""
        return self._drawn[name]


@cache
def _symbols() -> list[tuple[str, str, str]]:
    """Read the sprite once in the life of a process: view box, name, paths."""
    sprite = files("flask_bootstrap").joinpath(SPRITE).read_text("utf-8")
    return SYMBOL.findall(sprite)
