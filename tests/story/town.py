"""The centre of the story: the demo site at a day, its people, and their windows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.apps import make_app
from tests.databases import SECRET
from tests.factories import SETUP
from tests.story.windows import Window
from trainer.cli.demo import build
from trainer.core.actor import Actor
from trainer.core.clock import CENTRE
from trainer.core.clock import day_of
from trainer.evidence import queries as evidence
from trainer.evidence.domain import Fact
from trainer.kit import db
from trainer.kit.terminal import Installation
from trainer.people import queries as people
from trainer.quizzes import queries as quizzes
from trainer.scenarios import queries as scenarios
from trainer.scenarios.domain.engine import offered
from trainer.scenarios.domain.scenario import Rating
from trainer.settings import Settings

PASSWORD = "window-2026"  # noqa: S105  (fictitious people only)


@dataclass(slots=True)
class Town:
    """A site that is told what time it is; ``opens`` gives a window of nobody."""

    app: Flask
    engine: Engine
    at: datetime
    opens: Callable[[], Window]
    passwords: dict[str, str] = field(default_factory=dict)

    def comes(self, day: str, hour: int = 9) -> None:
        """Let it be an hour of a day in the centre."""
        moment = datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=CENTRE)
        assert moment >= self.at, "the story goes forward"
        self.at = moment
        self.app.extensions["clock"] = lambda: moment

    def window(self, login: str) -> Window:
        """Give somebody's browser, logged in."""
        window = self.opens()
        window.goes("/people/login")
        password = self.passwords.get(login, PASSWORD)
        window.presses("登录", login=login, password=password)
        return window

    def actor(self, login: str) -> Actor:
        """Give the rights of somebody."""
        with db.reading(self.engine) as session:
            every = people.everybody(session, reader=SETUP)
        return next(each.actor() for each in every if each.login == login)

    def key(self, login: str) -> int:
        """Give the key of somebody."""
        return self.actor(login).person

    def ledger(self, login: str) -> list[Fact]:
        """Give what was seen of somebody."""
        by = self.actor(login)
        with db.reading(self.engine) as session:
            return evidence.facts(session, [by.person], day_of(self.at), reader=by)

    def solutions(self, login: str, attempt: int) -> dict[int, tuple[str, ...]]:
        """Give what is right in an attempt, by position."""
        with db.reading(self.engine) as session:
            return _solutions(session, attempt, self.actor(login), self.at)

    def best(self, login: str, play: int) -> str:
        """Give what is best said now in somebody's play."""
        with db.reading(self.engine) as session:
            found = scenarios.own_play(session, play, reader=self.actor(login))
        choices = offered(found.scenario, found.state)
        return min(choices, key=lambda each: [*Rating].index(each.rating)).text


def make_town(engine: Engine, home: Path) -> Town:
    """Fill a site as the demo does, a week before the story begins."""
    at = datetime(2027, 7, 1, 9, tzinfo=CENTRE)
    settings = Settings(data=home, database_url=str(engine.url), secret_key=SECRET)
    site = Installation(home, settings.index, engine, "示例市", 365)
    build(site, at=at)
    app = make_app(settings, engine, now=lambda: at)
    return Town(app, engine, at, lambda: Window(app.test_client()))


def _solutions(
    session: Session, attempt: int, reader: Actor, at: datetime
) -> dict[int, tuple[str, ...]]:
    asked = quizzes.paper(session, attempt, at, reader=reader).items
    items = quizzes.papers(session, [attempt])
    banks = quizzes.open_banks(session, {item.revision_id for item in items})
    return {
        item.position: quizzes.solution_of(item, banks[item.revision_id], one).answer
        for one, item in zip(asked, items, strict=True)
    }
