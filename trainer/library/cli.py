"""``trainer content``: check, import, export, count."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.clock import now
from trainer.core.errors import TrainerError
from trainer.kit import db
from trainer.kit.files import read_folder
from trainer.kit.files import write_folder
from trainer.kit.terminal import EXIT_WRONG
from trainer.kit.terminal import Installation
from trainer.library import service
from trainer.library.domain import ENDINGS
from trainer.library.domain import PackError
from trainer.people import queries as people
from trainer.publishing import queries as publishing

CONSOLE = Actor(0, "命令行", frozenset(Permission))
FOLDER = click.Path(path_type=Path)


@click.group()
def content() -> None:
    """内容包:检查、导入、导出、统计。"""


@content.command()
@click.argument("path", type=FOLDER)
@click.pass_context
def check(ctx: click.Context, path: Path) -> None:
    """检查 PATH 里的文件;有错时逐条列出文件和行号,退出码为 1。"""
    files = read_folder(path, ENDINGS)
    findings = service.check_pack(files)
    for finding in findings:
        click.echo(str(finding))
    click.echo(f"检查了 {len(files)} 个文件，{len(findings)} 处要改", err=True)
    if findings:
        ctx.exit(EXIT_WRONG)


@content.command("import")
@click.argument("path", type=FOLDER)
@click.option("--by", "login", help="起草人工号,默认命令行")
@click.option("--approve-as", "approver", help="由此审批人(工号)直接批准生效")
@click.option("--reason", default="内容包导入", show_default=True, help="批准理由")
@click.pass_obj
@click.pass_context
def import_(
    ctx: click.Context,
    site: Installation,
    path: Path,
    login: str | None,
    approver: str | None,
    reason: str,
) -> None:
    """导入 PATH,默认成为草稿;全部成功或完全不动,可重复执行。"""
    files = read_folder(path, ENDINGS)
    with db.writing(site.engine) as session:
        by = _actor(session, login) if login else CONSOLE
        approving = _actor(session, approver) if approver else None
        command = service.Importing(files, reason, approving)
        try:
            report = service.import_pack(session, command, by=by, at=now())
        except PackError as error:
            for finding in error.findings:
                click.echo(str(finding))
            click.echo(error.message, err=True)
            ctx.exit(EXIT_WRONG)
    click.echo(
        f"新增 {report.drafts} 篇（批准 {report.approved} 篇），"
        f"未变 {report.unchanged} 篇"
    )


@content.command()
@click.argument("path", type=FOLDER)
@click.pass_obj
def export(site: Installation, path: Path) -> None:
    """把全部已批准内容写到目录 PATH,与导入时逐字节相同。"""
    with db.reading(site.engine) as session:
        files = list(service.export_pack(session, reader=CONSOLE))
    write_folder(path, files)
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


def _actor(session: Session, login: str) -> Actor:
    found = people.person_by_login(session, login, reader=CONSOLE)
    if found is None or not found.active:
        raise TrainerError(f"没有工号 {login}，或账号已停用")
    return found.actor()
