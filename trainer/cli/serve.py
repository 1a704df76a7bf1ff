"""``trainer serve``: the site in one process."""

from __future__ import annotations

import socket
from contextlib import closing
from contextlib import suppress

import click
from sqlalchemy import Engine
from waitress.server import create_server

from trainer.app import create_app
from trainer.audit.service import ANCHOR_FILE
from trainer.audit.service import AnchorKeeper
from trainer.cli.installation import settings_of
from trainer.core.errors import TrainerError
from trainer.kit.terminal import Installation
from trainer.search.service import Indexer
from trainer.settings import Settings

THREADS = 8


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, help="0 由系统挑选")
@click.pass_obj
@click.pass_context
def serve(ctx: click.Context, site: Installation, host: str, port: int) -> None:
    """启动网站。"""
    run(settings_of(ctx), site.engine, port, host)


def run(settings: Settings, engine: Engine, port: int, host: str = "127.0.0.1") -> None:
    """Serve until interrupted; index and anchor are kept up to date beside."""
    app = create_app(settings, engine)
    listening = _listen(host, port)
    server = create_server(app, sockets=[listening], threads=THREADS, ident=None)
    indexer = Indexer(engine, settings.index, app.extensions["searcher"])
    app.extensions["findable"] = indexer.has_caught_up
    anchor = AnchorKeeper(engine, settings.data / ANCHOR_FILE)
    with indexer, app.extensions["logbook"], anchor, closing(server):
        with suppress(KeyboardInterrupt):
            click.echo(
                f"网站已启动：http://{host}:{listening.getsockname()[1]}/"
                "  （Ctrl-C 停止）"
            )
            server.run()
        click.echo("已停止")


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise TrainerError(
            f"端口 {port} 用不了（{error.strerror}）；请用 --port 换一个，0 由系统挑选"
        ) from error
