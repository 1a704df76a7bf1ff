"""``trainer serve``: the site in one process."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager
from contextlib import ExitStack
from contextlib import closing
from contextlib import suppress

import click
from flask import Flask
from sqlalchemy import Engine
from waitress.server import create_server

from trainer.app import create_app
from trainer.audit.service import ANCHOR_FILE
from trainer.audit.service import AnchorKeeper
from trainer.checklists.service import forget_clerks
from trainer.cli.installation import settings_of
from trainer.cli.jobs import worker_of
from trainer.competence import service as competence
from trainer.core import clock
from trainer.core.errors import TrainerError
from trainer.kit import db
from trainer.kit.terminal import Installation
from trainer.notices.service import forget_addresses
from trainer.people import queries as people
from trainer.people.service import Housekeeper
from trainer.people.service import SetupCode
from trainer.quizzes.service import Sweeper
from trainer.search.service import Indexer
from trainer.settings import Settings

THREADS = 8


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, help="0 由系统挑选")
@click.option("--no-worker", is_flag=True, help="后台任务由 trainer worker 另做")
@click.pass_obj
@click.pass_context
def serve(
    ctx: click.Context, site: Installation, host: str, port: int, *, no_worker: bool
) -> None:
    """启动网站。"""
    run(settings_of(ctx), site.engine, port, host, works=not no_worker)


def run(
    settings: Settings,
    engine: Engine,
    port: int,
    host: str = "127.0.0.1",
    *,
    works: bool = True,
) -> None:
    """Serve until interrupted; index, anchor, house and jobs are looked after beside.

    Args:
        settings: Those of the installation.
        engine: Its database.
        port: Where to listen; 0 lets the system choose.
        host: The address to listen on.
        works: Whether jobs are done in this process.
    """
    app = create_app(settings, engine)
    listening = _listen(host, port)
    # No trusted_proxy: the application itself weighs who says what, and for that it
    # must see the direct peer and what he forwards as they are.
    server = create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        ident=None,
        clear_untrusted_proxy_headers=False,
    )
    with ExitStack() as running, closing(server):
        for each in _beside(settings, engine, app, works=works):
            running.enter_context(each)
        with suppress(KeyboardInterrupt):
            _tell_setup_code(settings, engine)
            click.echo(
                f"网站已启动：http://{host}:{listening.getsockname()[1]}/"
                "  （Ctrl-C 停止）"
            )
            server.run()
        click.echo("已停止")


def _beside(
    settings: Settings, engine: Engine, app: Flask, *, works: bool
) -> Iterator[AbstractContextManager[object]]:
    """Give what runs beside the pages."""
    indexer = Indexer(engine, settings.index, app.extensions["searcher"])
    app.extensions["findable"] = indexer.has_caught_up
    yield indexer
    yield app.extensions["logbook"]
    yield AnchorKeeper(engine, settings.data / ANCHOR_FILE)
    yield Housekeeper(engine, clock.now, forget_clerks, forget_addresses)
    yield Sweeper(engine, clock.now)
    yield competence.Sweeper(engine, clock.now)
    if works:
        yield worker_of(settings, engine, app)


def _tell_setup_code(settings: Settings, engine: Engine) -> None:
    """Tell whoever started a site without accounts how to make the first one."""
    with db.reading(engine) as session:
        if people.anybody(session):
            return
    code = SetupCode(settings.setup_code).made()
    click.echo(f"还没有账号：请用浏览器打开网站，按提示输入设置码 {code}", err=True)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise TrainerError(
            f"端口 {port} 用不了（{error.strerror}）；请用 --port 换一个，0 由系统挑选"
        ) from error
