"""Keeping what was asked; no citizen's number is kept."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.masking import masked
from trainer.core.wording import N_
from trainer.kit.index import normalise
from trainer.search.domain.log import KEPT_DAYS
from trainer.search.domain.log import Followed
from trainer.search.domain.log import Outcome
from trainer.search.domain.log import Searched
from trainer.search.domain.log import key_of
from trainer.search.domain.question import LONGEST
from trainer.search.models import SearchRow

SAME_QUESTION = timedelta(minutes=10)
"""What a person does within this time belongs to the question he asked last."""


def keep_search(session: Session, command: Searched, *, by: Actor, at: datetime) -> int:
    """Keep a search, its numbers masked; gives its key for :func:`follow_up`."""
    raw = _kept(command.words)
    row = SearchRow(
        raw=raw,
        normalised=key_of(normalise(raw)),
        on=command.on,
        filters=" ".join(filter(None, (command.line, command.kind))),
        hits=command.hits,
        hits_unfiltered=command.hits_unfiltered,
        outcome=Outcome.SHOWN,
        generation=command.generation,
        milliseconds=command.milliseconds,
        person_id=by.person,
        at=at,
    )
    session.add(row)
    session.flush()
    return row.id


def follow_up(session: Session, key: int, command: Followed, *, by: Actor) -> None:
    """Keep what the person did with the results; a later click replaces an earlier.

    Raises:
        NotFoundError: there is no such search of this person.
    """
    row = session.get(SearchRow, key)
    if row is None or row.person_id != by.person:
        raise NotFoundError(N_("没有这次搜索的记录，可能已按期限清除；请重新搜索"))
    row.outcome = command.outcome
    row.clicked_rank = command.rank
    row.clicked_slug = command.slug


def conclude(
    session: Session, searched: Searched, followed: Followed, *, by: Actor, at: datetime
) -> None:
    """Keep what came of a question, with the search it belongs to when that is kept.

    A page of results has kept the question already; what appears as one types has
    not, since single keystrokes are no questions.
    """
    raw = _kept(searched.words)
    open_search = (
        select(SearchRow.id)
        .where(
            SearchRow.person_id == by.person,
            SearchRow.normalised == key_of(normalise(raw)),
            SearchRow.on == searched.on,
            SearchRow.outcome == Outcome.SHOWN,
            SearchRow.at > at - SAME_QUESTION,
        )
        .order_by(SearchRow.id.desc())
    )
    key = session.scalars(open_search).first()
    if key is None:
        key = keep_search(session, searched, by=by, at=at)
    follow_up(session, key, followed, by=by)


def forget_searches(session: Session, *, at: datetime, days: int = KEPT_DAYS) -> int:
    """Delete searches older than some days; gives how many."""
    old = select(SearchRow.id).where(SearchRow.at < at - timedelta(days))
    keys = list(session.scalars(old))
    session.execute(delete(SearchRow).where(SearchRow.id.in_(keys)))
    return len(keys)


def _kept(words: str) -> str:
    """Give what is kept of a question: no numbers of people, nothing unprintable."""
    printable = "".join(c if c.isprintable() else " " for c in words)
    return masked(printable.strip())[:LONGEST]
