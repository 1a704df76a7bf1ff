"""Courses in force and rules that assign them, for tests of plans."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.courses.texts import COURSE
from tests.factories import APPROVER
from tests.factories import EDITOR
from tests.factories import make_approval
from trainer.core.actor import Actor
from trainer.courses.domain.assigning import AssignRule
from trainer.courses.domain.assigning import AssignText
from trainer.courses.domain.audience import EVERYBODY
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.foreseeing import Confirmed
from trainer.courses.domain.terms import Anchor
from trainer.courses.domain.terms import Term
from trainer.courses.queries import foreseen
from trainer.courses.service import assigning
from trainer.courses.service.texts import prepare
from trainer.publishing import service as publishing

RENT, WEEK = "rent-course", "first-week"
TEXT = COURSE.replace("effective_from: 2026-09-20", "effective_from: 2026-01-01")
FIRST = TEXT.replace("requires: [first-week]\n", "").replace(
    "租房提取入门", "新人第一周"
)


def put_course(
    session: Session,
    slug: str = RENT,
    text: str = TEXT,
    *,
    by: tuple[Actor, Actor] = (EDITOR, APPROVER),
) -> None:
    """Put a course in force; its clauses are those of the rent card."""
    editor, approver = by
    draft = publishing.create_draft(session, slug, prepare(text), by=editor, at=NOW)
    publishing.submit(session, draft.id, by=editor, at=NOW)
    publishing.approve(session, draft.id, make_approval(draft), by=approver, at=NOW)


def put_courses(
    session: Session, *, by: tuple[Actor, Actor] = (EDITOR, APPROVER)
) -> None:
    """Put two courses in force, one of them to be completed before the other."""
    put_course(session, WEEK, FIRST, by=by)
    put_course(session, by=by)


def make_text(audience: Audience = EVERYBODY, **more: object) -> AssignText:
    given = {
        "name": "新派驻30天上岗",
        "courses": frozenset({RENT}),
        "term": Term(anchor=Anchor.ARRIVAL, days=30),
        "since": date(2026, 1, 1),
        **more,
    }
    return AssignText(audience=audience, **given)  # type: ignore[arg-type]  # by name


def confirmed(
    session: Session, text: AssignText, *, by: Actor, key: int = 0, **more: object
) -> Confirmed:
    """Look at what a rule does, and give the command that keeps it."""
    meant = AssignRule(id=key, text=text, edit=0, made_by=by.person)
    seal = foreseen.foreseen(session, meant, NOW, reader=by).seal
    given = {"seal": seal, "once": text.name, "based_on": int(bool(key)), **more}
    return Confirmed(text=text, **given)  # type: ignore[arg-type]  # by name


def put_rule(
    session: Session, text: AssignText | None = None, *, by: Actor = EDITOR
) -> int:
    """Look at a rule and keep it."""
    told = confirmed(session, text or make_text(), by=by)
    return assigning.assign(session, told, by=by, at=NOW)
