"""Starting, telling and killing the processes of :mod:`tests.faults.child`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.databases import SECRET
from tests.processes import Child
from tests.processes import child
from trainer.kit import db
from trainer.kit.index import Searcher
from trainer.kit.index import Store
from trainer.kit.index.outbox import IndexChange
from trainer.migrations.tables import METADATA
from trainer.publishing.domain.lifecycle import Act
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import ReferenceRow
from trainer.publishing.models import RevisionEventRow
from trainer.publishing.models import RevisionRow
from trainer.search import service as search

Task = Callable[..., None]
"""What a process does: a function of an opened database and plain values."""


def at_work(
    task: Task, engine: Engine, *arguments: object
) -> AbstractContextManager[Child]:
    """Start a task of :mod:`tests.faults.child` on a database."""
    url = engine.url.render_as_string(hide_password=False)
    return child(work, task, url, *arguments)


def work(task: Task, url: str, *arguments: object) -> None:
    """Do a task on a database of one's own opening."""
    engine = db.open_engine(url, SECRET)
    task(engine, *arguments)
    engine.dispose()


def contents(engine: Engine) -> dict[str, list[str]]:
    """Give every row of every table."""
    with engine.connect() as connection:
        return {
            table.name: sorted(
                repr(tuple(row)) for row in connection.execute(select(table))
            )
            for table in METADATA.sorted_tables
        }


def must_be_whole(session: Session) -> None:
    """Check that no text is half approved: all of it happened, or nothing."""
    slugs = {row.id: row.slug for row in session.scalars(select(DocumentRow))}
    announced = list(session.scalars(select(IndexChange.group)))
    for row in session.scalars(select(RevisionRow)):
        acts = list(
            session.scalars(
                select(RevisionEventRow.act).where(
                    RevisionEventRow.revision_id == row.id
                )
            )
        )
        is_approved = row.status == Status.APPROVED
        assert is_approved == (row.number is not None) == (row.approved_at is not None)
        assert acts.count(Act.APPROVED) == is_approved
        assert announced.count(slugs[row.document_id]) == is_approved
        unbound = select(ReferenceRow.id).where(
            ReferenceRow.revision_id == row.id, ReferenceRow.checked_hash == ""
        )
        assert not is_approved or session.scalars(unbound).all() == []


def must_catch_up(engine: Engine, index: Path) -> int:
    """Bring the index up by the outbox alone; gives the documents it holds then."""
    store, searcher = Store(index), Searcher(index)
    with db.reading(engine) as session:
        search.catch_up(session, store)
        assert search.differences(session, searcher.keys()) == []
    return searcher.count
