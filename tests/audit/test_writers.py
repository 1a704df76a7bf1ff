"""Sixteen people act at once: nobody waits in a circle, and the chain has no fork."""

from __future__ import annotations

import random
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy import Engine
from sqlalchemy import insert
from sqlalchemy import update
from sqlalchemy.orm import Session

import trainer
from tests.audit.histories import end_of
from tests.audit.histories import fault_of
from tests.databases import statements
from tests.factories import NOON
from trainer.audit import queries
from trainer.audit import service
from trainer.audit.domain import Entry
from trainer.audit.models import ExportRow
from trainer.audit.service import recording
from trainer.core.origin import Origin
from trainer.kit import db

WRITERS = 16
ACTS = 6
THINGS = 6
PLACE = re.compile(r"^PLACE = (\d+)$", re.MULTILINE)


def make_things(engine: Engine) -> None:
    """Put rows there that writers will fight for."""
    row = {
        "person_id": 1,
        "at": NOON,
        "what": "",
        "reason": "",
        "asked": "",
        "rows": 0,
        "file_digest": "",
    }
    with db.writing(engine) as session:
        session.execute(insert(ExportRow), [row] * THINGS)


def touch(session: Session, thing: int) -> None:
    """Change a row, which locks it until the commit."""
    session.execute(
        update(ExportRow).where(ExportRow.id == thing).values(rows=ExportRow.rows + 1)
    )


def test_sixteen_writers_neither_deadlock_nor_fork_the_chain(engine: Engine) -> None:
    """They tell the audit before, between and behind what they lock."""
    make_things(engine)
    start = Barrier(WRITERS)

    def write(person: int) -> None:
        dice = random.Random(person)  # noqa: S311  (no secret)
        start.wait()
        for act in range(ACTS):
            entry = Entry(person=person, verb="thing.done", object=f"thing/{act}")
            first, second = sorted(dice.sample(range(1, THINGS + 1), 2))
            with db.writing(engine, Origin("10.0.0.1", f"{person}-{act}")) as session:
                told = dice.choice([0, 1, 2])
                for step, thing in enumerate((first, second, None)):
                    if step == told:
                        service.record(session, entry, at=NOON)
                    if thing:
                        touch(session, thing)

    with ThreadPoolExecutor(WRITERS) as pool:
        assert list(pool.map(write, range(1, WRITERS + 1))) == [None] * WRITERS
    proof = service.prove(engine, end_of(engine))
    assert (proof.checked, proof.fault) == (WRITERS * ACTS, None)
    assert proof.last.number == WRITERS * ACTS
    with db.reading(engine) as session:
        kept = queries.sealed_after(session, 0, limit=WRITERS * ACTS)
    for person in range(1, WRITERS + 1):
        own = [one.entry.object for one in kept if one.entry.person == person]
        assert own == [f"thing/{act}" for act in range(ACTS)]
    with db.reading(engine) as session:
        touched = [session.get_one(ExportRow, n).rows for n in range(1, THINGS + 1)]
    assert sum(touched) == 2 * WRITERS * ACTS


def test_many_entries_of_one_act_are_one_statement(engine: Engine) -> None:
    with statements(engine) as seen, db.writing(engine) as session:
        for number in range(500):
            entry = Entry(person=1, verb="thing.done", object=f"thing/{number}")
            service.record(session, entry, at=NOON)
    assert len([said for said in seen if said.startswith("INSERT")]) <= 5
    assert fault_of(engine) is None
    assert end_of(engine).number == 500


def test_the_lock_of_the_chain_is_nobody_elses() -> None:
    """Taken earlier for something else, it would no longer be the last one."""
    home = Path(trainer.__file__).parent
    places = [
        int(number)
        for path in home.rglob("*.py")
        for number in PLACE.findall(path.read_text("utf-8"))
    ]
    assert len(places) > 3
    assert len(places) == len(set(places))
    assert max(places) == recording.PLACE
