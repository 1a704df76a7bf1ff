"""``trainer doctor``: is this installation healthy?"""

from __future__ import annotations

import sys
from collections.abc import Callable
from collections.abc import Iterator

import click
from sqlalchemy.exc import DBAPIError

from trainer import migrations
from trainer.audit import service as audit
from trainer.cli.installation import settings_of
from trainer.cli.jobs import server_of
from trainer.core.errors import TrainerError
from trainer.courses.queries.consistency import contradictions
from trainer.kit import db
from trainer.kit.index import Searcher
from trainer.kit.terminal import EXIT_WRONG
from trainer.kit.terminal import Installation
from trainer.notices.service import Post
from trainer.search import service as search
from trainer.settings import Settings

SHOWN = 5
"""Records that are named when some do not agree."""


@click.command()
@click.pass_obj
@click.pass_context
def doctor(ctx: click.Context, site: Installation) -> None:
    """体检:数据目录、数据库版本、索引与数据库是否一致。"""
    healthy = True
    for name, check in _checks(settings_of(ctx), site):
        try:
            click.echo(f"[正常] {name}：{check()}")
        except TrainerError as error:
            healthy = False
            click.echo(f"[异常] {name}：{error.message}")
        except DBAPIError as error:
            healthy = False
            click.echo(f"[异常] {name}：数据库用不了（{error.orig}）")
    if not healthy:
        ctx.exit(EXIT_WRONG)


def _checks(
    settings: Settings, site: Installation
) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "Python", lambda: sys.version.split()[0]
    # Settings would have refused a directory that others can read.
    yield "数据目录", lambda: str(site.data)
    yield "数据库", lambda: _schema(site)
    yield "搜索索引", lambda: _index(site)
    yield "操作记录", lambda: _audit(site)
    yield "学习记录", lambda: _learning(site)
    yield "邮件", lambda: _mail(settings)


def _schema(site: Installation) -> str:
    migrations.must_be_current(site.engine)
    return migrations.head()


def _index(site: Installation) -> str:
    searcher = Searcher(site.index)
    with db.reading(site.engine) as session:
        wrong = search.differences(session, searcher.keys())
    if wrong:
        raise TrainerError(
            f"有 {len(wrong)} 条与数据库不一致；请运行 trainer index rebuild"
        )
    return f"{searcher.count} 条，与数据库一致"


def _learning(site: Installation) -> str:
    """Compare what was read and signed with the texts it is about."""
    with db.reading(site.engine) as session:
        wrong = contradictions(session)
    if wrong:
        shown = "、".join(wrong[:SHOWN])
        raise TrainerError(
            f"有 {len(wrong)} 条和内容对不上：{shown}；先停用站点，再从备份核对这些记录"
        )
    return "读过的、签过的都和内容对得上"


def _audit(site: Installation) -> str:
    """Look at the end only; ``trainer audit verify`` goes through all of it."""
    with db.reading(site.engine) as session:
        anchor = audit.keep_anchor(session, site.data / audit.ANCHOR_FILE)
    return f"末尾与存底一致，到第 {anchor.link.number} 条" if anchor else "还没有"


def _mail(settings: Settings) -> str:
    """Connect to the mail server, and hand in nothing."""
    if not settings.mail_host:
        return "没有设置，不发邮件"
    with Post(server_of(settings, lambda _page, _values: settings.site_url)):
        return f"{settings.mail_host} 连得上"
