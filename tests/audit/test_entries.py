"""The audit is written with the act, and only added to."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import trainer
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_approved
from trainer.audit import queries
from trainer.audit import service
from trainer.audit.domain import Entry
from trainer.audit.domain import digest
from trainer.kit import db
from trainer.topics import service as topics
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

ACT = Entry(person=7, verb="thing.done", object="thing/1", address="10.0.0.9")


def test_an_entry_is_read_back_as_it_was_written(session: Session) -> None:
    service.record(session, ACT, at=NOON)
    assert queries.entries(session) == [ACT]
    assert queries.entries(session, after=1) == []


def test_an_act_that_fails_leaves_no_entry(engine: Engine) -> None:
    def fail() -> None:
        with db.writing(engine) as session:
            service.record(session, ACT, at=NOON)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with db.reading(engine) as session:
        assert queries.entries(session) == []


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


def test_nothing_changes_or_deletes_an_entry() -> None:
    """The only module besides its reader that knows the table adds to it."""
    home = Path(trainer.__file__).parent
    knowing = {
        str(path.relative_to(home))
        for path in home.rglob("*.py")
        if "AuditRow" in path.read_text("utf-8")
    }
    assert knowing == {"audit/models.py", "audit/queries.py", "audit/service.py"}
    tree = ast.parse((home / "audit" / "service.py").read_text("utf-8"))
    called = {
        n.func.attr
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
    }
    assert called == {"add", "flush"}
