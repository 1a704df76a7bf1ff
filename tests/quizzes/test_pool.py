"""What may be drawn: banks in force, without what is stale; worked out once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.databases import Databases
from tests.databases import statements
from tests.factories import EDITOR
from tests.factories import NOON
from tests.quizzes.published import BANK
from tests.quizzes.published import QUIZ
from tests.quizzes.published import asked
from tests.quizzes.published import bank_of
from tests.quizzes.published import put_draft
from tests.quizzes.published import put_in_force
from tests.quizzes.published import put_rules
from trainer.kit import db
from trainer.publishing import queries as publishing
from trainer.publishing import service
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.queries import Pool
from trainer.quizzes.queries import drawable
from trainer.quizzes.queries.pool import DAYS_KEPT

BEFORE, FIRST, CHANGED = date(2026, 9, 19), date(2026, 9, 20), date(2026, 12, 1)


def ids(pool: Pool) -> list[str]:
    return [each.question.id for each in pool.candidates]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Rules that change on ``CHANGED``, a bank that cites them, a quiz, a draft."""
    with db.writing(engine) as session:
        put_rules(session)
        put_in_force(session, BANK)
        put_in_force(session, QUIZ, "first-quiz")
        put_draft(session, bank_of(asked("draft")), "drafted")
    return engine


def test_questions_of_banks_in_force_may_be_drawn(filled: Engine) -> None:
    with db.reading(filled) as session:
        assert ids(drawable(session, BEFORE)) == []
        pool = drawable(session, FIRST)
        revision = publishing.revision_on(session, "rent", FIRST, reader=EDITOR)
    assert ids(pool) == ["days", "papers", "visit-days", "visit-papers"]
    assert {each.bank for each in pool.candidates} == {"rent"}
    assert pool.stale == frozenset()
    assert pool.revisions == {"rent": revision}


def test_a_stale_question_is_not_drawn_nor_a_case_that_has_one(filled: Engine) -> None:
    with db.reading(filled) as session:
        pool = drawable(session, CHANGED)
    assert ids(pool) == ["papers"]
    assert pool.stale == {Place("rent", "days"), Place("rent", "visit-days")}


def test_what_is_found_still_true_is_drawn_again_at_once(filled: Engine) -> None:
    with db.writing(filled) as session:
        assert "days" not in ids(drawable(session, CHANGED))
        for entry in publishing.stale(session, CHANGED, reader=EDITOR):
            key, seen = entry.reference.id, entry.now_hash or ""
            service.confirm_reference(session, key, seen, "", by=EDITOR, at=NOON)
        assert len(drawable(session, CHANGED).candidates) == 4


def test_a_new_bank_is_drawn_from_at_once(filled: Engine) -> None:
    with db.reading(filled) as session:
        drawable(session, FIRST)
    with db.writing(filled) as session:
        put_in_force(session, bank_of(asked("more", cites="rules#papers")), "more")
    with db.reading(filled) as session:
        assert ids(drawable(session, FIRST))[0] == "more"


def test_as_long_as_nothing_changes_it_is_two_questions(filled: Engine) -> None:
    with db.reading(filled) as session:
        first = drawable(session, FIRST)
    with db.writing(filled) as session, statements(filled) as asked_for:
        put_draft(session, bank_of(asked("other")), "other")
        del asked_for[:]
        assert drawable(session, FIRST) is first
    assert len(asked_for) == 2


def test_every_day_and_every_database_has_its_own(
    filled: Engine, databases: Databases
) -> None:
    days = [date(2026, 9, 20 + more) for more in range(2 * DAYS_KEPT)]
    with db.reading(filled) as session:
        assert all(len(drawable(session, day).candidates) == 4 for day in days)
        assert drawable(session, CHANGED) is not drawable(session, FIRST)
    other = databases.fresh()
    with Session(other) as session:
        assert drawable(session, FIRST).candidates == ()
    databases.drop(other)
