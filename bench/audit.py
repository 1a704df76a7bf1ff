"""What the chain of the audit costs, and what five million entries do to it.

``python -m bench.audit`` writes as 1 and as 16 people, with the chain and as it was
before (one row with one index, in the same transaction), on SQLite and PostgreSQL.
``--rows 5000000`` fills the audit first and measures its pages, proof and archive.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier

from sqlalchemy import Column
from sqlalchemy import Engine
from sqlalchemy import Index
from sqlalchemy import Integer
from sqlalchemy import MetaData
from sqlalchemy import String
from sqlalchemy import Table
from sqlalchemy import insert
from sqlalchemy import text
from sqlalchemy.orm import Session

from bench.measure import Limit
from bench.measure import percentile
from bench.measure import report
from tests.databases import Databases
from tests.databases import PostgresDatabases
from tests.databases import SqliteDatabases
from trainer.audit import queries
from trainer.audit import service
from trainer.audit.domain import Entry
from trainer.audit.domain.chain import GENESIS
from trainer.audit.domain.chain import PURPOSE
from trainer.audit.domain.chain import seal
from trainer.audit.domain.listing import Wanted
from trainer.audit.models import AuditRow
from trainer.audit.service.recording import row_of
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.clock import now
from trainer.core.errors import BusyError
from trainer.core.origin import Origin
from trainer.kit import db

DATABASES: dict[str, Callable[[Path], Databases]] = {
    "sqlite": SqliteDatabases,
    "postgresql": PostgresDatabases,
}
AUDITOR = Actor(1, "审计员", frozenset({Permission.AUDIT}))
SECONDS = 5.0
"""For each figure of writing."""

ROUNDS = 3
"""Both ways take turns; the median counts."""

YEARS = timedelta(1095)
PEOPLE = 2_000
VERBS = (
    *["login.begun"] * 40,
    *["login.ended"] * 30,
    *["revision.edited"] * 20,
    *["login.refused"] * 9,
    "account.password_reset",
)
META = MetaData()
THING = Table(
    "thing", META, Column("id", Integer, primary_key=True), Column("n", Integer)
)
BEFORE = Table(
    "audit_before",
    META,
    Column("id", Integer, primary_key=True),
    Column("at", String),
    Column("person_id", Integer),
    *(Column(name, String) for name in ("verb", "object", "detail")),
    *(Column(name, String) for name in ("before_digest", "after_digest", "address")),
    Index("ix_audit_before_object", "object"),
)
"""The table as it was before the chain."""


def act(session: Session, number: int) -> None:
    """Do something that is audited: a row of one's own."""
    session.execute(insert(THING).values(n=number))


def plainly(session: Session, number: int) -> None:
    """Tell the audit as it was done before the chain."""
    session.execute(
        insert(BEFORE).values(
            at=str(now()),
            person_id=number,
            verb="thing.done",
            object=f"thing/{number}",
            detail="",
            before_digest="",
            after_digest="a" * 64,
            address="10.0.0.9",
        )
    )


def chained(session: Session, number: int) -> None:
    """Tell the audit as it is done now."""
    entry = Entry(
        person=number, verb="thing.done", object=f"thing/{number}", after="a" * 64
    )
    service.record(session, entry, at=now())


def speed(engine: Engine, writers: int, tell: Callable[[Session, int], None]) -> float:
    """Give the audited writes per second of some writers at once."""
    start, origin = Barrier(writers), Origin("10.0.0.9", "0123456789abcdef")

    def write(writer: int) -> int:
        done = 0
        start.wait()
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            # A writer of SQLite that finds no gap for five seconds is told so.
            with suppress(BusyError), db.writing(engine, origin) as session:
                act(session, writer)
                tell(session, writer)
                done += 1
        return done

    with ThreadPoolExecutor(writers) as pool:
        return sum(pool.map(write, range(writers))) / SECONDS


def writing(engine: Engine) -> Iterator[Limit]:
    """Compare the two ways, for one writer and for sixteen."""
    META.create_all(engine)
    for writers in (1, 16):
        taken: dict[str, list[float]] = {"plain": [], "chain": []}
        for _ in range(ROUNDS):
            taken["plain"].append(speed(engine, writers, plainly))
            taken["chain"].append(speed(engine, writers, chained))
        plain, chain = (percentile(values, 50) for values in taken.values())
        yield Limit(f"{writers} 人，无链（次/秒）", plain)
        yield Limit(f"{writers} 人，有链（次/秒）", chain)
        yield Limit(f"{writers} 人，有链 / 无链", chain / plain)


def fill(engine: Engine, count: int) -> None:
    """Put entries of three years there, chained as they would have been."""
    dice = random.Random(7)  # noqa: S311  (no secret)
    key, last, begin = db.key_for(PURPOSE, engine), GENESIS, now() - YEARS
    rows = []
    _indexes(engine, there=False)
    for number in range(1, count + 1):
        person = dice.randrange(1, PEOPLE)
        entry = Entry(person=person, verb=dice.choice(VERBS), object=f"person/{person}")
        origin = Origin(f"10.0.{person % 200}.{person % 250}", f"{number:016x}")
        at = begin + YEARS * (number / count)
        sealed = seal(key, last, entry, at=at, origin=origin)
        rows.append(row_of(sealed))
        last = sealed.link
        if len(rows) == 20_000 or number == count:
            _pour(engine, rows)
            rows.clear()
    _indexes(engine, there=True)


