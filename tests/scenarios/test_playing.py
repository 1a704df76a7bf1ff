"""Playing: steps are kept, come twice without harm, and end as evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import SETUP
from tests.quizzes.exams import MORNING
from tests.scenarios.published import LOST
from tests.scenarios.published import SLUG
from tests.scenarios.published import TEXT
from tests.scenarios.published import WON
from tests.scenarios.published import begun
from tests.scenarios.published import play
from tests.scenarios.published import played
from tests.scenarios.published import put_in_force
from tests.scenarios.published import put_rule
from trainer.audit import queries as audit
from trainer.core.actor import Actor
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.evidence.models import FactRow
from trainer.people import service as people
from trainer.people.domain.accounts import Account
from trainer.people.domain.roles import Role
from trainer.publishing import service as publishing
from trainer.scenarios import queries
from trainer.scenarios import service
from trainer.scenarios.domain.engine import NotOfferedError
from trainer.scenarios.domain.engine import offered
from trainer.scenarios.domain.playing import Choose
from trainer.scenarios.domain.playing import NoTurnError
from trainer.scenarios.domain.playing import OldPageError
from trainer.scenarios.domain.playing import OverError
from trainer.scenarios.domain.playing import PlayState
from trainer.scenarios.domain.playing import Settings
from trainer.scenarios.domain.playing import StillOpenError

HOUR = timedelta(hours=1)


@pytest.fixture
def player(session: Session) -> Actor:
    """Somebody who plays, with the scenario in force."""
    put_rule(session)
    put_in_force(session)
    return somebody(session, "player")


def somebody(session: Session, login: str) -> Actor:
    account = Account(login=login, name="演练人（虚构）", roles=frozenset({Role.CLERK}))
    found = people.add_person(
        session, account, "window-2026", by=SETUP, at=MORNING, must_change=False
    )
    return found.actor()


def choose(session: Session, key: int, number: int, place: int, by: Actor) -> None:
    command = Choose(number=number, place=place)
    service.choose(session, key, command, by=by, at=MORNING)


def facts(session: Session) -> list[FactRow]:
    return [*session.scalars(select(FactRow).order_by(FactRow.id))]


def test_a_play_that_is_won(session: Session, player: Actor) -> None:
    key = played(session, player, at=MORNING)
    found = queries.own_play(session, key, reader=player)
    assert found.played.state is PlayState.ENDED
    assert found.played.score == 1
    assert found.played.passed
    assert found.state.at == "done"
    assert [turn.choice.id for turn in found.turns] == [*WON]


def test_a_play_that_is_lost_tells_what_was_better(
    session: Session, player: Actor
) -> None:
    found = queries.own_play(
        session, played(session, player, LOST, at=MORNING), reader=player
    )
    assert found.played.passed is False
    assert found.result.forbidden
    assert [[c.id for c in turn.better] for turn in found.turns] == [
        ["ask-home"],
        ["accept", "send-away"],
    ]
    assert queries.cited(session, found.turns, found.scenario.on, reader=player) == {
        "rent-withdrawal#conditions": "《租房提取》条件"
    }


def test_beginning_again_goes_on_with_the_open_play(
    session: Session, player: Actor
) -> None:
    key = begun(session, player, at=MORNING, settings=Settings(shows=True))
    assert begun(session, player, at=MORNING + HOUR) == key
    assert queries.own_play(session, key, reader=player).settings.shows


def test_chance_draws_the_case(session: Session, player: Actor) -> None:
    row = service.begin(
        session, SLUG, Settings(), by=player, at=MORNING, dice=lambda most: most - 1
    )
    assert row.situation == "spouse-home"


def test_a_step_that_comes_twice_is_one(session: Session, player: Actor) -> None:
    key = begun(session, player, at=MORNING)
    for _ in range(2):
        choose(session, key, 1, 2, player)
    assert len(queries.steps(session, key)) == 1
    choose(session, key, 2, 2, player)
    choose(session, key, 2, 2, player)
    assert queries.own_row(session, key, reader=player).state == PlayState.ENDED
    assert len(facts(session)) == 2


def test_an_old_page_is_told_so(session: Session, player: Actor) -> None:
    key = begun(session, player, at=MORNING)
    choose(session, key, 1, 2, player)
    for number, place in ((1, 1), (3, 1), (0, 1)):
        with pytest.raises(OldPageError):
            choose(session, key, number, place, player)
    with pytest.raises(NotOfferedError):
        choose(session, key, 2, 9, player)
    assert len(queries.steps(session, key)) == 1


def test_an_end_is_an_end(session: Session, player: Actor) -> None:
    key = played(session, player, at=MORNING)
    with pytest.raises(OverError):
        choose(session, key, 3, 1, player)
    with pytest.raises(OverError):
        service.abandon(session, key, by=player, at=MORNING)


def test_a_play_is_its_players(session: Session, player: Actor) -> None:
    key = begun(session, player, at=MORNING)
    other = somebody(session, "other")
    for reach in (
        lambda: queries.own_play(session, key, reader=other),
        lambda: choose(session, key, 1, 1, other),
        lambda: service.abandon(session, key, by=other, at=MORNING),
        lambda: service.replay(session, key, 1, by=other, at=MORNING),
    ):
        with pytest.raises(NotFoundError):
            reach()
    assert queries.own_plays(session, reader=other) == []


def test_nobody_in_particular_plays_nothing(session: Session, player: Actor) -> None:
    with pytest.raises(DeniedError):
        begun(session, replace(player, person=0), at=MORNING)


def test_a_play_is_pinned_to_the_text_it_began_with(
    session: Session, player: Actor
) -> None:
    key = begun(session, player, at=MORNING)
    text = TEXT.replace("我租着房呢", "改过的开场白").replace(
        "effective_from: 2026-09-20", "effective_from: 2026-10-01"
    )
    newer = put_in_force(session, text)
    found = queries.own_play(session, key, reader=player)
    assert found.scenario.nodes[0].says.startswith("我租着房呢")
    play(session, key, WON, by=player, at=MORNING)
    again = begun(session, player, at=MORNING)
    assert queries.own_play(session, again, reader=player).revision.id == newer.id


def test_a_withdrawn_text_is_played_to_its_end(session: Session, player: Actor) -> None:
    key = begun(session, player, at=MORNING)
    revision = queries.own_play(session, key, reader=player).revision
    publishing.withdraw(session, revision.id, "有误", by=SETUP, at=MORNING)
    play(session, key, WON, by=player, at=MORNING)
    assert queries.own_play(session, key, reader=player).played.passed


# Evidence


def test_each_step_with_a_competency_is_a_fact(session: Session, player: Actor) -> None:
    key = played(session, player, at=MORNING)
    first, second = facts(session)
    assert (first.competency, first.item, first.outcome) == ("C1", "rent-talk#hello", 1)
    assert (second.competency, second.item) == ("P5", "rent-talk#home")
    assert (first.source, first.kind) == (f"scenario:{key}:1", "scenario_choice")
    assert (first.weight, first.person_id) == (1, player.person)


def test_later_plays_of_a_text_count_half(session: Session, player: Actor) -> None:
    for _ in range(2):
        played(session, player, at=MORNING)
    assert [fact.weight for fact in facts(session)] == [1, 1, 0.5, 0.5]


def test_what_is_given_up_is_no_evidence_but_was_seen(
    session: Session, player: Actor
) -> None:
    key = begun(session, player, at=MORNING)
    play(session, key, ["ask-home"], by=player, at=MORNING)
    for _ in range(2):
        service.abandon(session, key, by=player, at=MORNING)
    assert facts(session) == []
    played(session, player, at=MORNING)
    assert {fact.weight for fact in facts(session)} == {0.5}


def test_a_replay_from_a_wrong_turn_is_no_evidence(
    session: Session, player: Actor
) -> None:
    key = played(session, player, ["ask-home", "refuse"], at=MORNING)
    before = len(facts(session))
    row = service.replay(session, key, 2, by=player, at=MORNING + HOUR)
    found = queries.own_play(session, row.id, reader=player)
    assert found.played.is_replay
    assert [turn.choice.id for turn in found.turns] == ["ask-home"]
    play(session, row.id, ["accept"], by=player, at=MORNING + HOUR)
    assert queries.own_play(session, row.id, reader=player).played.passed
    assert len(facts(session)) == before
    offer = queries.offer(session, SLUG, MORNING.date(), reader=player)
    assert offer.times == 1
    assert offer.best is not None
    assert offer.best.id == key


def test_only_a_turn_of_a_play_that_has_ended_is_taken_anew(
    session: Session, player: Actor
) -> None:
    key = played(session, player, LOST, at=MORNING)
    for number in (0, 3):
        with pytest.raises(NoTurnError):
            service.replay(session, key, number, by=player, at=MORNING)
    opened = begun(session, player, at=MORNING)
    with pytest.raises(StillOpenError):
        service.replay(session, key, 1, by=player, at=MORNING)
    with pytest.raises(NoTurnError):
        service.replay(session, opened, 1, by=player, at=MORNING)


def test_the_audit_keeps_beginning_and_end(session: Session, player: Actor) -> None:
    key = played(session, player, at=MORNING)
    service.abandon(session, begun(session, player, at=MORNING), by=player, at=MORNING)
    told = [entry for entry, _ in audit.waiting(session) if entry.kind == "play"]
    assert [entry.verb for entry in told] == [
        *("play.begun", "play.ended", "play.begun", "play.abandoned"),
    ]
    assert {entry.object for entry in told} == {f"play/{key}", f"play/{key + 1}"}


def test_one_gets_ones_own_plays_and_choices(session: Session, player: Actor) -> None:
    played(session, player, LOST, at=MORNING)
    plays, choices = queries.own_data(session, MORNING, player)
    assert [row[1:4] for row in plays.rows] == [
        ("房租超没超过收入的一成", "1", "演完了")
    ]
    assert [row[2] for row in choices.rows] == ["hello", "home"]
    assert choices.rows[1][3] == "不行，办不了。"
    other = somebody(session, "other")
    assert [c.rows for c in queries.own_data(session, MORNING, other)] == [(), ()]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(st.integers(0, 5), min_size=8, max_size=8))
def test_a_play_from_storage_is_the_straight_walk(
    session: Session, player: Actor, turns: list[int]
) -> None:
    key = begun(session, player, at=MORNING)
    found = queries.own_play(session, key, reader=player)
    for turn in turns:
        if found.played.state is not PlayState.OPEN:
            break
        place = 1 + turn % len(offered(found.scenario, found.state))
        before = found.state.taken
        choose(session, key, len(before) + 1, place, player)
        session.expire_all()
        found = queries.own_play(session, key, reader=player)
        assert found.state.taken[:-1] == before
    assert found.played.state is PlayState.ENDED
    assert found.result.score == found.played.score
