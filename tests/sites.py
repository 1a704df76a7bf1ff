"""A whole site for tests of pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests.apps import NOW
from tests.apps import make_app
from tests.factories import SETUP
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


def make_site(engine: Engine, home: Path, *, open_reading: bool = False) -> Site:
    """Build a site on a database :func:`with_people`."""
    settings = Settings(
        data=home,
        database_url=str(engine.url),
        secret_key="secret of a test",
        open_reading=open_reading,
    )
    with db.reading(engine) as session:
        everybody = queries.everybody(session, reader=SETUP)
    actors = {person.login: person.actor() for person in everybody}
    site = Site(make_app(settings, engine), engine, settings.index, actors)
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
