"""Steps of the database schema, and the commands that take them."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy import Engine

from trainer.core.errors import TrainerError
from trainer.kit.db import WRITES

HOME = Path(__file__).parent


class SchemaError(TrainerError):
    """The database is not at the step this program was written for."""


def config() -> Config:
    """Give Alembic's view of the steps."""
    made = Config()
    made.set_main_option("script_location", str(HOME).replace("%", "%%"))
    return made


def upgrade(engine: Engine, to: str = "head") -> None:
    """Lead the database to a step, in one transaction."""
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        _run(connection, to, down=False)


def downgrade(engine: Engine, to: str) -> None:
    """Lead the database back to a step, in one transaction."""
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        _run(connection, to, down=True)


def current(engine: Engine) -> str | None:
    """Give the step the database is at, None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """Give the newest step."""
    newest = ScriptDirectory.from_config(config()).get_current_head()
    if newest is None:
        raise SchemaError("没有数据库步骤")
    return newest


def must_be_current(engine: Engine) -> None:
    """Refuse a database that is older or newer than this program.

    Raises:
        SchemaError: says which command mends it.
    """
    at = current(engine)
    if at != head():
        raise SchemaError(
            f"数据库版本是 {at or '空'}，程序需要 {head()}；请先运行 trainer db upgrade"
        )


def _run(connection: Connection, to: str, *, down: bool) -> None:
    made = config()
    made.attributes["connection"] = connection
    (command.downgrade if down else command.upgrade)(made, to)
