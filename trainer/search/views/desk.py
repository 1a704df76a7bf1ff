"""What the pages of search share: the index of this site, and the question asked."""

from __future__ import annotations

from typing import cast

from flask import current_app
from flask import request
from sqlalchemy.orm import Session

from trainer.kit.index import Searcher
from trainer.kit.web import current
from trainer.kit.web import limits
from trainer.search import queries
from trainer.search.domain.results import Asked
from trainer.search.domain.results import Results
from trainer.search.queries import Explained
from trainer.search.service import Logbook


def asked(limit: int, items: int = 0) -> Asked:
    """Read the question from the address or the form.

    Args:
        limit: Articles at most.
        items: Items of checklists at most; who is not logged in gets none.
    """
    return Asked(
        words=request.values.get("q", ""),
        on=current.business_date(),
        line=request.values.get("line", ""),
        kind=request.values.get("kind", ""),
        limit=limit,
        items=items if current.actor().person else 0,
        as_typed=bool(request.values.get("as_typed")),
    )


def count() -> None:
    """Count a search of whoever asks.

    Raises:
        TooManyError: he has searched too often within a minute.
    """
    if person := current.actor().person:
        limits.spend("search", f"person/{person}")
    else:
        limits.spend("open search", current.address())


def search(session: Session, question: Asked) -> Results:
    """Answer a question for whoever asks."""
    return queries.search(
        session,
        _searcher(),
        question,
        reader=current.actor(),
        home_city=current_app.config["HOME_CITY"],
        patience=queries.PATIENCE,
    )


def explain(session: Session, question: Asked, slug: str) -> Explained:
    """Explain the place of an article to an editor."""
    actor = current.actor()
    return queries.explain(session, _searcher(), question, slug, reader=actor)


def logbook() -> Logbook:
    """Give the logbook of this site."""
    return cast("Logbook", current_app.extensions["logbook"])


def _searcher() -> Searcher:
    return cast("Searcher", current_app.extensions["searcher"])
