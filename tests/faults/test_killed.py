"""F04, F08: a process is killed in the middle of publishing and of an import."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy import select

from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_draft
from tests.factories import make_text
from tests.faults.child import approve_everything
from tests.faults.child import take_in
from tests.faults.processes import at_work
from tests.faults.processes import contents
from tests.faults.processes import must_be_whole
from tests.faults.processes import must_catch_up
from tests.library.packs import GOOD
from tests.library.packs import write_pack
from trainer.kit import db
from trainer.kit.index import Store
from trainer.publishing import service
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.models import RevisionRow

DRAFTS = 40
ARTICLES = 25


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """The index of an empty database."""
    Store(tmp_path / "index").rebuild([], 0)
    return tmp_path / "index"


def approved(engine: Engine) -> set[int]:
    held = select(RevisionRow.id).where(RevisionRow.status == Status.APPROVED)
    with db.reading(engine) as session:
        must_be_whole(session)
        return set(session.scalars(held))


def test_no_approval_that_was_reported_is_lost_and_none_is_half(
    engine: Engine, index: Path
) -> None:
    with db.writing(engine) as session:
        for number in range(DRAFTS):
            draft = make_draft(session, slug=f"article-{number}")
            service.submit(session, draft.id, by=EDITOR, at=NOON)
    reported: set[int] = set()
    for lines in (1, 12):
        with at_work(approve_everything, engine) as process:
            reported |= {int(process.hear()) for _ in range(lines)}
            reported |= set(map(int, process.kill()))
        held = approved(engine)
        assert reported <= held
        assert len(held - reported) <= 1
        reported = held
        must_catch_up(engine, index)
    approve_everything(engine)
    assert len(approved(engine)) == DRAFTS
    assert must_catch_up(engine, index) == 2 * DRAFTS


def test_an_import_killed_anywhere_leaves_nothing_and_can_be_repeated(
    engine: Engine, index: Path, tmp_path: Path
) -> None:
    more = {f"policies/article-{n}/2026-09-20.md": make_text() for n in range(ARTICLES)}
    folder = write_pack(tmp_path / "pack", {**GOOD, **more})
    empty = contents(engine)
    for lines in (1, 20):
        with at_work(take_in, engine, folder) as process:
            said = [process.hear() for _ in range(lines)]
            assert "done" not in said
            process.kill()
        engine.dispose()
        assert contents(engine) == empty
    take_in(engine, folder)
    assert len(approved(engine)) == ARTICLES + 2
    must_catch_up(engine, index)
