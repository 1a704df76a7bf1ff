"""Who the keys stand for; the audit itself knows keys only.

People are a feature above, so ``features.py`` names these functions.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from trainer.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Directory:
    """Finds people, and says what they are called.

    Attributes:
        found: Keys of the people whose login or name holds some words.
        names: Names of people by key, fit for the screen.
    """

    found: Callable[[Session, str, Actor], frozenset[int]]
    names: Callable[[Session, Collection[int], Actor], Mapping[int, str]]
