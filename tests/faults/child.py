"""What processes do until they die: publish, import and search.

Each says on stdout what it has done, one line at a time.
"""

from __future__ import annotations

import itertools
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.factories import APPROVER
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_actor
from tests.factories import make_approval
from tests.faults.processes import contents
from tests.library.packs import GOOD
from trainer.audit import queries as audit_queries
from trainer.audit import service as audit
from trainer.audit.domain.chain import Link
from trainer.audit.domain.retention import SHORTEST_KEPT
from trainer.core.actor import READER
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import TrainerError
from trainer.kit import db
from trainer.kit.files import TextFile
from trainer.kit.files import read_folder
from trainer.kit.index import Searcher
from trainer.library import queries
from trainer.library import service as library
from trainer.library.domain.pack import ENDINGS
from trainer.people.domain.roster.commands import Confirmation
from trainer.people.queries import roster as rosters
from trainer.people.service import roster
from trainer.people.service import roster_applying
from trainer.publishing import queries as publishing
from trainer.publishing import service
from trainer.publishing.domain.lifecycle import Status
from trainer.search import queries as search
from trainer.search.domain.results import Asked
from trainer.search.service import Indexer

Act = Callable[[Session], object]
DIED = 9
"""Exit code of a process that died where it was told to."""

SPOKEN_EVERY = 20
"""Statements between two lines of an import."""


class RehearsedError(Exception):
    """Undoes what was only rehearsed."""


def say(words: object) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def approve_everything(engine: Engine) -> None:
    """Approve what waits, one transaction each, saying each key after its commit."""
    with db.reading(engine) as session:
        waiting = publishing.with_status(session, [Status.IN_REVIEW], reader=APPROVER)
    for draft in waiting:
        with db.writing(engine) as session:
            approval = make_approval(draft)
            service.approve(session, draft.id, approval, by=APPROVER, at=NOON)
        say(draft.id)


def take_in(engine: Engine, folder: Path) -> None:
    """Import a folder and put it in force, saying now and then that it goes on."""
    with db.reading(engine) as session:
        known = queries.known(session, reader=EDITOR)
    pack = library.open_pack(read_folder(folder, ENDINGS), known)
    count = itertools.count(1)

    def speak(*_: object) -> None:
        if not (number := next(count)) % SPOKEN_EVERY:
            say(number)

    event.listen(engine, "before_cursor_execute", speak)
    with db.writing(engine) as session:
        library.take_in(session, pack, "导入", approver=APPROVER, by=EDITOR, at=NOON)
    say("done")


def sweep_approval(engine: Engine, key: int) -> None:
    """Approve a text, dying at each statement in turn; says where it survived."""
    with db.reading(engine) as session:
        draft = publishing.revision(session, key, reader=APPROVER)

    def act(session: Session) -> None:
        service.approve(session, draft.id, make_approval(draft), by=APPROVER, at=NOON)

    say(_survived(engine, act))


def sweep_import(engine: Engine) -> None:
    """Import a small pack in the same way."""
    pack = library.open_pack([TextFile(path, text) for path, text in GOOD.items()])

    def act(session: Session) -> None:
        library.take_in(session, pack, "导入", approver=APPROVER, by=EDITOR, at=NOON)

    say(_survived(engine, act))


def sweep_roster(engine: Engine, key: int, person: int) -> None:
    """Confirm a roster in the same way."""
    by = make_actor(person, Permission.ADMINISTER)
    with db.reading(engine) as session:
        draft = rosters.roster_import(session, key, NOON, reader=by).draft
        assert draft is not None
        plan = roster.planned(session, draft, by=by, at=NOON)
    secrets = roster_applying.make_secrets(plan)
    confirmation = Confirmation(key=key, seal=plan.seal)

    def act(session: Session) -> None:
        roster_applying.apply_roster(session, confirmation, secrets, by=by, at=NOON)

    say(_survived(engine, act))


def _survived(engine: Engine, act: Act) -> int:
    """Let a process die at the first, second, ... statement, the commit among them.

    After each death the database must hold what it held before. Returns the
    number of the first statement that the act did not reach.
    """
    before = contents(engine)
    # A rehearsal fills SQLAlchemy's caches for all the processes to come.
    with suppress(RehearsedError), db.writing(engine) as session:
        act(session)
        raise RehearsedError
    for place in itertools.count(1):
        engine.dispose()
        process = os.fork()
        if not process:
            os._exit(_acted(engine, act, place))
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if not status:
            return place
        assert status == DIED, status
        assert contents(engine) == before, place
    raise AssertionError


