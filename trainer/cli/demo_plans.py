"""What the people of the demo are asked to learn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.courses.domain.assigning import AssignRule
from trainer.courses.domain.assigning import AssignText
from trainer.courses.domain.assigning import Waiver
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.audience import Tier
from trainer.courses.domain.foreseeing import Confirmed
from trainer.courses.domain.terms import Anchor
from trainer.courses.domain.terms import Term
from trainer.courses.queries.foreseen import foreseen
from trainer.courses.service import assigning
from trainer.people.domain.accounts import Person

NEW = timedelta(days=60)
"""Whoever has come in these days before the demo is a newcomer."""

FIRST_WEEK, WITHDRAWALS = "first-week", "withdraw-first-30-days"


def assign_courses(
    session: Session, people: Mapping[str, Person], *, at: datetime
) -> None:
    """Make two rules for newcomers, a batch of the supervisor's and a waiver."""
    on = day_of(at)
    editor, boss = people["editor"].actor(), people["supervisor"].actor()
    since = on - NEW
    fresh = Audience(tiers=frozenset({Tier.ONBOARDING}), arrived_from=since)
    lines = Audience(
        tiers=fresh.tiers, arrived_from=since, lines=frozenset({"withdraw"})
    )
    named = Audience(people=frozenset({people["clerk"].id, people["w1004"].id}))
    for by, name, course, audience, term in (
        (editor, "新人第一周", FIRST_WEEK, fresh, _days(7)),
        (editor, "新派驻30天上岗", WITHDRAWALS, lines, _days(30)),
        (boss, "主管派的课", WITHDRAWALS, named, _days(45)),
        (boss, "主管补的课", FIRST_WEEK, named, _days(7)),
    ):
        text = AssignText(
            name=name,
            courses=frozenset({course}),
            audience=audience,
            term=term,
            since=on if by is boss else since,
        )
        _assign(session, text, by=by, at=at)
    why = "在外行办过两年，第一周的内容都做过"
    waiver = Waiver(
        person=people["clerk"].id, course=FIRST_WEEK, why=why, by=boss.person, at=at
    )
    assigning.waive(session, waiver, "demo", by=boss, at=at)


def _days(days: int) -> Term:
    return Term(anchor=Anchor.ARRIVAL, days=days)


def _assign(session: Session, text: AssignText, *, by: Actor, at: datetime) -> None:
    meant = AssignRule(id=0, text=text, edit=0, made_by=by.person)
    seal = foreseen(session, meant, at, reader=by).seal
    told = Confirmed(text=text, seal=seal, once=text.name)
    assigning.assign(session, told, by=by, at=at)
