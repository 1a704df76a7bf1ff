"""What read duties ask of people now, for many of them in few queries."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from datetime import date
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.competence.domain.keeping import KEEPER
from trainer.core.clock import day_of
from trainer.core.clock import start_of
from trainer.core.wording import N_
from trainer.courses.domain.duties import Duty
from trainer.courses.domain.duties import News
from trainer.courses.domain.duties import Stage
from trainer.courses.domain.duties import Standing
from trainer.courses.domain.duties import duties
from trainer.courses.queries.duties import Asked
from trainer.courses.queries.duties import Last
from trainer.courses.queries.duties import news
from trainer.courses.queries.duties import questions
from trainer.courses.queries.duties import receipts
from trainer.courses.queries.duties import rules
from trainer.courses.queries.duties import standing_of
from trainer.courses.queries.readiness import ANYBODY
from trainer.courses.queries.works import works_of
from trainer.evidence import queries as evidence
from trainer.evidence.domain import FactKind
from trainer.evidence.domain import standing
from trainer.notices.domain.tasks import Task
from trainer.quizzes.domain.choosing import last_seen

READING, ANSWERING = 5, 3
"""Minutes that reading a change takes, and answering at most three questions."""


def tasks(
    session: Session, people: Collection[int], at: datetime, *, kinds: Collection[str]
) -> list[Task]:
    """Give what some people have to read, or to answer about what they have read.

    Questions that an open exam of somebody withholds are counted all the same.

    Args:
        session: A session.
        people: Keys of the people.
        at: Now.
        kinds: Kinds of texts that are articles.
    """
    on = day_of(at)
    known = rules(session)
    fresh = news(session, known, kinds, reader=ANYBODY)
    if not fresh:
        return []
    works = works_of(session, on, people)
    held = {person: duties(each, known, fresh, on) for person, each in works.items()}
    read = receipts(session, people, {each.revision for each in fresh})
    waiting = [p for p, found in held.items() if found and read.get(p)]
    asked = questions(session, at, fresh, reader=ANYBODY) if waiting else {}
    last = _answers(session, waiting, on, fresh, asked)
    return [
        _task(person, each)
        for person, found in held.items()
        for each in (
            standing_of(duty, read.get(person, {}), asked, last.get(person, {}), on=on)
            for duty in found
        )
        if each.is_open
    ]


def _answers(
    session: Session,
    people: Collection[int],
    on: date,
    fresh: Collection[News],
    asked: Asked,
) -> dict[int, Last]:
    """Give how the questions asked went the last time, by person."""
    items = {f"{p.bank}#{p.id}" for places in asked.values() for p in places}
    if not items:
        return {}
    since = start_of(min(max(n.effective_from, n.known_on) for n in fresh))
    found: dict[int, list[tuple[str, datetime, float]]] = {}
    facts = evidence.facts(session, people, on, reader=KEEPER, since=since)
    for fact in standing(facts):
        if fact.kind is FactKind.QUIZ_ANSWER and fact.item in items:
            told = (fact.item, fact.happened_at, fact.outcome)
            found.setdefault(fact.person, []).append(told)
    return {person: last_seen(told) for person, told in found.items()}


def _task(person: int, each: Standing) -> Task:
    stage = each.stage
    is_read = stage is Stage.ANSWER
    title = each.duty.news.title
    what = (
        N_("答“{title}”变化的题", title=title)
        if is_read
        else N_("读“{title}”的变化", title=title)
    )
    return Task(
        person=person,
        key=f"duty/{each.duty.news.revision}/{stage}",
        what=what,
        why=N_("必读规则：{rules}", rules=[*_names(each.duty)]),
        endpoint="duties.duty",
        values=(("key", each.duty.news.revision),),
        due=each.due,
        minutes=ANSWERING if is_read else READING,
        told_on=each.duty.news.known_on,
    )


def _names(duty: Duty) -> Iterator[str]:
    return (reason.name for reason in duty.reasons)
