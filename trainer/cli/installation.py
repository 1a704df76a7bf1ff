"""From ``--data`` to an installation: settings read, database opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from trainer import migrations
from trainer import settings
from trainer.kit import db
from trainer.kit.terminal import Installation

Callback = Callable[[click.Context, click.Parameter, Path], None]


def _open(ctx: click.Context, _param: click.Parameter, data: Path) -> None:
    read = settings.load(data)
    ctx.meta["trainer.settings"] = read
    engine = db.open_engine(read.database_url, read.audit_secret or read.secret_key)
    ctx.obj = Installation(
        read.data, read.index, engine, read.home_city, read.audit_keep_days
    )
    ctx.call_on_close(ctx.obj.engine.dispose)


def _open_ready(ctx: click.Context, param: click.Parameter, data: Path) -> None:
    _open(ctx, param, data)
    try:
        migrations.must_be_current(ctx.obj.engine)
    finally:
        # A wrong option ends the command here, before anybody would close it.
        ctx.obj.engine.dispose()


def _data_option(callback: Callback) -> click.Option:
    return click.Option(
        ["--data"],
        type=click.Path(path_type=Path, file_okay=False),
        envvar="TRAINER_DATA",
        default=Path("var"),
        show_default=True,
        show_envvar=True,
        help="数据目录",
        expose_value=False,
        is_eager=True,
        callback=callback,
    )


ANY_DATA = _data_option(_open)
"""For commands that need no database, or take any."""

READY_DATA = _data_option(_open_ready)
"""For commands that need a database made for this program."""


def settings_of(ctx: click.Context) -> settings.Settings:
    """Give the settings that ``--data`` has read."""
    found = ctx.meta["trainer.settings"]
    if not isinstance(found, settings.Settings):
        raise TypeError("--data was not read")
    return found
