"""Databases with a history, for tests that look at it or spoil it."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

from sqlalchemy import Engine
from sqlalchemy import text

from tests.factories import NOON
from trainer.audit import queries
from trainer.audit import service
from trainer.audit.domain import Entry
from trainer.audit.domain.chain import Fault
from trainer.audit.domain.chain import Link
from trainer.core.origin import Origin
from trainer.kit import db

DESK = Origin("10.0.0.9", "a1b2c3d4e5f60718")


def live(
    engine: Engine,
    days: int,
    *,
    since: datetime = NOON,
    entry: Entry | None = None,
) -> None:
    """Let one act be done a day, each in its transaction."""
    act = entry or Entry(person=7, verb="account.changed", object="person/7")
    for day in range(days):
        with db.writing(engine, DESK) as session:
            service.record(session, act, at=since + timedelta(day))


def spoil(engine: Engine, *statements: str) -> None:
    """Change the database behind the back of the program."""
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def end_of(engine: Engine) -> Link:
    with db.reading(engine) as session:
        return queries.head(session)


def fault_of(engine: Engine, anchor: Link | None = None) -> Fault | None:
    return service.prove(engine, anchor).fault
