"""``trainer people retire``: particulars of who has left are not kept for ever."""

from __future__ import annotations

import click

from trainer.cli.installation import settings_of
from trainer.core.clock import now
from trainer.kit import db
from trainer.kit.terminal import Installation
from trainer.people import queries
from trainer.people import service
from trainer.people.cli import CONSOLE
from trainer.people.domain.erasing import Why


@click.command()
@click.option("--dry-run", is_flag=True, help="只列出,不注销")
@click.pass_obj
@click.pass_context
def retire(ctx: click.Context, site: Installation, *, dry_run: bool) -> None:
    """注销离开已满保存期限的人员资料(不能撤销);统计保留。"""
    days, at = settings_of(ctx).keep_people_days, now()
    with db.writing(site.engine) as session:
        over = queries.kept_too_long(session, at, days=days, reader=CONSOLE)
        for person in over:
            click.echo(f"{person.login}\t{person.name}")
            if not dry_run:
                service.erase_person(session, person.id, Why.OVER, by=CONSOLE, at=at)
    told = "将注销" if dry_run else "已注销"
    click.echo(f"离开满 {days} 天：{told} {len(over)} 人")
