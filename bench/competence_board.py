"""The board of a team: ``python -m bench.competence_board [--people 200] [--facts 300]``.

Fills a database with fictitious people, each with facts of every competency and an
authorisation, keeps what is known of them as the night does, and asks for the board
and the pages around it. The limit is that of ``docs/decisions`` (ui bar 12): 500 ms
on the server for 200 people and 36 competencies.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median

from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy import insert
from sqlalchemy.orm import Session

from bench.measure import Limit
from bench.measure import percentile
from bench.measure import report
from tests.apps import NOW
from tests.databases import SqliteDatabases
from tests.factories import SETUP
from tests.people.places import add_accounts
from tests.people.places import make_places
from tests.sites import make_site
from tests.sites import with_people
from trainer.competence import service
from trainer.competence.models import AuthorisationEventRow
from trainer.evidence.models import FactRow
from trainer.kit import db
from trainer.people.models import SecondmentRow
from trainer.topics import queries as topics
from trainer.topics import service as topics_service
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

CONTENT = Path(__file__).parents[1] / "content"
SEED = 20261122
TIMES = 15
LIMIT_MS = 500.0
LATER = 20
"""Facts of each since the night."""


def furnish(session: Session, people: int, facts: int) -> range:
    """Put people with facts and authorisations in; gives their keys."""
    for name in TextName:
        text = (CONTENT / f"{name}.yaml").read_text("utf-8")
        command = SaveText(name=name, text=text, note="", based_on=None)
        topics_service.save_text(session, command, by=SETUP, at=NOW)
    places, keys = make_places(session), add_accounts(session, people)
    work = {
        "organisation_id": places.bank,
        "site_id": places.site,
        "begins_on": (NOW - timedelta(days=300)).date(),
        "reason": "",
        "end_reason": "",
    }
    session.execute(insert(SecondmentRow), [{**work, "person_id": key} for key in keys])
    granted = {"number": 1, "act": "granted", "by": 1, "reason": ""}
    granted |= {"at": NOW - timedelta(days=40), "until": None}
    lines = [line.code for line in topics.topics(session).lines]
    session.execute(
        insert(AuthorisationEventRow),
        [{**granted, "person_id": key, "line": line} for key in keys for line in lines],
    )
    see(session, keys, facts, days=199)
    return keys


def see(session: Session, keys: range, facts: int, *, days: int) -> None:
    """Record facts of each, spread over some days."""
    chance = Random(SEED)  # noqa: S311  (no secret)
    codes = [*topics.competency_names(session)]
    begins = NOW - timedelta(days=days)
    rows = []
    for key in keys:
        able = 0.6 + 0.4 * chance.random()
        for n in range(facts):
            at = begins + timedelta(days=days * n / facts, seconds=n)
            rows.append(
                {
                    "person_id": key,
                    "competency": codes[n % len(codes)],
                    "item": f"bank-{n % 12}#q{chance.randrange(40)}",
                    "happened_at": at,
                    "recorded_at": at,
                    "outcome": float(chance.random() < able),
                    "kind": "quiz_answer",
                    "weight": 0.5,
                    "source": f"bench/{key}/{days}/{n}",
                    "revokes": "",
                }
            )
    session.execute(insert(FactRow), rows)


def timed(
    act: Callable[[], object], clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Milliseconds of each of some calls, the first left out."""
    taken = []
    for _ in range(TIMES + 1):
        start = clock()
        act()
        taken.append((clock() - start) * 1000)
    return taken[1:]


def forgetting(engine: Engine, act: Callable[[], None]) -> float:
    """Processor milliseconds of a call by a process that remembers nobody."""
    engine.dispose()  # what is remembered hangs on the pool of connections
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def page(client: FlaskClient, path: str) -> Callable[[], None]:
    """Give a call that asks for a page."""

    def ask() -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")

    return ask


def measure(people: int, facts: int) -> None:
    """Measure on SQLite."""
    with tempfile.TemporaryDirectory(prefix="trainer-bench-") as folder:
        made = SqliteDatabases(Path(folder))
        engine = made.fresh(with_people)
        with db.writing(engine) as session:
            keys = furnish(session, people, facts)
        cold = time.perf_counter()
        with db.writing(engine) as session:
            service.rebuild(session, at=NOW)
        rebuilt = time.perf_counter() - cold
        with db.writing(engine) as session:
            see(session, keys, LATER, days=0)
        client = make_site(engine, Path(folder)).browser("manager")
        small = timed(page(client, "/people/password"))
        board = timed(page(client, "/competence/team"))
        busy = timed(page(client, "/competence/team"), time.process_time)
        line = timed(page(client, "/competence/team?line=withdraw"))
        person = timed(page(client, f"/competence/people/{keys[0]}"))
        why = timed(page(client, f"/competence/people/{keys[0]}/P5"))
        windows = timed(page(client, "/competence/windows"))
        first = [forgetting(engine, page(client, "/competence/team")) for _ in range(5)]
        engine.dispose()
        made.close()
    report(
        f"{people} 人，每人 {facts} 条记录，另有当天 {LATER} 条（毫秒，另注者除外）",
        [
            Limit("夜间重算，秒", rebuilt),
            Limit("小页面（对照）", median(small)),
            Limit("热力图 中位", median(board), most=LIMIT_MS),
            Limit("热力图，处理器时间", median(busy), most=LIMIT_MS),
            Limit("什么也没记住时，处理器", median(first)),
            Limit("热力图 p95", percentile(board, 95)),
            Limit("热力图，一条业务线", median(line), most=LIMIT_MS),
            Limit("一个人的页面", median(person)),
            Limit("为什么", median(why)),
            Limit("谁可以办什么", median(windows)),
        ],
    )


def main() -> None:
    """Measure what the command line asks for."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--people", type=int, default=200)
    asked.add_argument("--facts", type=int, default=300)
    given = asked.parse_args()
    measure(given.people, given.facts)


if __name__ == "__main__":
    main()
