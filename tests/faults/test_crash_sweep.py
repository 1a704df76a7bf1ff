"""F03: a process dies at the first, second, ... statement until the act survives."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy import select

from tests.audit.histories import live
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_approved
from tests.factories import make_draft
from tests.factories import make_text
from tests.faults.child import sweep_approval
from tests.faults.child import sweep_archive
from tests.faults.child import sweep_import
from tests.faults.child import sweep_roster
from tests.faults.processes import Task
from tests.faults.processes import at_work
from tests.faults.processes import must_be_whole
from tests.faults.processes import must_catch_up
from tests.library.packs import BASIS
from tests.library.packs import CITING
from tests.people.rosters import NEW
from tests.people.rosters import make_desk
from trainer.audit import queries as audit
from trainer.kit import db
from trainer.kit.index import Store
from trainer.kit.index.outbox import IndexChange
from trainer.people.domain.roster.drafts import State
from trainer.publishing import service
from trainer.search import service as search

pytestmark = pytest.mark.slow


def places(task: Task, engine: Engine, *arguments: object) -> int:
    """Run a sweep; gives the number of deaths that were died."""
    engine.dispose()
    with at_work(task, engine, *arguments) as process:
        said = process.hear()
        assert process.wait() == 0
    return int(said) - 1


def test_an_approval_that_dies_at_any_statement_did_not_happen(
    engine: Engine, tmp_path: Path
) -> None:
    with db.writing(engine) as session:
        make_approved(session, BASIS, slug="rent-rules")
        make_approved(session, make_text(effective_from="2025-01-01"))
        draft = make_draft(session, CITING)
        service.submit(session, draft.id, by=EDITOR, at=NOON)
    index = tmp_path / "index"
    with db.reading(engine) as session:
        search.rebuild(session, Store(index))
    assert places(sweep_approval, engine, draft.id) > 15
    with db.reading(engine) as session:
        announced = list(session.scalars(select(IndexChange.group)))
    assert announced == ["rent-rules", "rent-withdrawal", "rent-withdrawal"]
    must_catch_up(engine, index)


def test_an_archive_that_dies_at_any_statement_loses_no_entry(
    engine: Engine, tmp_path: Path
) -> None:
    live(engine, 12, since=NOON - timedelta(190))
    assert places(sweep_archive, engine, tmp_path) > 12
    with db.reading(engine) as session:
        left = [one.number for one in audit.sealed_after(session, 0, limit=99)]
    assert left[0] == 8
    assert len(left) > 5


def test_an_import_that_dies_at_any_statement_did_not_happen(
    engine: Engine, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    Store(index).rebuild([], 0)
    assert places(sweep_import, engine) > 40
    with db.reading(engine) as session:
        must_be_whole(session)
    assert must_catch_up(engine, index) == 5


def test_a_roster_that_dies_at_any_statement_did_not_happen(engine: Engine) -> None:
    desk = make_desk(engine)
    desk.bring(NEW)
    key = desk.upload(
        {**NEW, "部门": "城西管理部", "派驻开始": "2026-08-01"},
        {**NEW, "工号": "w2", "带教": "w1"},
    )
    assert places(sweep_roster, engine, key, desk.by.person) > 40
    assert desk.read(key).state is State.APPLIED
    assert desk.undo(key) == ()
