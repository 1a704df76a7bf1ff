"""Telling everybody what is new, near or late on a day, and preparing the mails.

All of it may be done again, by anybody, at any time: a unique key keeps each thing
from being told twice, and a mail that is there already is left as it is.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from typing import Final

from sqlalchemy import Engine
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from trainer.core.clock import day_of
from trainer.core.keeping_words import kept_words
from trainer.kit import db
from trainer.notices.domain.calendar import USUAL_QUIET
from trainer.notices.domain.calendar import QuietHours
from trainer.notices.domain.digesting import Kind
from trainer.notices.domain.digesting import to_tell
from trainer.notices.domain.escalating import escalated
from trainer.notices.domain.escalating import overdue
from trainer.notices.domain.escalating import staff_key
from trainer.notices.domain.mailing import MailState
from trainer.notices.domain.tasks import Task
from trainer.notices.models import MailRow
from trainer.notices.models import NoticeRow
from trainer.notices.queries.days import calendar
from trainer.notices.queries.tasks import TaskSource
from trainer.notices.queries.tasks import tasks_of
from trainer.notices.queries.telling import getting_mail
from trainer.notices.queries.telling import open_accounts
from trainer.notices.queries.telling import told
from trainer.notices.queries.telling import unmailed
from trainer.people import queries as people

AT_ONCE: Final = 200
"""People written in one transaction, so that nobody waits long for it."""

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How people are told.

    Attributes:
        quiet: When they are not.
        escalate_after: Working days after the last day on which who supervises
            somebody is told.
    """

    quiet: QuietHours = USUAL_QUIET
    escalate_after: int = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written of a day.

    Attributes:
        rows: New notices, by person.
        open: Keys of notices whose task is still there, by person.
    """

    rows: Mapping[int, Sequence[Row]]
    open: Mapping[int, frozenset[str]]


def tell(
    engine: Engine, sources: Iterable[TaskSource], rules: Rules, *, at: datetime
) -> int:
    """Tell everybody, and prepare a mail for who gets one.

    Returns:
        How many people there was something to tell or to mail.
    """
    on = day_of(at)
    with db.reading(engine) as session:
        plan = _plan(session, sources, rules, at)
        mailed = getting_mail(session, on)
    with db.writing(engine) as session:
        _expire(session, on)
    concerned = sorted({*plan.rows} | (mailed & {*plan.open}))
    for begin in range(0, len(concerned), AT_ONCE):
        some = concerned[begin : begin + AT_ONCE]
        with db.writing(engine) as session:
            new = [row for person in some for row in plan.rows.get(person, ())]
            db.insert_missing(session, NoticeRow, new)
            _prepare(session, [p for p in some if p in mailed], plan, on)
    return len(concerned)


def _plan(
    session: Session, sources: Iterable[TaskSource], rules: Rules, at: datetime
) -> Plan:
    on, days = day_of(at), calendar(session)
    everybody = open_accounts(session)
    tasks = tasks_of(session, sources, everybody, at)
    known = told(session)
    rows: dict[int, list[Row]] = {}
    open_: dict[int, set[str]] = {p: {t.key for t in tasks[p]} for p in tasks}
    for person, own in tasks.items():
        new = to_tell(own, known.get(person, {}), on, days)
        rows[person] = [_row(person, t.task, t.kind, t.task.key, at) for t in new]
    late = [
        task
        for own in tasks.values()
        for task in overdue(own, on, days, rules.escalate_after)
    ]
    supervisors = (
        people.supervisors_of(session, {task.person for task in late}, on)
        if late
        else {}
    )
    for supervisor, theirs in escalated(late, supervisors).items():
        heard = known.get(supervisor, {})
        open_.setdefault(supervisor, set()).update(map(staff_key, theirs))
        rows.setdefault(supervisor, []).extend(
            _row(supervisor, task, Kind.STAFF_LATE, staff_key(task), at)
            for task in theirs
            if Kind.STAFF_LATE not in heard.get(staff_key(task), ())
        )
    return Plan(
        {person: told for person, told in rows.items() if told},
        {person: frozenset(keys) for person, keys in open_.items()},
    )


def _row(person: int, task: Task, kind: Kind, key: str, at: datetime) -> Row:
    own = task.person == person
    return {
        "person_id": person,
        "key": key,
        "kind": kind,
        "on": day_of(at),
        "what": kept_words(task.what),
        "why": kept_words(task.why),
        "endpoint": task.endpoint if own else "people.person",
        "values": [list(each) for each in task.values]
        if own
        else [["key", task.person]],
        "due": task.due,
        "about_id": None if own else task.person,
        "made_at": at,
        "seen_at": None,
        "mail_on": None,
    }


def _prepare(session: Session, some: Collection[int], plan: Plan, on: date) -> None:
    """Put what no mail carries and is still to do into the mail of the day."""
    waiting = unmailed(session, some)
    there = set(
        session.scalars(
            select(MailRow.person_id).where(
                MailRow.day == on, MailRow.person_id.in_(some)
            )
        )
    )
    carried: list[int] = []
    mails: list[Row] = []
    for person in some:
        left = plan.open.get(person, frozenset())
        held = waiting.get(person, {})
        chosen = [n for key, ids in held.items() if key in left for n in ids]
        if chosen and person not in there:
            carried += chosen
            mails.append(_mail(person, on))
    db.insert_missing(session, MailRow, mails)
    row = NoticeRow
    session.execute(update(row).where(row.id.in_(carried)).values(mail_on=on))


def _mail(person: int, on: date) -> Row:
    return {
        "person_id": person,
        "day": on,
        "state": MailState.WAITING,
        "tries": 0,
        "message_id": f"{on:%Y%m%d}.{person}",
        "error": "",
    }


def _expire(session: Session, on: date) -> None:
    """Give up mails of days before, and let the next one carry what they told."""
    row, notice = MailRow, NoticeRow
    over = (row.state == MailState.WAITING, row.day < on)
    gone = session.execute(select(row.person_id, row.day).where(*over)).all()
    for person, day in gone:
        session.execute(
            update(notice)
            .where(notice.person_id == person, notice.mail_on == day)
            .values(mail_on=None)
        )
    session.execute(update(row).where(*over).values(state=MailState.EXPIRED))
