"""From ``--data`` to an installation: settings read, database opened."""

from __future__ import annotations

from pathlib import Path

import click

from trainer import settings
from trainer.kit import db
from trainer.kit.terminal import Installation


def _open(ctx: click.Context, _param: click.Parameter, data: Path) -> None:
    read = settings.load(data)
    ctx.meta["trainer.settings"] = read
    ctx.obj = Installation(read.data, read.index, db.open_engine(read.database_url))
    ctx.call_on_close(ctx.obj.engine.dispose)


DATA = click.Option(
    ["--data"],
    type=click.Path(path_type=Path, file_okay=False),
    envvar="TRAINER_DATA",
    default=Path("var"),
    show_default=True,
    show_envvar=True,
    help="数据目录",
    expose_value=False,
    is_eager=True,
    callback=_open,
)


def settings_of(ctx: click.Context) -> settings.Settings:
    """Give the settings that ``--data`` has read."""
    found = ctx.meta["trainer.settings"]
    if not isinstance(found, settings.Settings):
        raise TypeError("--data was not read")
    return found
