"""Playing a scenario: beginning, choosing, giving up, going back to a wrong turn.

A play is pinned to a revision; its state is worked out from its steps each time, so
any machine goes on from where the last one was.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.people import service as people
from trainer.publishing import queries as publishing
from trainer.scenarios import queries
from trainer.scenarios.domain import SCENARIO
from trainer.scenarios.domain.engine import NotOfferedError
from trainer.scenarios.domain.engine import State
from trainer.scenarios.domain.engine import Taken
from trainer.scenarios.domain.engine import begin as begun
from trainer.scenarios.domain.engine import is_over
from trainer.scenarios.domain.engine import offered
from trainer.scenarios.domain.engine import replayed
from trainer.scenarios.domain.engine import result
from trainer.scenarios.domain.engine import step
from trainer.scenarios.domain.playing import Choose
from trainer.scenarios.domain.playing import NoTurnError
from trainer.scenarios.domain.playing import OldPageError
from trainer.scenarios.domain.playing import OverError
from trainer.scenarios.domain.playing import PlayState
from trainer.scenarios.domain.playing import Settings
from trainer.scenarios.domain.playing import StillOpenError
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.models import PlayRow
from trainer.scenarios.models import StepRow
from trainer.scenarios.queries.opening import open_scenario
from trainer.scenarios.queries.opening import pinned
from trainer.scenarios.service.telling import tell

Dice = Callable[[int], int]
"""Chance: gives a number from 0 on, below what is asked."""


def begin(
    session: Session,
    slug: str,
    settings: Settings,
    *,
    by: Actor,
    at: datetime,
    dice: Dice,
) -> PlayRow:
    """Begin a play, or go on with the one that is open.

    Args:
        session: A session.
        slug: The scenario.
        settings: How it is played; what was begun keeps its own.
        by: Who plays.
        at: Now.
        dice: Chance, which draws the case.

    Raises:
        DeniedError: nobody in particular asks.
        NotFoundError: there is no such scenario today.
    """
    _hold_person(session, by)
    if row := _open_play(session, slug, by):
        return row
    revision = publishing.revision_on(
        session, slug, day_of(at), reader=by, kinds=[SCENARIO]
    )
    cases = open_scenario(session, revision).case_ids
    row = PlayRow(
        slug=slug,
        revision_id=revision.id,
        situation=cases[dice(len(cases))],
        shows=settings.shows,
        timed=settings.timed,
        copied=0,
    )
    return _write(session, row, by=by, at=at)


def choose(
    session: Session, key: int, command: Choose, *, by: Actor, at: datetime
) -> PlayRow:
    """Take a step; the same one again changes nothing.

    Raises:
        NotFoundError: there is no such play of this person.
        OldPageError: another step was taken meanwhile.
        NotOfferedError: there is no such choice.
        OverError: the play has ended.
    """
    row = _locked(session, key, by=by)
    _, scenario = pinned(session, row.revision_id)
    kept = [each.choice for each in queries.steps(session, row.id)]
    if not 0 < command.number <= len(kept) + 1:
        raise OldPageError
    is_new = command.number > len(kept)
    if is_new and row.state != PlayState.OPEN:
        raise OverError
    known = kept[: command.number - 1]
    before = replayed(scenario, begun(scenario, row.situation), known)
    wanted = _at(scenario, before, command.place)
    if not is_new:
        if kept[command.number - 1] != wanted:
            raise OldPageError
        return row
    after = step(scenario, before, wanted)
    _keep(session, row, command.number, after.taken[-1], at=at)
    if is_over(scenario, after):
        _end(session, row, scenario, after, by=by, at=at)
    return row


def abandon(session: Session, key: int, *, by: Actor, at: datetime) -> PlayRow:
    """Give up; a second time changes nothing, and nothing of it counts.

    Raises:
        NotFoundError: there is no such play of this person.
        OverError: it has come to its end.
    """
    row = _locked(session, key, by=by)
    if row.state == PlayState.ENDED:
        raise OverError
    if row.state == PlayState.OPEN:
        row.state, row.ended_at = PlayState.ABANDONED, at
        session.flush()
        _note(session, row, "abandoned", by=by, at=at)
    return row


def replay(
    session: Session, key: int, number: int, *, by: Actor, at: datetime
) -> PlayRow:
    """Begin a play that goes on from a step of one that has ended; no evidence.

    Args:
        session: A session.
        key: The play that has ended.
        number: Which of its steps is taken anew, from 1.
        by: Who plays.
        at: Now.

    Raises:
        NotFoundError: there is no such play of this person.
        NoTurnError: it has no such step, or has not ended.
        StillOpenError: another play of the scenario is open.
    """
    _hold_person(session, by)
    old = queries.own_row(session, key, reader=by)
    kept = queries.steps(session, old.id)
    if old.state != PlayState.ENDED or not 0 < number <= len(kept):
        raise NoTurnError
    if _open_play(session, old.slug, by):
        raise StillOpenError
    row = PlayRow(
        slug=old.slug,
        revision_id=old.revision_id,
        situation=old.situation,
        shows=old.shows,
        timed=old.timed,
        replays=old.id,
        copied=number - 1,
    )
    _write(session, row, by=by, at=at)
    for each in kept[: number - 1]:
        _keep(session, row, each.number, Taken(each.node, each.choice), at=each.at)
    return row


def _hold_person(session: Session, by: Actor) -> None:
    """Let one person begin one thing at a time, in however many windows."""
    by.must_be_somebody(N_("登录后才能演练，结果才记得到您名下"))
    people.hold_person(session, by.person)


def _open_play(session: Session, slug: str, by: Actor) -> PlayRow | None:
    return session.scalars(
        select(PlayRow).where(
            PlayRow.person_id == by.person,
            PlayRow.slug == slug,
            PlayRow.state == PlayState.OPEN,
        )
    ).first()


def _write(session: Session, row: PlayRow, *, by: Actor, at: datetime) -> PlayRow:
    last = session.scalar(
        select(func.max(PlayRow.number)).where(
            PlayRow.person_id == by.person, PlayRow.slug == row.slug
        )
    )
    row.person_id, row.number = by.person, 1 + (last or 0)
    row.state, row.began_at = PlayState.OPEN, at
    session.add(row)
    session.flush()
    _note(session, row, "begun", by=by, at=at)
    return row


def _locked(session: Session, key: int, *, by: Actor) -> PlayRow:
    """Fetch one's own play so that nobody else changes it until the commit."""
    row = session.scalars(
        select(PlayRow)
        .where(PlayRow.id == key, PlayRow.person_id == by.person)
        .with_for_update()
    ).first()
    if row is None:
        raise NotFoundError(N_("没有这次演练，或者它不是您的"))
    return row


