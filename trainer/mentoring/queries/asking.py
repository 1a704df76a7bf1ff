"""What mentoring asks of people now: see :class:`trainer.notices.domain.tasks.Task`.

Three questions for any number of people: whom they train, who trains them, and which
newcomers of their sites nobody trains.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta

from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.competence.domain.keeping import KEEPER
from trainer.core.clock import day_of
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.mentoring.domain.notes import NoteKind
from trainer.mentoring.domain.proposing import NEW_FOR
from trainer.mentoring.domain.weeks import days_of_week
from trainer.mentoring.queries.pairs import Pair
from trainer.mentoring.queries.pairs import pairs_where
from trainer.mentoring.queries.standing import Mentoring
from trainer.mentoring.queries.standing import current
from trainer.mentoring.queries.standing import mentorings
from trainer.notices.domain.tasks import Task
from trainer.people.domain.roles import Role
from trainer.people.models import PersonRoleRow
from trainer.people.models import SecondmentRow
from trainer.people.models import SupervisedSiteRow

SIGN_WITHIN = timedelta(days=2)
ANSWER_WITHIN = timedelta(days=2)
WATCH_WITHIN = 7
"""Days within which a newcomer is observed once."""

FIND_WITHIN = timedelta(days=3)
PATIENCE = timedelta(days=1)
"""How long a newcomer may be without a mentor before a supervisor is asked."""

REFLECT_FROM = timedelta(days=4)
"""On which day of a week its reflection is asked for, from 0."""


def tasks(session: Session, people: Collection[int], at: datetime) -> list[Task]:
    """Give what mentoring asks of some people.

    Of mentors: cases to sign, questions to answer, a newcomer nobody has watched for a
    week. Of newcomers: the reflection of the week. Of supervisors: a newcomer without a
    mentor.
    """
    on, row = day_of(at), SecondmentRow
    wanted = {*people}
    which = or_(row.mentor_id.in_(wanted), row.person_id.in_(wanted))
    begun = [which, row.mentor_id.is_not(None), row.begins_on <= on]
    pairs = pairs_where(session, begun, on, reader=KEEPER)
    found: list[Task] = []
    for each in mentorings(session, pairs, on):
        if each.is_done:
            continue
        if each.pair.mentor in wanted:
            found += _of_mentor(each)
        if each.pair.person in wanted:
            found += _of_newcomer(each)
    return found + _of_supervisors(session, wanted, on)


def _of_mentor(each: Mentoring) -> Iterator[Task]:
    if each.waiting:
        yield _sign(each)
    if each.open_questions:
        yield _answer(each)
    if each.unwatched_days >= WATCH_WITHIN:
        yield _watch(each)


def _sign(each: Mentoring) -> Task:
    key, name, waiting = each.pair.key, each.pair.listed.name, each.waiting
    first = min(case.on for case in waiting)
    return Task(
        person=each.pair.mentor,
        key=f"mentoring/sign/{key}",
        what=Nn_("给{name}的 {n} 件办件共同签字", n=len(waiting), name=name),
        why=N_("您带教{name}", name=name),
        endpoint="mentoring.sign",
        values=(("key", key),),
        due=first + SIGN_WITHIN,
        minutes=len(waiting),
        told_on=first,
    )


def _answer(each: Mentoring) -> Task:
    key, name, asked = each.pair.key, each.pair.listed.name, each.open_questions
    first = day_of(asked[0].at)
    return Task(
        person=each.pair.mentor,
        key=f"mentoring/answer/{key}",
        what=Nn_("回答{name}的 {n} 个提问", n=len(asked), name=name),
        why=N_("您带教{name}", name=name),
        endpoint="mentoring.pair",
        values=(("key", key),),
        due=first + ANSWER_WITHIN,
        minutes=5 * len(asked),
        told_on=first,
    )


def _watch(each: Mentoring) -> Task:
    name, days = each.pair.listed.name, each.unwatched_days
    since = each.on - timedelta(days=days)
    due = since + timedelta(days=WATCH_WITHIN)
    return Task(
        person=each.pair.mentor,
        key=f"mentoring/watch/{each.pair.key}/{since}",
        what=N_("看{name}办一次业务，登记观察", name=name),
        why=N_("{name}已经 {days} 天没有人观察", name=name, days=days),
        endpoint="competence.sighting",
        values=(("key", each.pair.person), ("kind", "observation")),
        due=due,
        minutes=10,
        told_on=due,
    )


def _of_newcomer(each: Mentoring) -> Iterator[Task]:
    begin, last = days_of_week(each.pair.begins_on, each.week)
    told = begin + REFLECT_FROM
    done = any(
        note.kind is NoteKind.REFLECTION and note.week == each.week
        for note in each.notes
    )
    if not done and each.on >= told:
        yield Task(
            person=each.pair.person,
            key=f"mentoring/reflect/{each.pair.key}/{each.week}",
            what=N_("写第 {week} 周的小结", week=each.week),
            why=N_("带教期每周写几句，带教老师会看"),
            endpoint="mentoring.pair",
            values=(("key", each.pair.key),),
            due=last,
            minutes=5,
            told_on=told,
        )


def _of_supervisors(session: Session, people: Collection[int], on: date) -> list[Task]:
    """Ask those who run a site for mentors of its newcomers."""
    row, scope = SecondmentRow, SupervisedSiteRow
    runs = session.execute(
        select(scope.person_id, scope.site_id)
        .join(PersonRoleRow, PersonRoleRow.person_id == scope.person_id)
        .where(scope.person_id.in_(people), PersonRoleRow.role == Role.SUPERVISOR)
    ).all()
    alone = [
        row.mentor_id.is_(None),
        row.site_id.in_({site for _, site in runs}),
        row.begins_on <= on - PATIENCE,
        row.begins_on > on - NEW_FOR,
    ]
    pairs = pairs_where(session, alone, on, reader=KEEPER) if runs else []
    able = current(session, {each.person for each in pairs}, on)
    left = [each for each in pairs if not able.get(each.person)]
    return [
        _find(person, each)
        for person, site in runs
        for each in left
        if each.listed.secondment.placement.site == site and each.person != person
    ]


def _find(person: int, each: Pair) -> Task:
    told = each.begins_on + PATIENCE
    return Task(
        person=person,
        key=f"mentoring/find/{each.key}",
        what=N_("给{name}安排带教老师", name=each.listed.name),
        why=N_(
            "{name} {day} 到岗，还没有人带", name=each.listed.name, day=each.begins_on
        ),
        endpoint="mentoring.mentors",
        due=each.begins_on + FIND_WITHIN,
        minutes=2,
        told_on=told,
    )
