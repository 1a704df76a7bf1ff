"""F13: a database that cannot grow says so in a sentence, and is read on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy import event

from tests.databases import SqliteDatabases
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_approved
from tests.factories import make_draft
from tests.faults.child import publish_without_room
from tests.faults.processes import at_work
from tests.faults.processes import contents
from trainer.core.actor import READER
from trainer.kit import db
from trainer.kit.db import StorageFullError
from trainer.publishing import queries as publishing
from trainer.publishing import service

SENTENCE = "磁盘空间不足，没有保存；请联系管理员清理后再试"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Engine]:
    """A database that is a file, whatever the other tests run on."""
    engine = SqliteDatabases(tmp_path).fresh()
    yield engine
    engine.dispose()


def test_a_full_database_refuses_to_grow_and_is_read_on(file: Engine) -> None:
    with db.writing(file) as session:
        make_approved(session)
    before = contents(file)
    file.dispose()

    def fill(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]  # of the driver
        cursor.execute("PRAGMA max_page_count = 1")  # never less than there are

    event.listen(file, "connect", fill)
    with pytest.raises(StorageFullError, match=SENTENCE):
        write_much(file)
    assert contents(file) == before
    with db.reading(file) as session:
        assert len(publishing.in_force(session, NOON.date(), reader=READER)) == 0
    event.remove(file, "connect", fill)
    file.dispose()
    write_much(file)


def write_much(file: Engine) -> None:
    with db.writing(file) as session:
        for number in range(30):
            make_draft(session, slug=f"article-{number}")


def test_a_file_that_may_not_grow_is_the_same_sentence_and_recovers(
    file: Engine,
) -> None:
    with db.writing(file) as session:
        draft = make_draft(session)
        service.submit(session, draft.id, by=EDITOR, at=NOON)
    file.dispose()
    with at_work(publish_without_room, file, draft.id) as process:
        assert process.hear() == f"in_review StorageFullError {SENTENCE}"
        assert process.hear() == "approved won"
