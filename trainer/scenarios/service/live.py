"""Plays by two: setting up, calling off, and saying that a result does not count."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.anonymity import must_be_anonymous
from trainer.core.clock import day_of
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.people import service as people
from trainer.people.domain.accounts import Person
from trainer.scenarios import queries
from trainer.scenarios.domain.live import LONGEST_REASON
from trainer.scenarios.domain.live import LiveState
from trainer.scenarios.domain.live import SetUp
from trainer.scenarios.domain.live import must_be_different
from trainer.scenarios.domain.live import must_give_reason
from trainer.scenarios.domain.live_errors import LiveOverError
from trainer.scenarios.domain.live_errors import NobodyError
from trainer.scenarios.domain.live_errors import NotObserverError
from trainer.scenarios.domain.live_errors import OutsiderError
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.models import LiveRow
from trainer.scenarios.queries import live as reads
from trainer.scenarios.queries import live_people as knows
from trainer.scenarios.service.live_telling import must_go_on
from trainer.scenarios.service.live_telling import note
from trainer.scenarios.service.live_telling import tell
from trainer.scenarios.service.playing import Dice


def set_up(
    session: Session, command: SetUp, *, by: Actor, at: datetime, dice: Dice
) -> LiveRow:
    """Set up a play; the same form a second time gives the same one.

    Raises:
        DeniedError: nobody in particular asks, or who has nothing to do with it.
        NobodyError: there is no such person for whoever asks.
        SamePersonError: the clerk would judge himself.
        NotObserverError: the observer has no say about the clerk.
        NotFoundError: there is no such scenario today, or no such case.
    """
    by.must_be_somebody(N_("登录后才能安排两人演练"))
    people.hold_person(session, by.person)
    known = select(LiveRow).where(
        LiveRow.made_by == by.person, LiveRow.once == command.once
    )
    if row := session.scalars(known).first():
        return row
    row = _begun(session, command, by=by, at=at, dice=dice)
    note(session, row, "begun", by=by, at=at)
    return row


def call_off(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Call a play off; a second time changes nothing, and nothing of it counts.

    Raises:
        NotFoundError: there is no such play for the caller.
        LiveOverError: it is finished.
    """
    row = _seen(session, key, by=by, at=at)
    if row.state == LiveState.CALLED_OFF:
        return
    must_go_on(row, None)
    row.state, row.ended_at = LiveState.CALLED_OFF, at
    session.flush()
    note(session, row, "called_off", by=by, at=at)


def void(session: Session, key: int, reason: str, *, by: Actor, at: datetime) -> None:
    """Say that a result does not count, and take its facts back.

    Raises:
        NotFoundError: there is no such play for the caller.
        DeniedError: he neither observed nor looks after the clerk.
        ReasonMissingError: no reason is given.
        NotAnonymousError: the reason holds a number that may be somebody's.
        LiveOverError: there is no result that counts.
    """
    row = _seen(session, key, by=by, at=at)
    judges = row.observer_id == by.person
    if not judges and not knows.looks_after(session, by, row.clerk_id, day_of(at)):
        raise DeniedError(N_("只有观察人和他的主管、带教老师可以作废；请联系他们"))
    must_give_reason(reason)
    must_be_anonymous(reason)
    if row.state == LiveState.VOIDED:
        return
    if row.state != LiveState.FINISHED:
        raise LiveOverError
    row.state, row.voided_by, row.voided_at = LiveState.VOIDED, by.person, at
    row.void_reason = " ".join(reason.split())[:LONGEST_REASON]
    session.flush()
    tell(session, row, at=at)
    note(session, row, "voided", by=by, at=at)


def note_live_look(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Note a look at somebody's result; once an hour."""
    audit.looked(session, reads.live_look(key, by), at=at)


def _begun(
    session: Session, command: SetUp, *, by: Actor, at: datetime, dice: Dice
) -> LiveRow:
    clerk, citizen, observer = _parts(session, command, by=by, at=at)
    on = day_of(at)
    revision, scenario = queries.scenario_on(session, command.slug, on, reader=by)
    row = LiveRow(
        once=command.once,
        slug=command.slug,
        revision_id=revision.id,
        situation=_case(scenario, command.case, dice, is_clerk=by.person == clerk),
        clerk_id=clerk,
        citizen_id=citizen,
        observer_id=observer,
        made_by=by.person,
        made_at=at,
        state=LiveState.OPEN,
        comment="",
        void_reason="",
    )
    session.add(row)
    session.flush()
    return row


def _parts(
    session: Session, command: SetUp, *, by: Actor, at: datetime
) -> tuple[int, int, int]:
    """Give the keys of clerk, citizen and observer, when they may be that."""
    on = day_of(at)
    wanted = (command.clerk, command.citizen)
    found = knows.named(session, wanted, on, reader=by)
    for login in wanted:
        if login not in found:
            raise NobodyError(login)
    clerk, citizen = (found[login] for login in wanted)
    observer = knows.anybody_named(session, command.observer)
    must_be_different(clerk.id, citizen.id, observer.id if observer else 0)
    if observer is None or not knows.may_observe(session, observer, clerk.id, on):
        raise NotObserverError
    _must_belong(session, (clerk, citizen, observer), by=by, at=at)
    return clerk.id, citizen.id, observer.id


def _must_belong(
    session: Session, people: tuple[Person, ...], *, by: Actor, at: datetime
) -> None:
    """Check that whoever sets it up takes part, or looks after the clerk."""
    takes_part = by.person in {person.id for person in people}
    clerk = people[0].id
    if not takes_part and not knows.looks_after(session, by, clerk, day_of(at)):
        raise OutsiderError


def _case(scenario: Scenario, wanted: str, dice: Dice, *, is_clerk: bool) -> str:
    """Give the case that is played: the clerk himself cannot know which one it is."""
    if not wanted or is_clerk:
        return scenario.case_ids[dice(len(scenario.case_ids))]
    if wanted not in scenario.case_ids:
        raise NotFoundError(N_("这个情景没有这种情况；请重新选择"))
    return wanted


def _seen(session: Session, key: int, *, by: Actor, at: datetime) -> LiveRow:
    """Fetch a play that exists for the caller, for himself alone until the commit."""
    by.must(Permission.READ)
    reads.live(session, key, day_of(at), reader=by)
    query = select(LiveRow).where(LiveRow.id == key).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()