def _pour(engine: Engine, rows: list[dict[str, object]]) -> None:
    """Put many rows there by the quickest way of each database."""
    names = ", ".join(rows[0])
    with engine.begin() as connection:
        driver = connection.connection.driver_connection
        cursor = driver.cursor()  # type: ignore[union-attr]  # of the driver
        values = [[_plain(value) for value in row.values()] for row in rows]
        if engine.dialect.name == "postgresql":
            with cursor.copy(f"COPY audit_entry ({names}) FROM STDIN") as copy:
                for line in values:
                    copy.write_row(line)
        else:
            marks = ", ".join("?" * len(rows[0]))
            insertion = f"INSERT INTO audit_entry ({names}) VALUES ({marks})"  # noqa: S608  (ours)
            cursor.executemany(insertion, values)


def _plain(value: object) -> object:
    """Write a moment as the column type does."""
    return f"{value:%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else value


def _indexes(engine: Engine, *, there: bool) -> None:
    """Take the indexes away while rows stream in, and make them at the end."""
    on_postgresql = engine.dialect.name == "postgresql"
    with engine.begin() as connection:
        if on_postgresql:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        for index in AuditRow.metadata.tables["audit_entry"].indexes:
            if there:
                index.create(connection)
            else:
                index.drop(connection)
    if there and on_postgresql:
        plain = engine.execution_options(isolation_level="AUTOCOMMIT")
        with plain.connect() as connection:
            connection.execute(text("SET statement_timeout = 0"))
            connection.execute(text("VACUUM ANALYZE audit_entry"))


def reading(engine: Engine) -> Iterator[Limit]:
    """Measure what the auditor's pages ask."""
    today = day_of(now())
    old, year = today - timedelta(900), timedelta(365)
    person = frozenset({7})
    asked = {
        "最新一页": Wanted(),
        "一人": Wanted(people=person),
        "五十人": Wanted(people=frozenset(range(1, 51))),
        "少见的动作": Wanted(verb="account.password_reset"),
        "从未有过的动作": Wanted(verb="audit.anchor_reset"),
        "一个地址": Wanted(address="10.0.7.7"),
        "一类对象": Wanted(kind="person", before=2_000_000),
        "三年前一天": Wanted(since=old, until=old + timedelta(1)),
        "三年前一天的登录": Wanted(
            verb="login.begun", since=old, until=old + timedelta(1)
        ),
        "一年": Wanted(since=old, until=old + year),
        "一人一动作一年": Wanted(
            people=person, verb="login.refused", since=old, until=old + year
        ),
    }
    for name, wanted in asked.items():
        taken = _milliseconds(partial(_page, engine, wanted))
        yield Limit(f"{name}（毫秒）", taken, 500)
    look = Entry(person=7, verb="audit.viewed", object="audit/all")
    yield Limit("看过没有（毫秒）", _milliseconds(partial(_looked, engine, look)), 50)


def proving(engine: Engine, home: Path) -> Iterator[Limit]:
    """Measure the commands."""
    start, busy = time.monotonic(), time.process_time()
    proof = service.prove(engine, None)
    taken = time.monotonic() - start
    if proof.fault is not None:
        raise RuntimeError(proof.fault)
    yield Limit("核对全部（秒）", taken)
    yield Limit("其中本进程的处理器（秒）", time.process_time() - busy)
    with db.reading(engine) as session:
        last = service.end_of_archive(session, day_of(now() - YEARS / 2), at=now())
    if last is None:
        return
    start = time.monotonic()
    head = service.write_archive(engine, home / "old.gz", last)
    yield Limit("写归档并读回（秒）", time.monotonic() - start)
    with db.writing(engine) as session:
        service.seal_archive(session, head, last, by=0, at=now())
    start, more = time.monotonic(), 1
    while more:
        with db.writing(engine) as session:
            more = service.remove_archived(session)
    yield Limit("移走（秒）", time.monotonic() - start)
    yield Limit("归档（条）", head.entries)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Limit("内存峰值（MB）", peak)


def _page(engine: Engine, wanted: Wanted) -> None:
    with db.reading(engine) as session:
        queries.listed(session, wanted, reader=AUDITOR)


def _looked(engine: Engine, look: Entry) -> None:
    with db.reading(engine) as session:
        queries.has_looked(session, look, at=now())


def _milliseconds(ask: Callable[[], None]) -> float:
    """Give the least of a few times: the machine is shared."""
    taken = []
    for _ in range(5):
        start = time.monotonic()
        ask()
        taken.append((time.monotonic() - start) * 1000)
    return min(taken)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--rows", type=int, default=0)
    options = parser.parse_args()
    for name in options.database or DATABASES:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            databases = DATABASES[name](home)
            engine = databases.fresh()
            if options.rows:
                start = time.monotonic()
                fill(engine, options.rows)
                filled = Limit("填满（秒）", time.monotonic() - start)
                report(f"{name}，{options.rows} 条", [filled])
                report("页面，五次里最快的一次", reading(engine))
                report("命令", proving(engine, home))
            report(f"{name}，写", writing(engine))
            engine.dispose()
            databases.close()


if __name__ == "__main__":
    main()