def _at(scenario: Scenario, state: State, place: int) -> str:
    """Give the choice at a place; the page knows no more of it than that."""
    ways = offered(scenario, state)
    if not 0 < place <= len(ways):
        raise NotOfferedError(
            N_("这一步没有这个选项；请按页面上现在给出的选项重新选择")
        )
    return ways[place - 1].id


def _keep(
    session: Session, row: PlayRow, number: int, taken: Taken, *, at: datetime
) -> None:
    session.add(
        StepRow(
            play_id=row.id,
            number=number,
            node=taken.node,
            choice=taken.choice,
            at=at,
        )
    )
    session.flush()


def _end(
    session: Session,
    row: PlayRow,
    scenario: Scenario,
    state: State,
    *,
    by: Actor,
    at: datetime,
) -> None:
    found = result(scenario, state)
    row.state, row.ended_at = PlayState.ENDED, at
    row.score, row.passed = str(found.score), found.passed
    session.flush()
    _note(session, row, "ended", by=by, at=at)
    if row.replays is None:
        tell(session, row, scenario, at=at)


def _note(session: Session, row: PlayRow, act: str, *, by: Actor, at: datetime) -> None:
    """Tell the audit of a step in the life of a play; choices are in the play."""
    entry = Entry(person=by.person, verb=f"play.{act}", object=f"play/{row.id}")
    audit.record(session, entry, at=at)
