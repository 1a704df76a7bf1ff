"""``trainer audit``: prove, archive, anchor."""

from __future__ import annotations

import json
from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import click

from trainer.audit import queries
from trainer.audit import service
from trainer.audit.domain.anchor import Anchor
from trainer.audit.domain.chain import FAULT_NAMES
from trainer.audit.domain.chain import FaultKind
from trainer.audit.domain.proof import Proof
from trainer.core.clock import day_of
from trainer.core.clock import now
from trainer.kit import db
from trainer.kit.terminal import EXIT_WRONG
from trainer.kit.terminal import Installation
from trainer.kit.terminal import advancing

CONSOLE = 0
"""Who acts: the command line, which is nobody in particular."""

FILE = click.Path(path_type=Path, dir_okay=False)
THERE = click.Path(path_type=Path, dir_okay=False, exists=True)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def audit() -> None:
    """操作记录:核对、归档、存底。"""


@audit.command()
@click.argument("path", metavar="[FILE]", type=THERE, required=False)
@click.option("--anchor", "kept", type=THERE, help="改用另处保管的存底文件核对")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
@click.pass_context
def verify(
    ctx: click.Context,
    site: Installation,
    path: Path | None,
    kept: Path | None,
    *,
    as_json: bool,
) -> None:
    """从头到尾核对操作记录(给 FILE 时核对归档文件);对不上时退出码为 1。"""
    known = None
    if path is None:
        known = service.read_anchor(kept or _anchor_file(site))
        proof = _prove(site, known)
        if known is None:
            click.echo("还没有存底，这一次看不出末尾有没有被删；现在存底", err=True)
    else:
        proof = _prove_archive(path, site)
    if as_json:
        click.echo(json.dumps(_told(proof, known)))
    else:
        _show(proof)
    if proof.fault is not None:
        ctx.exit(EXIT_WRONG)
    if path is None:
        _keep(site)


@audit.command()
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--before", type=DAY, help="归档这一天之前的;默认按设置 audit_keep_days")
@click.pass_obj
def archive(site: Installation, path: Path, before: datetime | None) -> None:
    """把早先的操作记录写进 FILE(逐行 JSON,gzip 压缩),再从数据库里移走。

    至少留 183 天;中断了再运行一次即可,什么也不会丢。
    """
    at = now()
    _keep(site)  # refuses where the tail is cut
    day = before.date() if before else _oldest_kept(at, site.audit_keep_days)
    if left := _remove(site):
        click.echo(f"先移走了上次归档剩下的 {left} 条")
    with db.reading(site.engine) as session:
        last = service.end_of_archive(session, day, at=at)
        first, _ = queries.span(session)
    if last is None:
        click.echo(f"没有 {day} 之前的操作记录，不用归档")
        return
    with advancing(last.number - first + 1, "写入") as tell:
        head = service.write_archive(site.engine, path, last, tell=tell)
    with db.writing(site.engine) as session:
        service.seal_archive(session, head, last, by=CONSOLE, at=at)
    _remove(site)
    _keep(site)
    click.echo(f"已归档 {head.entries} 条（到第 {last.number} 条）到 {path}")
    click.echo("请把这个文件拷到别处保管；核对它：trainer audit verify 文件", err=True)


@audit.command()
@click.option("--reset", is_flag=True, help="恢复旧备份后,丢掉旧存底,按现状重新存底")
@click.option("--yes", is_flag=True, help="不再询问")
@click.pass_obj
def anchor(site: Installation, *, reset: bool, yes: bool) -> None:
    """存底,并显示最后一条的编号和校验值,供抄到别处。"""
    if reset:
        if not yes:
            words = "只有恢复过旧备份才该重新存底，此事会记入操作记录，确定?"
            click.confirm(words, abort=True)
        with db.writing(site.engine) as session:
            service.reset_anchor(session, _anchor_file(site), by=CONSOLE, at=now())
    kept = _keep(site, anew=reset)
    if kept is None:
        click.echo("还没有操作记录，不用存底")
    else:
        click.echo(f"第 {kept.link.number} 条 {kept.link.hash}")


def _anchor_file(site: Installation) -> Path:
    return site.data / service.ANCHOR_FILE


def _keep(site: Installation, *, anew: bool = False) -> Anchor | None:
    with db.reading(site.engine) as session:
        return service.keep_anchor(session, _anchor_file(site), anew=anew)


def _oldest_kept(at: datetime, days: int) -> date:
    return day_of(at) - timedelta(days)


def _remove(site: Installation) -> int:
    """Remove what an archive holds, a little at a time; gives how many."""
    removed = 0
    while True:
        with db.writing(site.engine) as session:
            more = service.remove_archived(session)
        if not more:
            return removed
        removed += more


def _prove(site: Installation, kept: Anchor | None) -> Proof:
    with db.reading(site.engine) as session:
        first, last = queries.span(session)
    with advancing(last - first + 1, "核对") as tell:
        return service.prove(site.engine, kept.link if kept else None, tell=tell)


def _prove_archive(path: Path, site: Installation) -> Proof:
    with advancing(service.entries_in(path), "核对") as tell:
        proved = service.prove_archive(site.engine, path, tell=tell)
    if not proved.placed:
        click.echo(
            "数据库里已没有这次归档的记录，看不出文件开头有没有缺；"
            f"上一份归档应止于第 {proved.before.number} 条 {proved.before.hash}",
            err=True,
        )
    return proved.proof


def _show(proof: Proof) -> None:
    """Say what came of it."""
    if proof.fault is not None:
        click.echo(f"第 {proof.fault.number} 条：{FAULT_NAMES[proof.fault.kind]}")
        if proof.fault.kind is FaultKind.CHANGED and not proof.checked:
            click.echo("如果换过 secret_key，请把旧值写进设置 audit_secret", err=True)
    elif proof.checked:
        click.echo(
            f"第 {proof.first} 至 {proof.last.number} 条，共 {proof.checked} 条，"
            f"全部对得上；最后一条 {proof.last.hash}"
        )
    else:
        click.echo("还没有操作记录")


def _told(proof: Proof, kept: Anchor | None) -> dict[str, object]:
    """Give what ``--json`` prints."""
    fault = proof.fault
    return {
        "ok": fault is None,
        "checked": proof.checked,
        "first": proof.first,
        "last": proof.last.number,
        "hash": proof.last.hash,
        "bad": fault.number if fault else None,
        "problem": fault.kind if fault else None,
        "anchor": kept.link.number if kept else None,
    }
