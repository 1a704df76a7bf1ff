"""The texts of scenarios, opened: an approved text never changes."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from sqlalchemy.orm import Session

from trainer.core.errors import MistakesError
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.scenarios.domain.playing import PROMPTER
from trainer.scenarios.domain.reading import read
from trainer.scenarios.domain.scenario import Scenario

MOST_TEXTS = 200
"""Texts kept open: some 50 kB each."""


def open_scenario(session: Session, revision: Revision) -> Scenario:
    """Open a text, a draft too.

    Raises:
        MistakesError: it is kept in a form that is not read any more.
    """
    return scenario_of(publishing.text(session, revision))


def pinned(session: Session, key: int) -> tuple[Revision, Scenario]:
    """Open the text of a play by key of its revision, whoever asks."""
    revision = publishing.revision(session, key, reader=PROMPTER)
    return revision, open_scenario(session, revision)


def pinned_all(session: Session, keys: Collection[int]) -> dict[int, Scenario]:
    """Open the texts of some plays, in two questions."""
    revisions = publishing.revisions(session, keys, reader=PROMPTER)
    texts = publishing.texts(session, revisions.values())
    return {key: scenario_of(text) for key, text in texts.items()}


@lru_cache(MOST_TEXTS)
def scenario_of(text: str) -> Scenario:
    """Read a text that was saved.

    Raises:
        MistakesError: it has mistakes, by the rules of today.
    """
    parsed = read(text)
    if parsed.scenario is None:
        raise MistakesError(parsed.mistakes)
    return parsed.scenario
