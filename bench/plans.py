"""Rules of assignment for many people: ``python -m bench.plans [--people 2000]``.

Rules are asked of everybody, as the night and the table of a manager ask; beside it, in
the same run, a plain double loop that asks every rule of every person and keeps nothing
but the keys. Then the tasks of all of them are read from a database with two courses.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median

from sqlalchemy import Engine
from sqlalchemy import insert
from sqlalchemy.orm import Session

from bench.measure import Limit
from bench.measure import report
from tests.apps import NOW
from tests.courses.assignments import RENT
from tests.courses.assignments import WEEK
from tests.courses.assignments import make_text
from tests.courses.assignments import put_courses
from tests.courses.assignments import put_rule
from tests.databases import SqliteDatabases
from tests.databases import statements
from tests.factories import make_approved
from tests.people.places import add_accounts
from tests.people.places import make_places
from tests.scenarios.live_plays import CLAUSE
from tests.sites import with_people
from trainer.core.clock import day_of
from trainer.courses.domain.assigning import AssignRule
from trainer.courses.domain.assigning import AssignText
from trainer.courses.domain.assigning import assigned
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.audience import Tier
from trainer.courses.domain.audience import Work
from trainer.courses.domain.terms import NO_DATES
from trainer.courses.domain.terms import Anchor
from trainer.courses.domain.terms import Term
from trainer.courses.queries import plans
from trainer.kit import db
from trainer.people.models import SecondmentLineRow
from trainer.people.models import SecondmentRow

SEED = 20261122
TIMES = 5
TODAY = day_of(NOW)
LINES = ("deposit", "withdraw", "repay", "loan", "transfer")
MOST_OF_A_LOOP = 4.0
"""What the reasons, days and order may cost, as times of the plain loop."""

NIGHT_S = 30.0
"""Seconds in which the night should have the tasks of everybody."""


def audience(number: int, chance: Random, people: range) -> Audience:
    """Make up whom a rule means: every fourth names people, the others ask."""
    if number % 4 == 0:
        return Audience(people=frozenset(chance.sample(people, 20)))
    return Audience(
        sites=frozenset(chance.sample((1, 2), chance.choice((0, 1)))),
        lines=frozenset(chance.sample(LINES, chance.choice((0, 1, 2)))),
        tiers=frozenset(chance.sample([*Tier], chance.choice((0, 1)))),
        arrived_from=TODAY - timedelta(days=chance.choice((30, 90, 900))),
    )


def text(number: int, chance: Random, people: range) -> AssignText:
    """Make up what a rule says."""
    day = TODAY + timedelta(days=chance.randrange(90))
    terms = (
        Term(anchor=Anchor.ARRIVAL, days=chance.randrange(90)),
        Term(anchor=Anchor.DAY, day=day),
    )
    return make_text(
        audience(number, chance, people),
        name=f"第{number}条",
        courses=frozenset({chance.choice((RENT, WEEK))}),
        term=chance.choice(terms),
    )


def works(people: range, chance: Random) -> list[Work]:
    """Make up where everybody works."""
    return [
        Work(
            person=person,
            site=chance.choice((1, 2)),
            organisation=chance.choice((2, 3)),
            lines=frozenset(chance.sample(LINES, 2)),
            begins_on=begun(chance),
            tier=chance.choice([*Tier]),
        )
        for person in people
    ]


def begun(chance: Random) -> date:
    """Make up a first day."""
    return TODAY - timedelta(days=chance.randrange(600))


def plain(known: list[Work], rules: list[AssignRule]) -> set[tuple[int, str, int]]:
    """Ask every rule of everybody, and keep nothing but keys."""
    return {
        (work.person, course, rule.id)
        for work in known
        for rule in rules
        if rule.holds(TODAY) and rule.text.audience.covers(work, TODAY)
        for course in rule.text.courses
    }


def timed(
    act: Callable[[], object], clock: Callable[[], float] = time.perf_counter
) -> float:
    """Seconds of the median of some calls."""
    taken = []
    for _ in range(TIMES):
        start = clock()
        act()
        taken.append(clock() - start)
    return median(taken)


def evaluation(count: int, many: int) -> list[Limit]:
    """Measure the rules by themselves."""
    chance = Random(SEED)  # noqa: S311  (no secret)
    people = range(1000, 1000 + count)
    known = works(people, chance)
    rules = [
        AssignRule(id=n, text=text(n, chance, people), edit=1) for n in range(many)
    ]

    def ours() -> int:
        found = assigned(known, rules, TODAY, dates=NO_DATES)
        return sum(len(each.reasons) for each in found)

    reasons, wanted = ours(), len(plain(known, rules))
    if reasons != wanted:
        raise RuntimeError(f"{reasons} reasons, and {wanted} by the plain loop")
    loop, own = timed(lambda: plain(known, rules)), timed(ours)
    return [
        Limit("人数", count),
        Limit("规则数", many),
        Limit("理由数", reasons),
        Limit("朴素双循环，毫秒", loop * 1000),
        Limit("派课求值，毫秒", own * 1000),
        Limit("为双循环的倍数", own / loop, most=MOST_OF_A_LOOP),
    ]


def furnish(session: Session, count: int, many: int) -> range:
    """Put people at work, courses and rules into a database."""
    chance = Random(SEED)  # noqa: S311  (no secret)
    make_approved(session, CLAUSE)
    places, people = make_places(session), add_accounts(session, count)
    shared = {"organisation_id": places.bank, "reason": "", "end_reason": ""}
    rows = [
        {
            **shared,
            "id": person,
            "person_id": person,
            "site_id": chance.choice((places.site, places.other_site)),
            "begins_on": begun(chance),
        }
        for person in people
    ]
    session.execute(insert(SecondmentRow), rows)
    lines = [
        {"secondment_id": person, "line": line}
        for person in people
        for line in chance.sample(LINES, 2)
    ]
    session.execute(insert(SecondmentLineRow), lines)
    put_courses(session)
    for n in range(many):
        put_rule(session, text(n, chance, people))
    return people


def reading(engine: Engine, count: int, many: int) -> list[Limit]:
    """Measure the tasks of everybody, from the database to the sentence."""
    with db.writing(engine) as session:
        people = furnish(session, count, many)
    with db.reading(engine) as session, statements(engine) as asked:
        found = len(plans.tasks(session, people, NOW))

    def tasks() -> int:
        with db.reading(engine) as session:
            return len(plans.tasks(session, people, NOW))

    taken = timed(tasks)
    tracemalloc.start()
    tasks()
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return [
        Limit("待办数", found),
        Limit("查询次数", len(asked)),
        Limit("全部待办，秒", taken, most=NIGHT_S),
        Limit("每人，毫秒", taken / count * 1000),
        Limit("内存峰值，MiB", peak),
    ]


def main() -> None:
    """Measure both and print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=2000)
    options.add_argument("--rules", type=int, default=60)
    given = options.parse_args()
    report("派课求值", evaluation(given.people, given.rules))
    with tempfile.TemporaryDirectory(prefix="trainer-bench-") as folder:
        engine = SqliteDatabases(Path(folder)).fresh(with_people)
        report("从数据库到待办", reading(engine, given.people, given.rules))
        engine.dispose()


if __name__ == "__main__":
    main()
