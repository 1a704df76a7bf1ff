"""What people holds about somebody, for himself."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from datetime import date
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells
from trainer.people.domain.roles import ROLE_NAMES
from trainer.people.models import LoginRow
from trainer.people.models import PersonRow
from trainer.people.queries.accounts import person
from trainer.people.queries.places import scope_names
from trainer.people.queries.posts import posts
from trainer.people.queries.secondments import history
from trainer.topics import queries as topics

DataSource = Callable[[Session, datetime, Actor], Sequence[Chapter]]
"""Gives what a feature holds about the actor himself; the moment is now."""

SECONDMENT = (
    *("第一天", "计划最后一天", "最后一天", "派出单位", "网点", "窗口或座席"),
    *("岗位", "带教老师", "接替人", "受理的业务", "说明"),
)
LOGIN = ("登录时间", "最近使用", "结束", "网络地址", "浏览器")


def own_data(session: Session, at: datetime, reader: Actor) -> list[Chapter]:
    """Give account, secondments and logins of whoever asks."""
    return [
        _account(session, reader),
        _secondments(session, day_of(at), reader),
        _logins(session, reader),
    ]


def _account(session: Session, reader: Actor) -> Chapter:
    found = person(session, reader.person, reader=reader)
    row = session.get_one(PersonRow, reader.person)
    names = {post.code: post.name for post in posts(session)}
    told = {
        "工号": found.login,
        "姓名": found.name,
        "电话": found.phone,
        "统一登录标识": row.sso_subject,
        "角色": "、".join(ROLE_NAMES[role] for role in sorted(found.roles)),
        "岗位": "、".join(names[code] for code in sorted(found.posts)),
        "副岗": "、".join(names[code] for code in sorted(found.deputies)),
        "督导范围": "、".join(scope_names(session, found.scope)),
        "账号建立": row.created_at,
        "密码设置": row.password_set_at,
    }
    return Chapter("账号", tuple(told), (cells(*told.values()),))


def _secondments(session: Session, on: date, reader: Actor) -> Chapter:
    names = {line.code: line.name for line in topics.topics(session).lines}
    rows = (
        cells(
            listed.secondment.placement.begins_on,
            listed.secondment.placement.last_on,
            listed.secondment.left_on,
            *(listed.organisation, listed.site, listed.seat, listed.post),
            *(listed.mentor, listed.successor),
            "、".join(
                names.get(code, code)
                for code in sorted(listed.secondment.placement.arrangement.lines)
            ),
            listed.secondment.placement.reason,
        )
        for listed in history(session, reader.person, on, reader=reader)
    )
    return Chapter("任职", SECONDMENT, tuple(rows))


def _logins(session: Session, reader: Actor) -> Chapter:
    row = LoginRow
    rows = session.execute(
        select(row.began_at, row.seen_at, row.ended_at, row.address, row.agent)
        .where(row.person_id == reader.person)
        .order_by(row.began_at.desc())
    )
    return Chapter("登录", LOGIN, tuple(cells(*found) for found in rows))
