"""A whole site for tests of pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests.apps import NOW
from tests.apps import make_app
from tests.databases import SECRET
from tests.factories import SETUP
from trainer.audit import queries as audit
from trainer.audit.domain import Entry
from trainer.audit.domain.chain import Sealed
from trainer.core.actor import Actor
from trainer.kit import db
from trainer.kit.index import Store
from trainer.people import queries
from trainer.people import service as people
from trainer.people.domain.accounts import Account
from trainer.people.domain.roles import Role
from trainer.search import service as search
from trainer.settings import Settings

PASSWORD = "window-2026"  # noqa: S105  (fictitious people only)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Site:
    """A site, its database, and one person of each role named by it."""

    app: Flask
    engine: Engine
    index: Path
    actors: dict[str, Actor]

    def browser(self, role: str | None = None) -> FlaskClient:
        """Give a browser, with the person of a role logged in."""
        client = self.app.test_client()
        if role is not None:
            answer = post(
                client,
                "/people/login",
                {"login": role, "password": PASSWORD},
            )
            assert answer.status_code == 302, answer.text
        return client

    def set_clock(self, at: datetime) -> None:
        """Let it be another moment."""
        self.app.extensions["clock"] = lambda: at

    def audited(self) -> list[Entry]:
        """Give what the audit has kept since the people were made."""
        with db.reading(self.engine) as session:
            return audit.entries(session)[len(self.actors) :]

    def sealed(self) -> list[Sealed]:
        """Give the same with number, address and seal."""
        with db.reading(self.engine) as session:
            return audit.sealed_after(session, len(self.actors), limit=1000)

    def reindex(self) -> None:
        """Bring the index up to the database."""
        with db.reading(self.engine) as session:
            search.rebuild(session, Store(self.index))


def with_people(engine: Engine) -> None:
    """Put one person of each role into a database, named by it."""
    with db.writing(engine) as session:
        for role in Role:
            people.add_person(
                session,
                Account(login=role, name=f"{role}（虚构）", roles=frozenset({role})),
                PASSWORD,
                by=SETUP,
                at=NOW,
                must_change=False,
            )


def make_site(
    engine: Engine,
    home: Path,
    *,
    now: Callable[[], datetime] = lambda: NOW,
    **more: object,
) -> Site:
    """Build a site :func:`with_people`; ``more`` are settings by name."""
    settings = Settings(
        data=home,
        database_url=str(engine.url),
        secret_key=SECRET,
        **more,  # type: ignore[arg-type]  # by name
    )
    actors = _actors(engine)
    if not actors:
        with_people(engine)
        actors = _actors(engine)
    app = make_app(settings, engine, now=now)
    site = Site(app, engine, settings.index, actors)
    site.reindex()
    return site


def post(
    client: FlaskClient, path: str, data: Mapping[str, object], page: str = ""
) -> TestResponse:
    """Send a form as a browser does: with the token of the page it stands on."""
    shown = client.get(page or path)
    found = TOKEN.search(shown.text)
    assert found, shown.text
    return client.post(path, data={**data, "csrf_token": found[1]})


def _actors(engine: Engine) -> dict[str, Actor]:
    with db.reading(engine) as session:
        everybody = queries.everybody(session, reader=SETUP)
    return {person.login: person.actor() for person in everybody}
