"""The jobs of this installation, and ``trainer worker``, which does nothing else."""

from __future__ import annotations

import signal
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Event
from urllib.parse import urlsplit

import click
from flask import Flask
from sqlalchemy import Engine

from trainer import features
from trainer.app import create_app
from trainer.cli.installation import settings_of
from trainer.core import clock
from trainer.core.clock import day_of
from trainer.kit import db
from trainer.kit.jobs import Job
from trainer.kit.jobs import Worker
from trainer.kit.jobs import open_queue
from trainer.kit.terminal import Installation
from trainer.notices import queries
from trainer.notices import service
from trainer.notices.domain.calendar import may_send
from trainer.notices.domain.calendar import read_hours
from trainer.notices.domain.mailing import Links
from trainer.notices.service import Rules
from trainer.notices.service import Server
from trainer.settings import Settings

DIGEST = "notices.digest"


@dataclass(frozen=True, slots=True)
class Digest:
    """Tells everybody what there is to tell, and sends the mails of the day."""

    engine: Engine
    rules: Rules
    server: Server
    links: Links

    def key_now(self, at: datetime) -> str:
        """Give the day, when people may be told now."""
        with db.reading(self.engine) as session:
            days = queries.calendar(session)
        return day_of(at).isoformat() if may_send(at, days, self.rules.quiet) else ""

    def run(self, key: str, at: datetime) -> None:
        """Do it for today; a day that is over is part of the next one."""
        if key == day_of(at).isoformat() and self.key_now(at):
            self.send(clock.now)

    def send(self, now: Callable[[], datetime]) -> tuple[int, int]:
        """Tell and send, whatever the hour; gives how many people, how many mails."""
        told = service.tell(self.engine, features.TASKS, self.rules, at=now())
        if not self.server.host:
            return told, 0
        return told, service.send_mails(self.engine, self.server, self.links, now)


def digest_of(settings: Settings, engine: Engine, app: Flask) -> Digest:
    """Put together what tells and mails, for one installation."""
    rules = Rules(
        quiet=read_hours(settings.quiet_hours), escalate_after=settings.escalate_after
    )
    links = partial(_link, app, settings.site_url)
    return Digest(engine, rules, server_of(settings, links), links)


def server_of(settings: Settings, links: Links) -> Server:
    """Give the mail server that the settings name."""
    return Server(
        host=settings.mail_host,
        port=settings.mail_port,
        security=settings.mail_security,
        user=settings.mail_user,
        password=settings.mail_password,
        sender=settings.mail_from,
        site=settings.site_name,
        home=links("notices.settings", {}),
    )


def jobs_of(settings: Settings, engine: Engine, app: Flask) -> tuple[Job, ...]:
    """Give every job of an installation; ``features.JOB_NAMES`` says their names."""
    digest = digest_of(settings, engine, app)
    return (Job(name=DIGEST, run=digest.run, key_now=digest.key_now),)


def worker_of(settings: Settings, engine: Engine, app: Flask) -> Worker:
    """Give a worker for these jobs, not begun yet."""
    queue = open_queue(settings.jobs_queue, settings.data)
    return Worker(queue, engine, jobs_of(settings, engine, app), clock.now)


@click.command()
@click.pass_obj
@click.pass_context
def worker(ctx: click.Context, site: Installation) -> None:
    """只做后台任务(通知、邮件),不开网站;按 Ctrl-C 停。"""
    settings = settings_of(ctx)
    stopped = Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    signal.signal(signal.SIGINT, lambda *_: stopped.set())
    with worker_of(settings, site.engine, create_app(settings, site.engine)):
        click.echo("后台已启动（Ctrl-C 停止）")
        stopped.wait()
    click.echo("已停止")


@click.group()
def notices() -> None:
    """通知和邮件。"""


@notices.command()
@click.option("--anyway", is_flag=True, help="假日和免打扰时间也发")
@click.pass_obj
@click.pass_context
def send(ctx: click.Context, site: Installation, *, anyway: bool) -> None:
    """现在就发今天的通知和邮件;每件事只说一次,每人一天最多一封。"""
    settings = settings_of(ctx)
    digest = digest_of(settings, site.engine, create_app(settings, site.engine))
    if not (anyway or digest.key_now(clock.now())):
        click.echo("现在是假日或免打扰时间，没有发")
        return
    told, sent = digest.send(clock.now)
    click.echo(f"有事要说的 {told} 人；发出邮件 {sent} 封")


def _link(app: Flask, site: str, endpoint: str, values: Mapping[str, str | int]) -> str:
    """Give the whole address of a page; without ``site_url`` it is a local one."""
    parts = urlsplit(site)
    urls = app.url_map.bind(
        parts.netloc or "localhost",
        script_name=parts.path.rstrip("/") or "/",
        url_scheme=parts.scheme or "http",
    )
    return urls.build(endpoint, dict(values), force_external=True)