def _acted(engine: Engine, act: Act, place: int) -> int:
    def acted() -> None:
        with db.writing(engine) as session:
            act(session)

    return _died_or(acted, engine, place)


def _died_or(act: Callable[[], None], engine: Engine, place: int) -> int:
    """Act, and die at a statement; gives 0 when it was never reached."""
    count = itertools.count(1)

    def die(*_: object) -> None:
        if next(count) == place:
            os._exit(DIED)

    event.listen(engine, "before_cursor_execute", die)
    event.listen(engine, "commit", die)
    try:
        act()
    except BaseException:  # noqa: BLE001  (a child must not go on as its parent)
        return 1
    return 0


def sweep_archive(engine: Engine, folder: Path) -> None:
    """Archive old entries, dying at each statement in turn; says where it survived.

    After each death every entry is in the database or in a file that is in order.
    """
    with db.reading(engine) as session:
        anchor = audit_queries.head(session)
    for place in itertools.count(1):
        engine.dispose()
        process = os.fork()
        if not process:
            act = partial(archive, engine, folder / f"{place}.gz")
            os._exit(_died_or(act, engine, place))
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        must_hold_everything(engine, folder, anchor)
        if not status:
            say(place)
            return
        assert status == DIED, status


def archive(engine: Engine, path: Path) -> None:
    """Archive what is old enough at noon, as the command does."""
    before = day_of(NOON) - timedelta(SHORTEST_KEPT)
    remove_archived(engine)
    with db.reading(engine) as session:
        last = audit.end_of_archive(session, before, at=NOON)
    if last is not None:
        head = audit.write_archive(engine, path, last)
        with db.writing(engine) as session:
            audit.seal_archive(session, head, last, by=0, at=NOON)
        remove_archived(engine)


def remove_archived(engine: Engine) -> None:
    more = 1
    while more:
        with db.writing(engine) as session:
            more = audit.remove_archived(session)


def must_hold_everything(engine: Engine, folder: Path, anchor: Link) -> None:
    """Check that every entry up to the anchor is somewhere, and all is in order."""
    proof = audit.prove(engine, anchor)
    assert proof.fault is None, proof
    held = set(range(proof.first, proof.last.number + 1))
    for path in folder.glob("*.gz"):
        found = audit.prove_archive(engine, path)
        assert found.proof.fault is None, found
        held |= set(range(found.proof.first, found.proof.last.number + 1))
    assert set(range(1, anchor.number + 1)) <= held


def serve(engine: Engine, index: Path) -> None:
    """Search while the indexer works beside.

    Reads ``search WORDS`` or ``room BYTES`` (the most bytes of a file that may be
    written, -1 for any) and answers each with one line.
    """
    searcher = Searcher(index)
    with Indexer(engine, index, Searcher(index)):
        say("ready")
        for line in sys.stdin:
            task, _, rest = line.strip().partition(" ")
            if task == "room":
                limits = (int(rest), resource.RLIM_INFINITY)
                resource.setrlimit(resource.RLIMIT_FSIZE, limits)
                say("limited")
            else:
                say(_searched(engine, searcher, rest))


def _searched(engine: Engine, searcher: Searcher, words: str) -> str:
    asked = Asked(words=words, on=NOON.date().replace(month=10))
    start = time.monotonic()
    with db.reading(engine) as session:
        results = search.search(session, searcher, asked, reader=READER)
    return json.dumps(
        {
            "documents": [found.slug for found in results.found],
            "degraded": results.degraded,
            "seconds": time.monotonic() - start,
        }
    )


def publish_without_room(engine: Engine, key: int) -> None:
    """Approve a text while no file may grow; then with room again."""
    with db.reading(engine) as session:
        draft = publishing.revision(session, key, reader=APPROVER)
    for room in (64, resource.RLIM_INFINITY):
        limits = (room, resource.RLIM_INFINITY)
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        try:
            with db.writing(engine) as session:
                approval = make_approval(draft)
                service.approve(session, draft.id, approval, by=APPROVER, at=NOON)
        except TrainerError as error:
            outcome = f"{type(error).__name__} {error.message}"
        else:
            outcome = "won"
        with db.reading(engine) as session:
            status = publishing.revision(session, draft.id, reader=APPROVER).status
        say(f"{status} {outcome}")
