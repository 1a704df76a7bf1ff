"""The server is killed while fifty people answer: nothing acknowledged is lost."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.factories import SETUP
from tests.processes import child
from tests.quizzes.exams import MORNING
from tests.quizzes.exams import put_exam
from tests.quizzes.serving import GONE
from tests.quizzes.serving import Taker
from tests.quizzes.serving import serve
from tests.sites import PASSWORD
from trainer.kit import db
from trainer.people import service as people
from trainer.people.domain.accounts import Account
from trainer.people.domain.roles import Role
from trainer.quizzes.models import PaperRow

TAKERS = 50
ENOUGH = 400
"""Saves acknowledged before the server is killed."""

PATIENCE = 60.0
"""Seconds they may take."""

CHOICES = {1: ["A", "B"], 2: ["A", "B", "C"]}
"""What may be given to questions of one choice, by position."""


class Room:
    """Fifty people in front of a server, each at his own paper.

    ``kept`` has by attempt and position the number and the letter of the last save
    that was acknowledged; ``count`` is how many were.
    """

    def __init__(self, address: str) -> None:
        self.kept: dict[tuple[int, int], tuple[int, str]] = {}
        self.count = 0
        self._address = address
        self._ready = threading.Barrier(TAKERS + 1)
        self._threads = [
            threading.Thread(target=self._sit, args=(n,)) for n in range(TAKERS)
        ]

    def begin(self) -> None:
        """Let everybody log in and begin, then answer."""
        for thread in self._threads:
            thread.start()
        self._ready.wait(PATIENCE)

    def watch(self) -> None:
        """Wait until enough was acknowledged, of everybody something."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.count >= ENOUGH and self.attempts == TAKERS:
                return
            time.sleep(0.02)

    @property
    def attempts(self) -> int:
        """How many attempts have a save that was acknowledged."""
        return len({attempt for attempt, _ in [*self.kept]})

    def leave(self) -> None:
        """Wait until everybody has noticed that the server is gone."""
        for thread in self._threads:
            thread.join(PATIENCE)

    def _sit(self, n: int) -> None:
        dice = Random(n)  # noqa: S311  (no secret)
        taker = Taker(self._address, f"t{n}", PASSWORD)
        attempt = taker.begin("first")
        self._ready.wait(PATIENCE)
        for number in range(1, 1_000_000):
            position = dice.choice([*CHOICES])
            letter = dice.choice(CHOICES[position])
            try:
                told = taker.save(attempt, position, [letter], number)
            except GONE:
                return
            assert told == number
            self.kept[attempt, position] = (number, letter)
            self.count += 1


def put_takers(session: Session) -> None:
    for n in range(TAKERS):
        account = Account(
            login=f"t{n}", name="答题人（虚构）", roles=frozenset({Role.CLERK})
        )
        people.add_person(
            session, account, PASSWORD, by=SETUP, at=MORNING, must_change=False
        )


@pytest.mark.loopback
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(
    engine: Engine, tmp_path: Path
) -> None:
    with db.writing(engine) as session:
        put_exam(session)
        put_takers(session)
    url = engine.url.render_as_string(hide_password=False)
    with child(serve, url, str(tmp_path)) as server:
        room = Room(f"http://127.0.0.1:{server.hear()}")
        room.begin()
        room.watch()
        server.kill()
        room.leave()
    assert room.count >= ENOUGH
    assert room.attempts == TAKERS
    with db.reading(engine) as session:
        for place, (number, letter) in room.kept.items():
            row = session.get_one(PaperRow, place)
            # One more may have been kept whose answer never came back.
            assert row.number >= number
            if row.number == number:
                assert row.answer == [stands_for(row, letter)]


@pytest.mark.loopback
def test_after_a_restart_everybody_goes_on_where_he_was(
    engine: Engine, tmp_path: Path
) -> None:
    with db.writing(engine) as session:
        put_exam(session)
        put_takers(session)
    url = engine.url.render_as_string(hide_password=False)
    with child(serve, url, str(tmp_path)) as server:
        taker = Taker(f"http://127.0.0.1:{server.hear()}", "t0", PASSWORD)
        attempt = taker.begin("first")
        taker.save(attempt, 1, ["B"], 1)
        before = shown(taker, attempt)
        server.kill()
    with child(serve, url, str(tmp_path)) as server:
        taker = Taker(f"http://127.0.0.1:{server.hear()}", "t0", PASSWORD)
        assert taker.begin("first") == attempt
        assert shown(taker, attempt) == before
        assert taker.save(attempt, 1, ["A"], 2) == 2


def shown(taker: Taker, attempt: int) -> str:
    """Give the questions of a paper as the page has them."""
    page = taker.get(f"/quizzes/attempts/{attempt}")
    return page[page.index('class="exam-body"') :]


def stands_for(row: PaperRow, letter: str) -> str:
    """Give the key of an answer that a letter of the page stands for."""
    if row.item == "days":
        return {"A": "true", "B": "false"}[letter]
    return row.drawn["ABC".index(letter)]
