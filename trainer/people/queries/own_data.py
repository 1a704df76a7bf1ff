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
from trainer.core.wording import N_
from trainer.core.wording import Nc_
from trainer.core.wording import one_list
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
    *(
        N_("第一天"),
        N_("计划最后一天"),
        N_("最后一天"),
        N_("派出单位"),
        N_("网点"),
        N_("窗口或座席"),
    ),
    *(Nc_("one", "岗位"), N_("带教老师"), N_("接替人"), N_("受理的业务"), N_("说明")),
)
LOGIN = (N_("登录时间"), N_("最近使用"), N_("结束"), N_("网络地址"), N_("浏览器"))


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
        N_("工号"): found.login,
        N_("姓名"): found.name,
        N_("电话"): found.phone,
        N_("统一登录标识"): row.sso_subject,
        N_("角色"): one_list(ROLE_NAMES[role] for role in sorted(found.roles)),
        N_("岗位"): one_list(names[code] for code in sorted(found.posts)),
        N_("副岗"): one_list(names[code] for code in sorted(found.deputies)),
        N_("督导范围"): one_list(scope_names(session, found.scope)),
        N_("账号建立"): row.created_at,
        N_("密码设置"): row.password_set_at,
    }
    return Chapter(Nc_("one", "账号"), tuple(told), (cells(*told.values()),))


def _secondments(session: Session, on: date, reader: Actor) -> Chapter:
    names = {line.code: line.name for line in topics.topics(session).lines}
    rows = (
        cells(
            listed.secondment.placement.begins_on,
            listed.secondment.placement.last_on,
            listed.secondment.left_on,
            *(listed.organisation, listed.site, listed.seat, listed.post),
            *(listed.mentor, listed.successor),
            one_list(
                names.get(code, code)
                for code in sorted(listed.secondment.placement.arrangement.lines)
            ),
            listed.secondment.placement.reason,
        )
        for listed in history(session, reader.person, on, reader=reader)
    )
    return Chapter(N_("任职"), SECONDMENT, tuple(rows))


def _logins(session: Session, reader: Actor) -> Chapter:
    row = LoginRow
    rows = session.execute(
        select(row.began_at, row.seen_at, row.ended_at, row.address, row.agent)
        .where(row.person_id == reader.person)
        .order_by(row.began_at.desc())
    )
    return Chapter(
        Nc_("chapter", "登录"), LOGIN, tuple(cells(*found) for found in rows)
    )
