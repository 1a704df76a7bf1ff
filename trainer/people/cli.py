"""``trainer people``: the first account of an installation."""

from __future__ import annotations

import click

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import now
from trainer.kit import db
from trainer.kit.terminal import Installation
from trainer.people import service
from trainer.people.domain.accounts import Account
from trainer.people.domain.roles import ROLE_NAMES
from trainer.people.domain.roles import Role

CONSOLE = Actor(0, "命令行", frozenset({Permission.ADMINISTER}))


@click.group()
def people() -> None:
    """账号。"""


@people.command()
@click.argument("login")
@click.option("--name", required=True, help="姓名")
@click.option(
    "--role",
    "roles",
    type=click.Choice([role.value for role in Role]),
    multiple=True,
    required=True,
    help="、".join(f"{role} {name}" for role, name in ROLE_NAMES.items()),
)
@click.password_option(help="初始密码,首次登录须修改")
@click.pass_obj
def add(
    site: Installation, login: str, name: str, roles: tuple[str, ...], password: str
) -> None:
    """新建账号 LOGIN(工号),例如第一个系统管理员。"""
    account = Account(login=login, name=name, roles=frozenset(map(Role, roles)))
    with db.writing(site.engine) as session:
        person = service.add_person(session, account, password, by=CONSOLE, at=now())
    click.echo(f"已新建账号 {person.login}（{person.name}），首次登录须修改密码")
