"""Whatever is lost, repeated or crashes on the way: the attempt ends the same."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests.quizzes.exams import AUTOMATIC
from tests.quizzes.exams import MORNING
from tests.quizzes.exams import dice
from tests.quizzes.exams import put_exam
from tests.quizzes.exams import put_person
from trainer.core.actor import Actor
from trainer.kit import db
from trainer.quizzes import queries
from trainer.quizzes import service
from trainer.quizzes.domain.taking import Paper
from trainer.quizzes.domain.taking import Save

MANY = AUTOMATIC.replace("attempts: 2", "attempts: 99")
CHOICES = {1: "AB", 2: "ABC"}
SEED = 7


class CrashError(Exception):
    """The process dies before the commit."""


@dataclass(frozen=True, slots=True)
class Sending:
    """One save on its way: how often it comes, and whether the server dies first."""

    position: int
    letter: str
    crashes: bool
    times: int


@dataclass(frozen=True, slots=True)
class Room:
    """A database with an exam and somebody who takes it again and again."""

    engine: Engine
    taker: Actor


@pytest.fixture
def room(engine: Engine) -> Room:
    with db.writing(engine) as session:
        put_exam(session, MANY)
        return Room(engine, put_person(session))


LETTERS = [(place, letter) for place, all_ in CHOICES.items() for letter in all_]
SENDINGS = st.lists(
    st.sampled_from(
        [(p, letter) for p, letters in CHOICES.items() for letter in letters]
    ).flatmap(
        lambda told: st.builds(
            Sending,
            position=st.just(told[0]),
            letter=st.just(told[1]),
            crashes=st.booleans(),
            times=st.integers(1, 3),
        )
    ),
    min_size=1,
    max_size=8,
)


def begin(room: Room) -> int:
    with db.writing(room.engine) as session:
        made = service.begin(
            session, "first", by=room.taker, at=MORNING, dice=dice(SEED)
        )
        return made.id


def send(room: Room, key: int, save: Save, *, crashes: bool = False) -> None:
    with suppress(CrashError), db.writing(room.engine) as session:
        at = MORNING + timedelta(minutes=1)
        service.save(session, key, save, by=room.taker, at=at)
        if crashes:
            raise CrashError


def shown(room: Room, key: int) -> Paper:
    with db.reading(room.engine) as session:
        at = MORNING + timedelta(minutes=2)
        return queries.paper(session, key, at, reader=room.taker)


def hand_in(room: Room, key: int) -> tuple[str | None, bool | None]:
    with db.writing(room.engine) as session:
        at = MORNING + timedelta(minutes=3)
        row = service.submit(session, key, by=room.taker, at=at)
        return row.earned, row.passed


def straight(sendings: list[Sending]) -> dict[int, tuple[str, ...]]:
    """Give what a paper holds when everything came once and in order."""
    return {each.position: (each.letter,) for each in sendings}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(SENDINGS, st.randoms(use_true_random=False))
def test_loss_repetition_and_reordering_change_nothing(
    room: Room, sendings: list[Sending], chance: Random
) -> None:
    key = begin(room)
    before = shown(room, key)
    saves = [
        Save(position=each.position, given=(each.letter,), number=number)
        for number, each in enumerate(sendings, start=1)
    ]
    on_the_way = [
        (save, each.crashes and turn == 0)
        for save, each in zip(saves, sendings, strict=True)
        for turn in range(each.times)
    ]
    chance.shuffle(on_the_way)
    for save, crashes in on_the_way:
        send(room, key, save, crashes=crashes)
    for save in saves:  # what was not acknowledged is sent again
        send(room, key, save)
    after = shown(room, key)
    held = {item.position: item.given for item in after.items if item.is_answered}
    assert held == straight(sendings)
    assert after.left == before.left == timedelta(minutes=28)
    assert [(i.face, i.story) for i in after.items] == [
        (i.face, i.story) for i in before.items
    ]
    once = hand_in(room, key)
    assert hand_in(room, key) == once


def test_a_crash_while_beginning_leaves_no_half_of_a_paper(room: Room) -> None:
    with suppress(CrashError), db.writing(room.engine) as session:
        service.begin(session, "first", by=room.taker, at=MORNING, dice=dice(SEED))
        raise CrashError
    with db.reading(room.engine) as session:
        assert queries.own_tries(session, reader=room.taker) == []
    assert len(shown(room, begin(room)).items) == 4


def test_a_crash_while_handing_in_hands_in_nothing(room: Room) -> None:
    key = begin(room)
    send(room, key, Save(position=1, given=("A",), number=1))
    with suppress(CrashError), db.writing(room.engine) as session:
        service.submit(session, key, by=room.taker, at=MORNING)
        raise CrashError
    assert shown(room, key).is_open
    assert hand_in(room, key)[0] == "1"
