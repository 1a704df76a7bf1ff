"""Five hundred people begin the same quiz, then save answer after answer.

``python -m bench.quizzes`` serves a site in a process of its own, on SQLite and on
PostgreSQL, and asks over HTTP as browsers do. Beside it, in the same run, stands what
the database alone does: one UPDATE a transaction, one writer.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy import update
from sqlalchemy.orm import Session

from bench.audit import DATABASES
from bench.measure import Limit
from bench.measure import percentile
from bench.measure import report
from bench.site import PASSWORD
from tests.factories import SETUP
from tests.processes import child
from tests.quizzes.exams import EXAM
from tests.quizzes.exams import MORNING
from tests.quizzes.exams import put_exam
from tests.quizzes.serving import Taker
from tests.quizzes.serving import serve
from trainer.kit import db
from trainer.people import service as people
from trainer.people.domain.accounts import Account
from trainer.people.domain.roles import Role
from trainer.quizzes.models import PaperRow

TAKERS = 500
AT_ONCE = 16
"""Requests under way at the same time; the server has 8 threads."""

LOGGING_IN = 3
"""Passwords cost what they should; that is not what is measured here."""

SAVES = 6
"""By each taker."""

BEGIN_SECONDS = 60.0
"""All of them begin within a minute."""

SAVE_MS = 1000.0
"""ui.md, bar 9: each answer within a second."""

UPDATES = 300
"""Of the database alone."""


@dataclass(frozen=True, slots=True)
class Timed:
    """How long each request took, in milliseconds, and all of them, in seconds."""

    each: list[float]
    whole: float

    def p95(self) -> float:
        """Give the 95th percentile."""
        return percentile(self.each, 95)

    def a_second(self) -> float:
        """Give how many there were in a second."""
        return len(self.each) / self.whole


def furnish(session: Session, takers: int) -> None:
    """Put an exam and fictitious people in."""
    put_exam(session, EXAM)
    for n in range(takers):
        account = Account(
            login=f"t{n}", name="答题人（虚构）", roles=frozenset({Role.CLERK})
        )
        people.add_person(
            session, account, PASSWORD, by=SETUP, at=MORNING, must_change=False
        )


def timed(acts: list[Callable[[], object]]) -> Timed:
    """Do things side by side."""

    def one(act: Callable[[], object]) -> float:
        start = time.perf_counter()
        act()
        return 1000 * (time.perf_counter() - start)

    start = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        each = [*pool.map(one, acts)]
    return Timed(each, time.perf_counter() - start)


def save(taker: Taker, attempt: int, number: int) -> None:
    """Save an answer; the server must have kept it."""
    told = taker.save(attempt, 1 + number % 2, ["AB"[number % 2]], number)
    if told < number:  # a later one may have been faster
        raise RuntimeError(f"save {number} of attempt {attempt} was not kept: {told}")


def alone(engine: Engine) -> Timed:
    """Update one row a transaction, without a site."""

    def act(number: int) -> float:
        start = time.perf_counter()
        with db.writing(engine) as session:
            session.execute(
                update(PaperRow)
                .where(PaperRow.attempt_id == 1 + number % TAKERS)
                .values(number=number, answer=["a"])
            )
        return 1000 * (time.perf_counter() - start)

    start = time.perf_counter()
    each = [act(number) for number in range(UPDATES)]
    return Timed(each, time.perf_counter() - start)


@contextmanager
def takers_of(engine: Engine, home: Path, count: int) -> Iterator[list[Taker]]:
    """Serve the database and log everybody in."""
    url = engine.url.render_as_string(hide_password=False)
    with child(serve, url, str(home)) as server:
        address = f"http://127.0.0.1:{server.hear()}"
        with ThreadPoolExecutor(LOGGING_IN) as pool:
            logins = [f"t{n}" for n in range(count)]
            yield [*pool.map(lambda n: Taker(address, n, PASSWORD), logins)]


def measure(name: str, count: int) -> None:
    """Measure on one kind of database."""
    with tempfile.TemporaryDirectory(prefix="trainer-bench-") as folder:
        made = DATABASES[name](Path(folder))
        engine = made.fresh()
        with db.writing(engine) as session:
            furnish(session, count)
        with takers_of(engine, Path(folder), count) as takers:
            for taker in takers:
                taker.meet("first")
            attempts: dict[int, int] = {}

            def begin(n: int) -> None:
                attempts[n] = takers[n].begin_now("first")

            began = timed([lambda n=n: begin(n) for n in range(count)])  # type: ignore[misc]  # n is bound
            saved = timed(
                [
                    lambda n=n, k=k: save(takers[n], attempts[n], k)  # type: ignore[misc]  # likewise
                    for k in range(1, SAVES + 1)
                    for n in range(count)
                ]
            )
        bare = alone(engine)
        engine.dispose()
        made.close()
    report(
        f"{name}：{count} 人同时开始，每人保存 {SAVES} 次（单位毫秒，另注者除外）",
        [
            Limit("全部开始，秒", began.whole, most=BEGIN_SECONDS),
            Limit("开始 p95", began.p95()),
            Limit("保存 p95", saved.p95(), most=SAVE_MS),
            Limit("保存，次/秒", saved.a_second()),
            Limit("只写数据库，次/秒", bare.a_second()),
            Limit("两者之比", saved.a_second() / bare.a_second()),
        ],
    )


def main() -> None:
    """Measure what the command line asks for."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--takers", type=int, default=TAKERS)
    asked.add_argument("databases", nargs="*", default=[*DATABASES])
    given = asked.parse_args()
    for name in given.databases:
        measure(name, given.takers)


if __name__ == "__main__":
    main()
