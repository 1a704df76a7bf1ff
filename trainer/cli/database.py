"""``trainer db``: the steps of the database schema."""

from __future__ import annotations

import click

from trainer import migrations
from trainer.kit.terminal import Installation


@click.group()
def db() -> None:
    """数据库结构:升级、退回、查看。"""


@db.command()
@click.option("--to", default="head", show_default=True, help="目标版本")
@click.pass_obj
def upgrade(site: Installation, to: str) -> None:
    """升级到最新(或指定)版本,一次完成或完全不动。"""
    migrations.upgrade(site.engine, to)
    click.echo(migrations.current(site.engine))


@db.command()
@click.option("--to", default="-1", show_default=True, help="目标版本,base 为清空")
@click.confirmation_option(prompt="退回会丢失新版本才有的数据,确定?")
@click.pass_obj
def downgrade(site: Installation, to: str) -> None:
    """退回一个(或到指定)版本。"""
    migrations.downgrade(site.engine, to)
    click.echo(migrations.current(site.engine) or "空")


@db.command()
@click.pass_obj
def current(site: Installation) -> None:
    """显示数据库所在版本。"""
    click.echo(
        f"{migrations.current(site.engine) or '空'}(程序需要 {migrations.head()})"
    )
