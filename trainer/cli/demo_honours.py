"""Gives the demo certificates and honours: through the real services, all fictitious.

The codes of its certificates are known to everybody who reads this, unlike real ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta

from sqlalchemy.orm import Session

from trainer import features
from trainer.cases import service as cases
from trainer.cases.domain import AnswerFlag
from trainer.cases.domain import RaiseFlag
from trainer.cases.domain import State
from trainer.certificates import queries
from trainer.certificates import service
from trainer.certificates.domain.certificates import CODE_BYTES
from trainer.certificates.domain.honours import DEFAULTS
from trainer.certificates.domain.honours import Confirm
from trainer.certificates.domain.honours import Rule
from trainer.certificates.domain.honours import quarter_before
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.clock import start_of
from trainer.people.domain.accounts import Person
from trainer.publishing import queries as publishing

CERTIFIED = ("clerk", "mentor", "w1002", "w1008", "w1012")
"""Who asks for certificates of all lines that he may serve alone."""

PRAISED, WAITING = "clerk", "w1002"
"""Whose flags led to fixes; the first one is confirmed, the other waits."""


def praise(session: Session, people: Mapping[str, Person], *, at: datetime) -> None:
    """Issue certificates, and confirm an honour; doing it again changes nothing."""
    if queries.honours(session, reader=people["manager"].actor()):
        return
    count = 0
    for login in CERTIFIED:
        by = people[login].actor()
        for ground in queries.issuable(session, by.person, day_of(at)):
            count += 1
            chance = bytes([count]) * CODE_BYTES
            kind, subject = ground.kind, ground.subject
            service.issue(session, by.person, kind, subject, chance, by=by, at=at)
    for login in (PRAISED, WAITING):
        _flags(session, people[login].actor(), people["editor"].actor(), at)
    _confirm(session, people[PRAISED].id, people["supervisor"].actor(), at)


def _flags(session: Session, by: Actor, editor: Actor, at: datetime) -> None:
    """Let somebody raise flags in the quarter before, each of which led to a fix."""
    then = start_of(quarter_before(day_of(at)).end) - timedelta(days=9)
    card = publishing.version(session, "rent-withdrawal", 1, reader=by)
    for n in range(DEFAULTS[Rule.CASE]):
        words = f"第 {n + 1} 处说法和窗口实际不一致（演示）"
        raised = RaiseFlag(revision=card.id, query="", on=day_of(then), words=words)
        flag = cases.raise_flag(session, raised, by=by, at=then)
        told = AnswerFlag(
            flag=flag.id, seen=State.OPEN, state=State.FIXED, words="已改，谢谢"
        )
        cases.answer(session, told, by=editor, at=then)


def _confirm(session: Session, person: int, by: Actor, at: datetime) -> None:
    """Confirm what waits; in a demo of the last weeks of a quarter, in time."""
    last = start_of(quarter_before(day_of(at)).last_day_to_confirm)
    words = "反馈写得清楚，三处说法都改好了。"
    told = Confirm(person=person, rule=Rule.CASE, words=words)
    service.confirm(session, told, features.DEEDS, by=by, at=min(at, last))
