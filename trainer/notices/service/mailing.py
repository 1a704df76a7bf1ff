"""Sending the mails of a day: each at most once, whatever breaks in between.

A mail is marked before it is handed in and again after. What is found half-way later
may have gone out; it is not sent again, and the page of jobs says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Final

from sqlalchemy import Engine
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from trainer.core.clock import day_of
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.kit import db
from trainer.notices.domain.mailing import Letter
from trainer.notices.domain.mailing import Links
from trainer.notices.domain.mailing import MailState
from trainer.notices.domain.mailing import letter
from trainer.notices.models import MailRow
from trainer.notices.queries.telling import address_of
from trainer.notices.queries.telling import carried
from trainer.notices.service.post import Outcome
from trainer.notices.service.post import Post
from trainer.notices.service.post import Server

LOST: Final = timedelta(minutes=10)
"""How long handing in one mail may take; after that whoever did it is gone."""


class MailsWaitError(TrainerError):
    """Some mails were not taken; they are tried again."""

    def __init__(self, count: int, why: str) -> None:
        super().__init__(
            Nn_("还有 {n} 封邮件没有发出（{why}）；稍后再发", n=count, why=why)
        )


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that is ours to send."""

    letter: Letter
    message_id: str


def send_mails(
    engine: Engine, server: Server, links: Links, now: Callable[[], datetime]
) -> int:
    """Send what waits today.

    Returns:
        How many were sent.

    Raises:
        NoServerError: the server cannot be reached.
        MailsWaitError: it did not take some of them for now.
    """
    day = day_of(now())
    with db.writing(engine) as session:
        _settle_lost(session, at=now())
        people = _waiting(session, day)
    if not people:
        return 0
    sent, left, why = 0, 0, ""
    with Post(server) as post:
        for number, person in enumerate(people):
            outcome = _send(engine, post, (person, day), (links, server.site), now)
            sent += outcome.state is MailState.SENT
            if outcome.state is MailState.WAITING:
                left, why = left + 1, outcome.error
            if outcome.lost:
                left += len(people) - number - 1
                why = outcome.error
                break
    if left:
        raise MailsWaitError(left, why)
    return sent


def _send(
    engine: Engine,
    post: Post,
    key: tuple[int, date],
    frame: tuple[Links, str],
    now: Callable[[], datetime],
) -> Outcome:
    with db.writing(engine) as session:
        mine = _claim(session, key, frame, at=now())
    if mine is None:
        return Outcome(MailState.SENDING)
    outcome = post.deliver(mine.letter, mine.message_id, now())
    with db.writing(engine) as session:
        _settle(session, key, outcome)
    return outcome


def _waiting(session: Session, day: date) -> list[int]:
    row = MailRow
    query = select(row.person_id).where(row.day == day, row.state == MailState.WAITING)
    return list(session.scalars(query.order_by(row.person_id)))


def _claim(
    session: Session,
    key: tuple[int, date],
    frame: tuple[Links, str],
    *,
    at: datetime,
) -> Claimed | None:
    """Mark a waiting mail as being sent; None when it is not ours, or nobody's."""
    person, day = key
    row = MailRow
    taken = session.execute(
        update(row)
        .where(row.person_id == person, row.day == day, row.state == MailState.WAITING)
        .values(state=MailState.SENDING, tries=row.tries + 1, tried_at=at)
        .returning(row.message_id)
    ).first()
    if taken is None:
        return None
    to = address_of(session, person)
    told = carried(session, person, day)
    if not to or not told:
        _settle(session, key, Outcome(MailState.REFUSED, N_("本人不再收邮件")))
        return None
    links, site = frame
    return Claimed(letter(person, to, told, links, site), taken.message_id)


def _settle(session: Session, key: tuple[int, date], outcome: Outcome) -> None:
    """Write what became of a mail that was being sent."""
    row = MailRow
    mine = (row.person_id == key[0], row.day == key[1], row.state == MailState.SENDING)
    told = {"state": outcome.state, "error": outcome.error}
    session.execute(update(row).where(*mine).values(**told))


def _settle_lost(session: Session, *, at: datetime) -> None:
    """Give up what somebody began to send and never came back from."""
    row = MailRow
    lost = (row.state == MailState.SENDING, row.tried_at <= at - LOST)
    session.execute(
        update(row).where(*lost).values(state=MailState.UNCERTAIN, error="")
    )
