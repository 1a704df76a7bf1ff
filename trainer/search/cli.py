"""``trainer search`` and ``trainer index``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import click

from trainer.core.actor import READER
from trainer.core.clock import day_of
from trainer.core.clock import now
from trainer.kit import db
from trainer.kit.index import Searcher
from trainer.kit.index import Store
from trainer.kit.terminal import EXIT_WRONG
from trainer.kit.terminal import Installation
from trainer.search import queries
from trainer.search import service
from trainer.search.domain.results import Asked
from trainer.search.domain.results import Results
from trainer.search.domain.results import described

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("query")
@click.option("--on", type=DAY, help="业务日期,默认今天")
@click.option("--limit", type=click.IntRange(1, 50), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
@click.pass_context
def search(
    ctx: click.Context,
    site: Installation,
    query: str,
    on: datetime | None,
    limit: int,
    *,
    as_json: bool,
) -> None:
    """查 QUERY 在业务日期的答案。没有结果时退出码为 1。"""
    day = on.date() if on else day_of(now())
    asked = Asked(words=query, on=day, limit=limit)
    with db.reading(site.engine) as session:
        results = queries.search(
            session,
            Searcher(site.index),
            asked,
            reader=READER,
            home_city=site.home_city,
        )
    if as_json:
        rows = [described(found) for found in results.found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for found in results.found:
            click.echo(
                f"{found.rank:>2}. {found.title}（{found.status}）\n    {found.answer}"
            )
    for remark in _remarks(results):
        click.echo(remark, err=True)
    if not results.found:
        ctx.exit(EXIT_WRONG)


@click.group()
def index() -> None:
    """搜索索引:重建、核对。"""


@index.command("rebuild")
@click.pass_obj
def rebuild(site: Installation) -> None:
    """在旁边重建索引,建好后换上。"""
    with db.reading(site.engine) as session:
        count = service.rebuild(session, Store(site.index))
    click.echo(f"已重建 {count} 条")


@index.command("check")
@click.pass_obj
@click.pass_context
def check(ctx: click.Context, site: Installation) -> None:
    """核对索引与数据库是否一致;不一致时退出码为 1。"""
    with db.reading(site.engine) as session:
        wrong = service.differences(session, Searcher(site.index).keys())
    for key in wrong:
        click.echo(key)
    click.echo(f"不一致 {len(wrong)} 条", err=True)
    if wrong:
        ctx.exit(EXIT_WRONG)


def _remarks(results: Results) -> Iterator[str]:
    """Give what a person should know about how the answer came about."""
    if results.other_places:
        places = "、".join(results.other_places)
        yield f"问题里提到{places}：额度等标准各地不同，请以当地公积金中心为准"
    if results.suggestion:
        yield f"已按“{results.suggestion}”查找"
    if results.nearby:
        yield f"您是不是要找：{'、'.join(results.nearby)}"
    if results.clarify:
        options = "、".join(option.label for option in results.clarify[0].options)
        yield f"问题里没有业务词，请补充{results.clarify[0].about}：{options}"
    if results.degraded:
        yield "搜索索引不可用，由数据库直接应答，结果可能不全；请运行 index rebuild"
