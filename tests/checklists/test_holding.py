"""What holds on a day: lists in force and their items; worked out once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.checklists.lists import HEADER
from tests.checklists.lists import checklist
from tests.checklists.lists import item
from tests.checklists.published import put_articles
from tests.checklists.published import put_draft
from tests.checklists.published import put_in_force
from tests.databases import Databases
from tests.databases import statements
from tests.factories import APPROVER
from tests.factories import CLERK
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import SUPERVISOR
from trainer.checklists import queries
from trainer.checklists.domain.tips import Tip
from trainer.checklists.queries.holding import MOST_KEPT
from trainer.core.actor import Actor
from trainer.kit import db
from trainer.publishing import queries as publishing
from trainer.publishing import service

BEFORE, FIRST, CHANGED = date(2026, 9, 19), date(2026, 9, 20), date(2026, 12, 1)
NOBODY = Actor(9, "过路人", frozenset())


def ids(tips: Iterable[Tip]) -> list[str]:
    return [tip.item.id for tip in tips]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A list in force whose clause changes on ``CHANGED``, and a draft."""
    with db.writing(engine) as session:
        put_articles(session)
        put_in_force(session)
        put_draft(session, checklist(item("drafted")), "drafted")
    return engine


def test_the_items_of_lists_in_force_are_given(filled: Engine) -> None:
    with db.reading(filled) as session:
        assert queries.items_in_force(session, BEFORE, reader=CLERK) == ()
        tips = queries.items_in_force(session, FIRST, reader=CLERK)
        revision = publishing.revision_on(session, "rent-errors", FIRST, reader=CLERK)
        held = queries.held(session, FIRST, reader=CLERK)
    assert ids(tips) == ["parents-home", "agent-without-mandate"]
    assert {tip.revision for tip in tips} == {revision.id}
    assert held.lists == {"rent-errors": revision}


def test_the_date_decides_which_text_is_given(filled: Engine) -> None:
    later = HEADER.replace("2026-09-20", "2026-11-01")
    with db.writing(filled) as session:
        put_in_force(session, checklist(item("new-one"), header=later))
    with db.reading(filled) as session:
        tips = queries.items_in_force(session, date(2026, 10, 31), reader=CLERK)
        assert ids(tips) == ["parents-home", "agent-without-mandate"]
        tips = queries.items_in_force(session, date(2026, 11, 1), reader=CLERK)
        assert ids(tips) == ["new-one"]


def test_a_list_for_supervisors_does_not_exist_for_a_clerk(filled: Engine) -> None:
    hidden = HEADER.replace("evidence: B", "evidence: B\naudience: supervisors")
    with db.writing(filled) as session:
        put_in_force(session, checklist(item("hidden"), header=hidden), "hidden")
    with db.reading(filled) as session:
        seen = queries.items_in_force(session, FIRST, reader=SUPERVISOR)
        assert "hidden" in ids(seen)
        assert "hidden" not in ids(queries.items_in_force(session, FIRST, reader=CLERK))
        assert queries.items_in_force(session, FIRST, reader=NOBODY) == ()


def test_as_long_as_nothing_changes_it_is_one_small_question(filled: Engine) -> None:
    with db.reading(filled) as session, statements(filled) as asked:
        first = queries.items_in_force(session, FIRST, reader=CLERK)
        del asked[:]
        assert queries.items_in_force(session, FIRST, reader=CLERK) is first
    assert len(asked) == 1


def test_a_new_list_is_there_at_once(filled: Engine) -> None:
    with db.reading(filled) as session:
        queries.items_in_force(session, FIRST, reader=CLERK)
    with db.writing(filled) as session:
        put_in_force(session, checklist(item("more")), "also")
    with db.reading(filled) as session:
        tips = queries.items_in_force(session, FIRST, reader=CLERK)
    assert ids(tips) == ["more", "parents-home", "agent-without-mandate"]


def test_a_list_that_is_withdrawn_is_gone_at_once(filled: Engine) -> None:
    with db.writing(filled) as session:
        held = queries.held(session, FIRST, reader=CLERK)
        key = held.lists["rent-errors"].id
        service.withdraw(session, key, "写错了", by=APPROVER, at=NOON)
        assert queries.items_in_force(session, FIRST, reader=CLERK) == ()


def test_every_day_and_every_database_has_its_own(
    filled: Engine, databases: Databases
) -> None:
    days = [FIRST + timedelta(more) for more in range(MOST_KEPT + 2)]
    with db.reading(filled) as session:
        for day in days:
            assert len(queries.items_in_force(session, day, reader=CLERK)) == 2
    other = databases.fresh()
    with Session(other) as session:
        assert queries.items_in_force(session, FIRST, reader=CLERK) == ()
    databases.drop(other)


def test_an_item_whose_clause_changed_is_stale_until_somebody_looks(
    filled: Engine,
) -> None:
    with db.reading(filled) as session:
        assert queries.stale_items(session, FIRST) == frozenset()
        assert queries.stale_items(session, CHANGED) == {
            ("rent-errors", "parents-home"),
            ("rent-errors", "agent-without-mandate"),
        }
    with db.writing(filled) as session:
        for entry in publishing.stale(session, CHANGED, reader=EDITOR):
            if entry.reference.item == "parents-home":
                key, seen = entry.reference.id, entry.now_hash or ""
                service.confirm_reference(session, key, seen, "", by=EDITOR, at=NOON)
        assert queries.stale_items(session, CHANGED) == {
            ("rent-errors", "agent-without-mandate")
        }
