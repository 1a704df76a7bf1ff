"""The audit is written with the act, at its end, and only added to."""

from __future__ import annotations

import ast
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import trainer
from tests.databases import statements
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_approved
from trainer.audit import queries
from trainer.audit import service
from trainer.audit.domain import Entry
from trainer.audit.domain import digest
from trainer.audit.domain.chain import GENESIS
from trainer.core.origin import CONSOLE
from trainer.core.origin import Origin
from trainer.kit import db
from trainer.topics import service as topics
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

ACT = Entry(person=7, verb="thing.done", object="thing/1")
OTHER = Entry(person=8, verb="thing.done", object="thing/2")


def test_an_entry_is_read_back_as_it_was_written(engine: Engine) -> None:
    with db.writing(engine) as session:
        service.record(session, ACT, at=NOON)
        service.record(session, OTHER, at=NOON)
    with db.reading(engine) as session:
        assert queries.entries(session) == [ACT, OTHER]
        assert queries.entries(session, after=1) == [OTHER]
        assert queries.entries(session, after=2) == []
        assert queries.entries(session, limit=1) == [ACT]


def test_an_entry_counts_before_it_is_written(engine: Engine) -> None:
    with db.writing(engine) as session:
        service.record(session, ACT, at=NOON)
    with db.writing(engine) as session:
        service.record(session, OTHER, at=NOON)
        assert queries.entries(session) == [ACT, OTHER]
        assert queries.entries(session, after=1) == [OTHER]
        assert queries.entries(session, after=2) == []
        assert queries.head(session).number == 1


def test_an_entry_follows_the_one_before_and_knows_where_it_came_from(
    engine: Engine,
) -> None:
    desk = Origin("10.0.0.9", "a1b2c3")
    with db.writing(engine) as session:
        service.record(session, ACT, at=NOON)
    with db.writing(engine, desk) as session:
        service.record(session, OTHER, at=NOON)
    with db.reading(engine) as session:
        first, second = queries.sealed_after(session, 0, limit=9)
        assert queries.head(session) == second.link
    assert (first.number, first.previous) == (1, GENESIS.hash)
    assert (second.number, second.previous) == (2, first.hash)
    assert (first.origin, second.origin) == (CONSOLE, desk)
    assert (first.at, first.kind) == (NOON, "thing")


def test_an_act_that_fails_leaves_no_entry(engine: Engine) -> None:
    def fail() -> None:
        with db.writing(engine) as session:
            service.record(session, ACT, at=NOON)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with db.reading(engine) as session:
        assert queries.entries(session) == []


def test_the_chain_is_locked_and_continued_after_everything_else(
    engine: Engine,
) -> None:
    with statements(engine) as seen, db.writing(engine) as session:
        service.record(session, ACT, at=NOON)
        make_approved(session)
        assert not [said for said in seen if "audit_entry" in said]
    last = [said.split()[0] for said in seen[-3:]]
    on_postgresql = engine.dialect.name == "postgresql"
    assert last == ["SELECT" if on_postgresql else last[0], "SELECT", "INSERT"]
    assert "audit_entry" in seen[-1]
    assert not on_postgresql or "pg_advisory_xact_lock" in seen[-3]
    assert sum("INSERT INTO audit_entry" in said for said in seen) == 1


def test_a_moment_without_its_zone_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="naive datetime"):
        service.record(session, ACT, at=datetime(2026, 1, 1))  # noqa: DTZ001  (the point)


def test_a_session_that_only_reads_keeps_no_entry(engine: Engine) -> None:
    with db.reading(engine) as session, pytest.raises(RuntimeError):
        service.record(session, ACT, at=NOON)


def test_the_steps_of_a_text_are_kept_with_its_digest(session: Session) -> None:
    revision = make_approved(session)
    entries = queries.entries(session)
    assert [entry.verb for entry in entries] == [
        "revision.created",
        "revision.submitted",
        "revision.approved",
    ]
    assert {entry.object for entry in entries} == {f"revision/{revision.id}"}
    assert {entry.after for entry in entries} == {revision.content_hash}


def test_saving_a_text_of_topics_is_kept(session: Session) -> None:
    text = "groups: []\n"
    command = SaveText(name=TextName.GLOSSARY, text=text, note="", based_on=None)
    topics.save_text(session, command, by=EDITOR, at=NOON)
    (entry,) = queries.entries(session)
    assert (entry.verb, entry.after) == ("topics.saved", digest(text))


def test_nothing_changes_an_entry_and_only_the_archive_removes_some() -> None:
    """Of all modules two write the table: one adds to it, one removes what is kept."""
    home = Path(trainer.__file__).parent
    knowing = {
        str(path.relative_to(home))
        for path in home.rglob("*.py")
        if "AuditRow" in path.read_text("utf-8")
    }
    writing = {name for name in knowing if not name.startswith("audit/queries/")}
    assert writing == {
        "audit/models.py",
        "audit/service/archiving.py",
        "audit/service/recording.py",
    }
    assert written_by(home / "audit/service/recording.py") == {"insert", "add"}
    assert written_by(home / "audit/service/archiving.py") == {"delete"}
    for name in knowing - writing:
        assert written_by(home / name) == set()


def written_by(path: Path) -> set[str]:
    """Give the calls of a module that may write rows."""
    tree = ast.parse(path.read_text("utf-8"))
    called = {
        getattr(n.func, "attr", getattr(n.func, "id", ""))
        for n in ast.walk(tree)
        if isinstance(n, ast.Call)
    }
    return called & {"insert", "add", "add_all", "update", "delete", "merge", "text"}
