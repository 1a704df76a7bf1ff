"""A whole site for tests of pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from datetime import datetime
from functools import cache
from pathlib import Path
from unittest import mock

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests.databases import SECRET
from tests.factories import SETUP
from trainer.app import create_app
from trainer.core.actor import Actor
from trainer.kit import db
from trainer.kit.index import Store
from trainer.people import service as people
from trainer.people.domain.accounts import Account
from trainer.people.domain.roles import Role
from trainer.search import service as search
from trainer.settings import Settings

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
"""The clock of every test site: 10:00 in the centre, 22 November 2026."""

_HASH = PasswordHasher.hash
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


def make_site(engine: Engine, home: Path, *, open_reading: bool = False) -> Site:
    """Build a site with one person of each role."""
    settings = Settings(
        data=home,
        database_url=str(engine.url),
        secret_key=SECRET,
        open_reading=open_reading,
    )
    with (
        mock.patch.object(PasswordHasher, "hash", _hashed),
        db.writing(engine) as session,
    ):
        actors = {
            role.value: people.add_person(
                session,
                Account(login=role, name=f"{role}（虚构）", roles=frozenset({role})),
                PASSWORD,
                by=SETUP,
                at=NOW,
                must_change=False,
            ).actor()
            for role in Role
        }
    app = create_app(settings, engine, now=lambda: NOW)
    site = Site(app, engine, settings.index, actors)
    site.reindex()
    return site


@cache
def _hashed(hasher: PasswordHasher, password: str) -> str:
    """Hash a password once in the life of the process: five people, 20 ms each."""
    return _HASH(hasher, password)


def post(
    client: FlaskClient, path: str, data: Mapping[str, object], page: str = ""
) -> TestResponse:
    """Send a form as a browser does: with the token of the page it stands on."""
    shown = client.get(page or path)
    found = TOKEN.search(shown.text)
    assert found, shown.text
    return client.post(path, data={**data, "csrf_token": found[1]})
