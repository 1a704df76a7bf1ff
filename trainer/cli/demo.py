"""``trainer demo``: a filled site in one command, for a first look.

Demo people exist only in a demo database: a data directory is marked when it is
made, and an unmarked one that already has accounts is refused.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from trainer import migrations
from trainer.cli.demo_evidence import learn
from trainer.cli.demo_honours import praise
from trainer.cli.demo_mentoring import train
from trainer.cli.demo_people import LOGINS
from trainer.cli.demo_plans import assign_courses
from trainer.cli.demo_staff import PASSWORD
from trainer.cli.demo_staff import SETUP
from trainer.cli.demo_staff import open_accounts
from trainer.cli.demo_staff import people_by_login
from trainer.cli.demo_staff import settle
from trainer.cli.installation import settings_of
from trainer.cli.serve import run
from trainer.cli.starter import starter_files
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.clock import now
from trainer.core.errors import TrainerError
from trainer.courses import service as courses
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.duties import RuleText
from trainer.kit import db
from trainer.kit.index import Store
from trainer.kit.terminal import Installation
from trainer.kit.terminal import progress
from trainer.library import queries as library_queries
from trainer.library import service as library
from trainer.library.domain.pack import Report
from trainer.people import queries as people_queries
from trainer.people.domain.roles import ROLE_NAMES
from trainer.people.domain.roles import Role
from trainer.search import service as search

MARK = "DEMO"


@click.command()
@click.option("--port", default=8000, show_default=True, help="0 由系统挑选")
@click.option("--no-serve", is_flag=True, help="只建数据,不启动网站")
@click.pass_obj
@click.pass_context
def demo(ctx: click.Context, site: Installation, port: int, *, no_serve: bool) -> None:
    """建一个装好示例内容和演示账号的网站并启动。"""
    report = build(site, at=now())
    click.echo(
        f"示例内容：新增 {report.approved} 篇版本，未变 {report.unchanged} 篇版本"
    )
    click.echo("演示账号（均为虚构，密码都是 " + PASSWORD + "）：")
    for login in LOGINS:
        roles = "、".join(ROLE_NAMES[role] for role in Role if role in login.roles)
        click.echo(f"  {login.login:<11}{login.name}  {roles}")
    if not no_serve:
        run(settings_of(ctx), site.engine, port)


def build(site: Installation, *, at: datetime) -> Report:
    """Fill a demo installation; doing it again changes nothing."""
    migrations.upgrade(site.engine)
    with db.reading(site.engine) as session:
        _must_be_demo(session, site.data)
    (site.data / MARK).touch()
    with db.reading(site.engine) as session:
        known = library_queries.known(session, reader=SETUP)
    pack = library.open_pack(starter_files(), known, steps=progress)
    with db.writing(site.engine) as session:
        people = open_accounts(session, at=at)
        report = library.take_in(
            session,
            pack,
            "演示首次建库",
            approver=people["approver"].actor(),
            by=people["editor"].actor(),
            at=at,
            steps=progress,
        )
        settle(session, at=at)
        _oblige(session, by=people["editor"].actor(), at=at)
    with db.writing(site.engine) as session:
        learn(session, people_by_login(session), at=at)
        assign_courses(session, people_by_login(session), at=at)
        train(session, people_by_login(session), at=at)
    with db.writing(site.engine) as session:
        praise(session, people_by_login(session), at=at)
    with db.reading(site.engine) as session:
        search.rebuild(session, Store(site.index))
    return report


def _oblige(session: Session, *, by: Actor, at: datetime) -> None:
    """Let who handles withdrawals read what changed in them."""
    lines = frozenset({"withdraw"})
    text = RuleText(
        name="办提取的都要读",
        audience=Audience(lines=lines),
        topics=lines,
        since=day_of(at),
    )
    courses.make_rule(session, text, "demo", by=by, at=at)


def _must_be_demo(session: Session, data: Path) -> None:
    if not (data / MARK).exists() and people_queries.everybody(session, reader=SETUP):
        raise TrainerError(
            f"{data} 里已有正式账号，不能变成演示站点；请用 --data 指定另一个目录"
        )
