"""Where an act comes from: what the audit keeps beside who did it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of an act.

    Attributes:
        address: Network address of the browser; ``console`` is the command line,
            empty is not known.
        request: Number of the request; empty at the command line.
    """

    address: str
    request: str = ""


CONSOLE = Origin("console")
"""The command line, and whatever else no browser has asked for."""
