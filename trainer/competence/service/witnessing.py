"""Entering what was seen of somebody at work, and taking it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain.entry import Entry
from trainer.competence.domain.authorising import NoReasonError
from trainer.competence.domain.witnessing import LONGEST_REASON
from trainer.competence.domain.witnessing import LONGEST_WORDS
from trainer.competence.domain.witnessing import MOST_A_DAY
from trainer.competence.domain.witnessing import CitizenDataError
from trainer.competence.domain.witnessing import EnteredError
from trainer.competence.domain.witnessing import OwnSightingError
from trainer.competence.domain.witnessing import Sighting
from trainer.competence.domain.witnessing import TakenBackError
from trainer.competence.domain.witnessing import TooManyReturnedError
from trainer.competence.domain.witnessing import UnknownItemError
from trainer.competence.domain.witnessing import must_be_possible
from trainer.competence.models import SightingRow
from trainer.competence.queries.people import must_look_after
from trainer.competence.queries.people import subject
from trainer.competence.queries.sightings import sighting_row
from trainer.competence.queries.sightings import told_by
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.masking import masked
from trainer.core.wording import N_
from trainer.evidence import service as evidence
from trainer.evidence.domain import FactKind
from trainer.people import service as people
from trainer.topics import queries as topics

BACK = "/back"
"""Ends the source of a fact that takes another one back."""


def enter(session: Session, told: Sighting, *, by: Actor, at: datetime) -> int:
    """Enter what was seen; gives its key. The same form a second time changes nothing.

    Raises:
        DeniedError: it is not for this person to enter.
        NotFoundError: there is no such person for this one.
        OwnSightingError: somebody enters it of himself.
        ImpossibleDayError: it cannot have been seen on that day.
        NothingSeenError: it speaks of no competency.
        UnknownItemError: there is no such competency or business.
        CitizenDataError: the words hold a number of a citizen.
        TooManyReturnedError: more files came back than count on a day.
        EnteredError: the form was sent before, and said something else.
        TakenBackError: the form was sent before, and was taken back.
    """
    key, is_new = _enter(session, told, by=by, at=at)
    if is_new:
        detail = f"{told.kind}:{told.person}"
        entry = _entry(by, "entered", detail, key)
        audit.record(session, entry, at=at)
    return key


def enter_all(
    session: Session, told: Sequence[Sighting], *, by: Actor, at: datetime
) -> int:
    """Enter what one file holds, all of it or nothing; gives how many were new.

    Raises:
        As :func:`enter`.
    """
    new = sum(_enter(session, each, by=by, at=at)[1] for each in told)
    if new:
        entry = _entry(by, "imported", f"{told[0].batch}:{new}")
        audit.record(session, entry, at=at)
    return new


def take_back(
    session: Session, key: int, reason: str, *, by: Actor, at: datetime
) -> None:
    """Take a sighting back: its facts count no more, from now on.

    Raises:
        NotFoundError: there is none, or not for this person.
        DeniedError: only who entered it, or a supervisor, takes it back.
        TakenBackError: it was taken back already.
        NoReasonError: there is no reason.
        CitizenDataError: the reason holds a number of a citizen.
    """
    row = sighting_row(session, key, day_of(at), reader=by)
    _must_be_for(row, by)
    _take_back(session, row, _reason(reason), by=by, at=at)
    entry = _entry(by, "taken_back", row.kind, key)
    audit.record(session, entry, at=at)


def take_back_batch(
    session: Session, batch: str, reason: str, *, by: Actor, at: datetime
) -> int:
    """Take back what one file brought; gives how many that was.

    What was taken back one by one stays so.

    Raises:
        NotFoundError: this person has brought no such file.
        TakenBackError: all of it was taken back already.
        NoReasonError: there is no reason.
        CitizenDataError: the reason holds a number of a citizen.
    """
    rows = session.scalars(
        select(SightingRow).where(
            SightingRow.batch == batch,
            SightingRow.batch != "",
            SightingRow.by == by.person,
        )
    ).all()
    if not rows:
        raise NotFoundError(N_("没有这次导入，或者不是您导入的"))
    words = _reason(reason)
    left = [row for row in rows if row.taken_back_at is None]
    if not left:
        raise TakenBackError
    for row in left:
        _take_back(session, row, words, by=by, at=at)
    detail = f"{batch}:{len(left)}"
    entry = _entry(by, "batch_taken_back", detail)
    audit.record(session, entry, at=at)
    return len(left)


def _enter(
    session: Session, told: Sighting, *, by: Actor, at: datetime
) -> tuple[int, bool]:
    """Enter it unless it is there; gives its key, and whether it is new."""
    must_look_after(by)
    if told.person == by.person:
        raise OwnSightingError
    subject(session, told.person, day_of(at), reader=by)
    people.hold_person(session, told.person)  # two of one form come one by one
    known = select(SightingRow).where(SightingRow.token == told.token)
    if row := session.scalars(known).first():
        if (row.person_id, row.by) != (told.person, by.person):
            raise NotFoundError(N_("页面已失效；请重新打开再登记"))
        if told_by(row) != replace(told, words=_words(told)):
            raise EnteredError
        if row.taken_back_at is not None:
            raise TakenBackError
        return row.id, False
    _must_be_right(session, told, day_of(at))
    row = _row(told, by.person, at)
    session.add(row)
    session.flush()
    for fact in told.facts(row.id, at):
        evidence.record(session, fact, at=at)
    return row.id, True


def _must_be_right(session: Session, told: Sighting, today: date) -> None:
    must_be_possible(told, today)
    known = topics.competency_codes(session)
    for code in told.outcomes:
        if code not in known:
            raise UnknownItemError(N_("没有代码是“{code}”的能力项", code=code))
    if told.business and topics.topics(session).business(told.business) is None:
        raise UnknownItemError(
            N_("没有代码是“{code}”的业务", code=told.business),
        )
    if told.kind is FactKind.RETURNED_FILE:
        counted = returned_on(session, told.person, told.on)
        if any(counted[code] >= MOST_A_DAY for code in told.outcomes):
            raise TooManyReturnedError


def returned_on(session: Session, person: int, on: date) -> Mapping[str, int]:
    """Count the returned files of a person and day by competency."""
    rows = session.scalars(
        select(SightingRow.outcomes).where(
            SightingRow.person_id == person,
            SightingRow.kind == FactKind.RETURNED_FILE,
            SightingRow.happened_on == on,
            SightingRow.taken_back_at.is_(None),
        )
    )
    return Counter(code for outcomes in rows for code in outcomes)


def _row(told: Sighting, by: int, at: datetime) -> SightingRow:
    return SightingRow(
        person_id=told.person,
        kind=told.kind,
        happened_on=told.on,
        outcomes=dict(told.outcomes),
        business=told.business,
        cause=told.cause or "",
        words=_words(told),
        token=told.token,
        batch=told.batch,
        by=by,
        at=at,
        taken_back_why="",
    )


def _words(told: Sighting) -> str:
    """Give the remark as it is kept: on one line."""
    return " ".join(told.words.split())[:LONGEST_WORDS]


def _entry(by: Actor, act: str, detail: str, key: int = 0) -> Entry:
    place = f"sighting/{key}" if key else ""
    verb = f"sighting.{act}"
    return Entry(person=by.person, verb=verb, object=place, detail=detail)


def _reason(written: str) -> str:
    reason = " ".join(written.split())[:LONGEST_REASON]
    if not reason:
        raise NoReasonError
    if masked(reason) != reason:
        raise CitizenDataError
    return reason


def _must_be_for(row: SightingRow, by: Actor) -> None:
    if row.by != by.person and not by.may(Permission.SUPERVISE):
        raise DeniedError(N_("只有登记的人或主管可以撤销"))
    if row.person_id == by.person:
        raise OwnSightingError


def _take_back(
    session: Session, row: SightingRow, reason: str, *, by: Actor, at: datetime
) -> None:
    people.hold_person(session, row.person_id)
    session.refresh(row, ["taken_back_at"])
    if row.taken_back_at is not None:
        raise TakenBackError
    for fact in told_by(row).facts(row.id, row.at):
        back = replace(fact, source=f"{fact.source}{BACK}", revokes=fact.source)
        evidence.record(session, back, at=at)
    row.taken_back_by, row.taken_back_at = by.person, at
    row.taken_back_why = reason
    session.flush()
