"""``trainer people``: the first account, and the way back in when all are locked."""

from __future__ import annotations

import click

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import now
from trainer.core.errors import NotFoundError
from trainer.kit import db
from trainer.kit.terminal import Installation
from trainer.people import queries
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


@people.command()
@click.argument("login", default="")
@click.option("--address", default="", help="解除这个网络地址的锁定")
@click.pass_obj
def unlock(site: Installation, login: str, address: str) -> None:
    """解除账号 LOGIN(工号)的锁定和久未登录的暂停,或一个网络地址的锁定。"""
    if not (login or address):
        raise click.UsageError("请写工号，或用 --address 写网络地址")
    at = now()
    with db.writing(site.engine) as session:
        if address:
            service.release_address(session, address, by=CONSOLE, at=at)
        if login:
            person = queries.person_by_login(session, login, reader=CONSOLE)
            if person is None:
                raise NotFoundError(f"没有工号 {login} 的账号")
            service.release_lock(session, person.id, by=CONSOLE, at=at)
            service.open_unused(session, person.id, by=CONSOLE, at=at)
    click.echo("已解除；停用的账号仍须由管理员在网页上启用")
