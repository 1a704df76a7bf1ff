"""``trainer content``: check, import, export, count."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import Engine

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.clock import now
from trainer.core.errors import TrainerError
from trainer.kit import db
from trainer.kit.files import TextFile
from trainer.kit.files import read_folder
from trainer.kit.files import write_folder
from trainer.kit.terminal import EXIT_WRONG
from trainer.kit.terminal import Installation
from trainer.kit.terminal import progress
from trainer.library import queries
from trainer.library import service
from trainer.library.domain.laws import LawDefaults
from trainer.library.domain.pack import ENDINGS
from trainer.library.domain.pack import Finding
from trainer.library.domain.pack import PackError
from trainer.library.domain.pack import Report
from trainer.people import queries as people
from trainer.publishing import queries as publishing

CONSOLE = Actor(0, "命令行", frozenset(Permission))
PATH = click.Path(path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def content() -> None:
    """内容包:检查、导入、导出、统计。"""


@content.command()
@click.argument("paths", metavar="PATH", type=PATH, nargs=-1, required=True)
@click.pass_obj
@click.pass_context
def check(ctx: click.Context, site: Installation, paths: tuple[Path, ...]) -> None:
    """检查 PATH(可写几个)里的文件;有错时逐条列出文件和行号,退出码为 1。

    引用可以指向同时检查的文件,也可以指向数据目录里已批准的内容。
    """
    files = _files(paths)
    known = service.NOTHING_KNOWN
    if db.is_set_up(site.engine):
        with db.reading(site.engine) as session:
            known = queries.known(session, reader=CONSOLE)
    findings = service.check_pack(files, known, steps=progress)
    _show(findings)
    click.echo(f"检查了 {len(files)} 个文件，{len(findings)} 处要改", err=True)
    if findings:
        ctx.exit(EXIT_WRONG)


@content.command("import")
@click.argument("paths", metavar="PATH", type=PATH, nargs=-1, required=True)
@click.option("--by", "login", help="起草人工号,默认命令行")
@click.option("--approve-as", "approver", help="由此审批人(工号)直接批准生效")
@click.option("--reason", default="内容包导入", show_default=True, help="批准理由")
@click.option("--line", default="service", show_default=True, help="法规原文归入的条线")
@click.option(
    "--owner", default="service-desk", show_default=True, help="法规原文归口的岗位"
)
@click.option(
    "--effective-from", "day", type=DAY, help="法规原文没有写明施行日时用这一天"
)
@click.pass_obj
@click.pass_context
def import_(  # noqa: PLR0913  (one parameter for each option)
    ctx: click.Context,
    site: Installation,
    *,
    paths: tuple[Path, ...],
    login: str | None,
    approver: str | None,
    reason: str,
    line: str,
    owner: str,
    day: datetime | None,
) -> None:
    """导入 PATH(可写几个),默认成为草稿;全部成功或完全不动,可重复执行。

    PATH 是内容包,题库和测验,或写有“第一条……”的法规原文(每条成为一节)。
    """
    by = _actor(site.engine, login) if login else CONSOLE
    approving = _actor(site.engine, approver) if approver else None
    defaults = LawDefaults(
        line=line, owner=owner, effective_from=day.date() if day else None
    )
    files = _files(paths)
    with db.reading(site.engine) as session:
        known = queries.known(session, reader=by)
    try:
        pack = service.open_pack(files, known, defaults=defaults, steps=progress)
    except PackError as error:
        _show(error.findings)
        click.echo(error.message, err=True)
        ctx.exit(EXIT_WRONG)
    with db.writing(site.engine) as session:
        report = service.take_in(
            session, pack, reason, approver=approving, by=by, at=now(), steps=progress
        )
    _tell(report)


@content.command()
@click.argument("path", type=PATH)
@click.pass_obj
def export(site: Installation, path: Path) -> None:
    """把全部已批准内容写到目录 PATH,与导入时逐字节相同。"""
    with db.reading(site.engine) as session:
        files = list(service.export_pack(session, reader=CONSOLE))
    write_folder(path, progress(files, "导出"))
    click.echo(f"已导出 {len(files)} 个文件到 {path}")


@content.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def stats(site: Installation, *, as_json: bool) -> None:
    """统计各类现行有效内容的篇数。"""
    with db.reading(site.engine) as session:
        held = publishing.in_force(session, day_of(now()), reader=CONSOLE)
    counts = dict(sorted(Counter(revision.kind for revision in held).items()))
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False))
        return
    for kind, count in counts.items():
        click.echo(f"{kind:<10}{count:>6}")


def _files(paths: Iterable[Path]) -> list[TextFile]:
    return [file for path in paths for file in read_folder(path, ENDINGS)]


def _show(findings: Iterable[Finding]) -> None:
    for finding in findings:
        click.echo(str(finding))


def _tell(report: Report) -> None:
    """Say what an import did."""
    click.echo(
        f"新增 {report.drafts} 篇（批准 {report.approved} 篇），"
        f"未变 {report.unchanged} 篇"
    )
    if report.laws:
        click.echo(f"其中法规原文 {report.laws} 部，共 {report.clauses} 条")
    if report.approved:
        click.echo(
            "运行中的网站会自动更新搜索；网站没有运行时，请执行 trainer index rebuild",
            err=True,
        )
    if report.assumed:
        click.echo(
            f"有 {len(report.assumed)} 部没有写明现行文本的施行日，"
            "暂用公布或修正日，请逐部核实后更正：",
            err=True,
        )
        for path in report.assumed:
            click.echo(f"  {path}", err=True)


def _actor(engine: Engine, login: str) -> Actor:
    with db.reading(engine) as session:
        found = people.person_by_login(session, login, reader=CONSOLE)
    if found is None or not found.active:
        raise TrainerError(f"没有工号 {login}，或账号已停用")
    return found.actor()
