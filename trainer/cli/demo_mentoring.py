"""Gives a newcomer of the demo his first days with a mentor, through the services."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.mentoring import queries
from trainer.mentoring import service
from trainer.mentoring.domain.cases import Logged
from trainer.mentoring.domain.cases import NewCase
from trainer.mentoring.domain.cases import Signature
from trainer.mentoring.domain.notes import NewNote
from trainer.mentoring.domain.notes import NoteKind
from trainer.people.domain.accounts import Person
from trainer.topics.domain.causes import ErrorCause

NEWCOMER, MENTOR = "w1004", "mentor"
ENQUIRY, SPECIAL = "service.enquiry", "service.special"
CASES = (
    *((1, ENQUIRY, f"3-{n:03}") for n in (11, 14, 18, 25)),
    *((0, ENQUIRY, f"3-{n:03}") for n in (2, 5)),
    (0, SPECIAL, "3-009"),
)
"""Days before the demo, business, and running number."""

REFLECTION = "跟看了五天，学会先问清来办什么再接材料；着急的时候话说得太快。"
QUESTION = "群众坚持要查别人的缴存，应该怎么说？"
ANSWER = "先说为什么不能查，再告诉他本人怎么查；说法以答案卡为准。"


def train(session: Session, people: Mapping[str, Person], *, at: datetime) -> None:
    """Let the newcomer enter cases and write, and the mentor sign some of them.

    Where he has entered one already, nothing; nor where the mentor cannot sign.
    """
    newcomer, mentor = people[NEWCOMER].actor(), people[MENTOR].actor()
    pair = queries.own_pair(session, day_of(at), reader=newcomer)
    if pair is None or not pair.lines:
        return
    (found,) = queries.mentorings(session, [pair], day_of(at))
    able = {each.line.code for each in found.lines if each.mentor_is_current}
    if found.cases or "service" not in able:
        return
    cases = [
        _enter(session, pair.key, n, newcomer, at=at - timedelta(days=CASES[n][0]))
        for n in range(len(CASES))
    ]
    right = Signature(
        cases=tuple(case.id for case in cases[:3]),
        outcome="right",
        competencies=("C1", "C2"),
    )
    service.sign(session, pair.key, right, by=mentor, at=at)
    wrong = Signature(
        cases=(cases[3].id,),
        outcome="corrected",
        competencies=("C1", "C2"),
        cause=ErrorCause.CHANNEL,
        words="线上就能查，没有告诉群众（演示）",
    )
    service.sign(session, pair.key, wrong, by=mentor, at=at)
    for kind, words in (
        (NoteKind.REFLECTION, REFLECTION),
        (NoteKind.QUESTION, QUESTION),
    ):
        told = NewNote(secondment=pair.key, kind=kind, words=words, once=f"demo-{kind}")
        key = service.write(session, told, by=newcomer, at=at - timedelta(days=1))
    service.answer(session, key, ANSWER, by=mentor, at=at)


def _enter(
    session: Session, pair: int, number: int, by: Actor, *, at: datetime
) -> Logged:
    _, business, reference = CASES[number]
    told = NewCase(
        secondment=pair,
        business=business,
        reference=reference,
        on=day_of(at),
        once=f"demo-{number}",
    )
    return service.enter_case(session, told, by=by, at=at)
