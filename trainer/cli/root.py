"""The group of all commands; each takes ``--data``."""

from __future__ import annotations

from typing import Any

import click

from trainer.cli.database import db
from trainer.cli.demo import demo
from trainer.cli.doctor import doctor
from trainer.cli.installation import DATA
from trainer.cli.serve import serve
from trainer.core.errors import TrainerError
from trainer.kit.terminal import EXIT_REFUSED
from trainer.library.cli import content
from trainer.people.cli import people
from trainer.search.cli import index
from trainer.search.cli import search


class Commands(click.Group):
    """A group whose refusals are one sentence and one exit code."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  (click's signature)
        """Run a command; turn a refusal into its sentence."""
        try:
            return super().invoke(ctx)
        except TrainerError as error:
            click.echo(error.message, err=True)
            ctx.exit(EXIT_REFUSED)


@click.group(cls=Commands)
@click.version_option(package_name="trainer")
def trainer() -> None:
    """公积金窗口助手:政策、答案卡、搜索。"""


def _everywhere(command: click.Command) -> None:
    """Give a command, and the commands below it, the ``--data`` option."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            _everywhere(below)
    else:
        command.params.append(DATA)


for command in (content, db, demo, doctor, index, people, search, serve):
    _everywhere(command)
    trainer.add_command(command)
