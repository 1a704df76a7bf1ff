"""What telling everybody costs: 2,000 people with 60 tasks each.

Three figures: the rule alone (pure), beside a plain loop that only compares days, as
a ratio; the whole telling into a fresh database, of a first day on which all is new
and of a second one on which nothing is; and the most memory that Python held. Then
the same with everything that asks something of people: 60 policies that all must read
and 60 rules of assignment, from the database to the notices.

Run: ``python -m bench.digests [--memory]``
"""

from __future__ import annotations

import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy import func
from sqlalchemy import insert
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.plans import furnish
from tests.courses.duties import change
from tests.courses.duties import put_rule
from tests.databases import SqliteDatabases
from tests.sites import with_people
from trainer.core.clock import day_of
from trainer.core.wording import N_
from trainer.features import TASKS as TASK_SOURCES
from trainer.kit import db
from trainer.notices import service
from trainer.notices.domain.calendar import Calendar
from trainer.notices.domain.digesting import Kind
from trainer.notices.domain.digesting import to_tell
from trainer.notices.domain.tasks import Task
from trainer.notices.models import NoticeAddressRow
from trainer.notices.models import NoticeRow
from trainer.notices.queries import TaskSource
from trainer.notices.service import Rules
from trainer.people.models import PersonRow

PEOPLE, TASKS = 2000, 60
MONDAY = datetime.fromisoformat("2026-11-23T01:00:00+00:00")
ROUNDS = 3
TASK_DAYS = 90
MEGABYTE = 1024 * 1024


def tasks_of(person: int) -> list[Task]:
    """Give the tasks of one person: due over three months, every tenth never."""
    begin = day_of(MONDAY) - timedelta(days=TASK_DAYS // 3)
    return [
        Task(
            person=person,
            key=f"duty/{n}",
            what=N_("读“{title}”的变化", title=f"第 {n} 篇"),
            why=N_("必读规则：{rules}", rules=["办提取的都要读"]),
            endpoint="duties.duty",
            values=(("key", n),),
            due=None if n % 10 == 0 else begin + timedelta(days=(7 * n) % TASK_DAYS),
            minutes=5,
            told_on=begin,
        )
        for n in range(TASKS)
    ]


def plain(tasks: Collection[Task], told: Mapping[str, str], on: date) -> int:
    """Compare days and what was told, with no calendar, order or values."""
    found = 0
    for task in tasks:
        late = task.due is not None and task.due < on
        near = task.due is not None and (task.due - on).days <= 3
        kind = "late" if late else "soon" if near else "new"
        found += told.get(task.key) != kind
    return found


def best(work: Callable[[], object]) -> float:
    """Give the seconds of the fastest of some rounds."""
    seconds = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def fill(engine: Engine) -> None:
    """Put the people there; half of them get mail."""
    row = {
        "name": "虚构",
        "phone": "",
        "password_hash": "",
        "password_set_at": MONDAY,
        "must_change_password": False,
        "active": True,
        "created_at": MONDAY,
    }
    keys = range(1, PEOPLE + 1)
    with db.writing(engine) as session:
        rows = [{**row, "id": key, "login": f"w{key}"} for key in keys]
        session.execute(insert(PersonRow), rows)
        address = {"address": "a@b.cn", "wants_mail": True, "changed_at": MONDAY}
        half = [{**address, "person_id": key} for key in keys if key % 2]
        session.execute(insert(NoticeAddressRow), half)


def main() -> None:
    everybody = {key: tasks_of(key) for key in range(1, PEOPLE + 1)}
    on, calendar = day_of(MONDAY), Calendar()
    told = {task.key: [Kind.NEW] for task in everybody[1]}
    loop = best(lambda: [plain(t, {}, on) for t in everybody.values()])
    rule = best(lambda: [to_tell(t, told, on, calendar) for t in everybody.values()])
    print(f"{PEOPLE} people x {TASKS} tasks")
    print(f"rule alone       {rule:7.2f} s")
    print(f"plain loop       {loop:7.2f} s   ratio {rule / loop:.1f}")

    def source(_s: Session, people: Collection[int], _at: datetime) -> list[Task]:
        return [task for person in people for task in everybody[person]]

    with tempfile.TemporaryDirectory() as home:
        engine = SqliteDatabases(Path(home)).fresh()
        fill(engine)
        print("made-up source")
        days(engine, [source])
        engine.dispose()
    with tempfile.TemporaryDirectory() as home:
        engine = SqliteDatabases(Path(home)).fresh(with_people)
        with db.writing(engine) as session:
            furnish(session, PEOPLE, TASKS)
            put_rule(session, once="bench")
            for n in range(TASKS):
                said, slug = f"第 {n} 种答法。", f"policy-{n}"
                change(session, said, slug=slug, day="2026-11-24", at=MONDAY)
        print(f"all sources, {TASKS} policies to read and {TASKS} rules of assignment")
        days(engine, TASK_SOURCES)
        engine.dispose()


def days(engine: Engine, sources: Iterable[TaskSource]) -> None:
    """Tell everybody on a first day, on the next one, and once more."""
    traced = "--memory" in sys.argv
    if traced:
        tracemalloc.start()
    for name, day in (("first day", 0), ("day after", 1), ("same again", 1)):
        begin = time.perf_counter()
        at = MONDAY + timedelta(days=day, hours=1)
        count = service.tell(engine, sources, Rules(), at=at)
        print(f"{name:16} {time.perf_counter() - begin:7.2f} s   {count} people")
    with db.reading(engine) as session:
        kept = session.scalar(select(func.count()).select_from(NoticeRow))
    print(f"notices kept     {kept:7}")
    if traced:
        most = tracemalloc.get_traced_memory()[1] / MEGABYTE
        tracemalloc.stop()
        print(f"memory at most   {most:7.0f} MB (slower: traced)")


if __name__ == "__main__":
    main()
