"""``trainer competence`` on a site: cache, calibration, why a figure is what it is."""

from __future__ import annotations

from datetime import datetime

import click

from trainer.competence import queries
from trainer.competence import service
from trainer.competence.service import KEEPER
from trainer.core.clock import day_of
from trainer.core.clock import now
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit import db
from trainer.kit.terminal import Installation
from trainer.people import queries as people
from trainer.people.cli import CONSOLE
from trainer.people.service import note_look

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.pass_obj
def rebuild(site: Installation) -> None:
    """从全部记录重算每个人的能力缓存。"""
    with db.writing(site.engine) as session:
        count = service.rebuild(session, at=now())
    click.echo(f"已重算 {count} 人")


@click.command()
@click.pass_obj
def calibrate(site: Installation) -> None:
    """用全部记录重新校准题目难度,并重算缓存。"""
    at = now()
    with db.writing(site.engine) as session:
        facts = service.calibrate(session, by=CONSOLE, at=at)
        count = service.rebuild(session, at=at)
    click.echo(f"用了 {facts} 条记录；已重算 {count} 人。过去各天的数不变")


@click.command()
@click.argument("login")
@click.argument("code", metavar="COMPETENCY")
@click.option("--on", type=DAY, help="哪一天,默认今天")
@click.pass_obj
def explain(site: Installation, login: str, code: str, on: datetime | None) -> None:
    """说明工号 LOGIN 的 COMPETENCY(如 P5)为什么是这个数。会留下查看记录。"""
    at = now()
    today = day_of(at)
    with db.writing(site.engine) as session:
        person = people.person_by_login(session, login, reader=CONSOLE)
        if person is None:
            raise NotFoundError(N_("没有工号 {login}", login=login))
        note_look(session, person.id, by=CONSOLE, at=at)
        day = on.date() if on else today
        found = queries.why(session, person.id, code, day, today, reader=KEEPER)
    for line in queries.told(found):
        click.echo(line)
