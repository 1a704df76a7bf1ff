"""The group of all commands; each takes ``--data``."""

from __future__ import annotations

from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from trainer.audit.cli import audit
from trainer.cli.competence import calibrate
from trainer.cli.competence import explain
from trainer.cli.competence import rebuild
from trainer.cli.database import db
from trainer.cli.demo import demo
from trainer.cli.doctor import doctor
from trainer.cli.installation import ANY_DATA
from trainer.cli.installation import READY_DATA
from trainer.cli.jobs import notices
from trainer.cli.jobs import worker
from trainer.cli.retire import retire
from trainer.cli.serve import serve
from trainer.competence.cli import competence
from trainer.core.errors import TrainerError
from trainer.kit.terminal import EXIT_INTERRUPTED
from trainer.kit.terminal import EXIT_REFUSED
from trainer.library.cli import content
from trainer.people.cli import people
from trainer.search.cli import index
from trainer.search.cli import search


class Commands(click.Group):
    """A group whose refusals are one sentence and one exit code."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  (click's signature)
        """Run a command; turn a refusal into its sentence."""
        code = EXIT_REFUSED
        try:
            return super().invoke(ctx)
        except TrainerError as error:
            told = error.message
        except DBAPIError as error:
            told = f"数据库用不了（{error.orig}）；请运行 trainer doctor 查看原因"
        except KeyboardInterrupt:
            told = "\n已中断：正在做的这一步没有留下任何改动，可以重新运行"
            code = EXIT_INTERRUPTED
        click.echo(told, err=True)
        raise click.exceptions.Exit(code)


@click.group(cls=Commands)
@click.version_option(package_name="trainer")
def trainer() -> None:
    """公积金窗口助手:政策、答案卡、搜索。"""


EARLY: tuple[click.Command, ...] = (
    db,
    demo,
    doctor,
    content.commands["check"],
    competence.commands["evaluate"],
    competence.commands["fit"],
    competence.commands["synthetic"],
)
"""Commands that work before there is a database, or on an old one."""


def _everywhere(command: click.Command, option: click.Option) -> None:
    """Give a command, and the commands below it, the ``--data`` option."""
    if command in EARLY:
        option = ANY_DATA
    if isinstance(command, click.Group):
        for below in command.commands.values():
            _everywhere(below, option)
    else:
        command.params.append(option)


people.add_command(retire)
for kept in (rebuild, calibrate, explain):
    competence.add_command(kept)
COMMANDS = (
    *(audit, competence, content, db, demo, doctor),
    *(index, notices, people, search, serve, worker),
)
for command in COMMANDS:
    _everywhere(command, READY_DATA)
    trainer.add_command(command)
