"""The log of cases: entered by the newcomer, signed by his mentor, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.competence import service as competence
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit import db
from trainer.mentoring import queries
from trainer.mentoring.domain.cases import MOST_AT_ONCE
from trainer.mentoring.domain.cases import CaseDayError
from trainer.mentoring.domain.cases import Logged
from trainer.mentoring.domain.cases import NewCase
from trainer.mentoring.domain.cases import NotCurrentError
from trainer.mentoring.domain.cases import NothingToSignError
from trainer.mentoring.domain.cases import NotMentorError
from trainer.mentoring.domain.cases import NotYourCaseError
from trainer.mentoring.domain.cases import NotYourLineError
from trainer.mentoring.domain.cases import Signature
from trainer.mentoring.domain.cases import SignedError
from trainer.mentoring.domain.cases import must_be_possible
from trainer.mentoring.domain.cases import sighting_for
from trainer.mentoring.domain.weeks import Phase
from trainer.mentoring.domain.weeks import is_sampled
from trainer.mentoring.models import CosignedCaseRow
from trainer.mentoring.queries import LineStanding
from trainer.mentoring.queries import Pair
from trainer.people import service as people

PURPOSE = "mentoring: cases that are drawn"


def enter_case(session: Session, told: NewCase, *, by: Actor, at: datetime) -> Logged:
    """Enter a case of one's own; the same form a second time gives the same one.

    Whether the mentor has to sign it is decided here: all of them, or the drawn ones.

    Raises:
        NotFoundError: there is no such secondment for this person.
        NotYourCaseError: somebody else's.
        NotYourLineError: the business is none of his lines.
        ReferenceError_, CaseDayError, NotYetError: see ``domain.cases``.
    """
    on = day_of(at)
    pair = queries.pair(session, told.secondment, on, reader=by)
    if not pair.is_own:
        raise NotYourCaseError
    people.hold_person(session, by.person)
    row = CosignedCaseRow
    sent = select(row.id).where(row.secondment_id == pair.key, row.once == told.once)
    if (known := session.scalar(sent)) is not None:
        return _logged(session, known)
    line = _line(session, pair, told.business.partition(".")[0], at)
    if told.business not in {known.code for known in line.line.businesses}:
        raise NotYourLineError
    if not pair.covers(told.on):
        raise CaseDayError(N_("{day} 不在这段任职里；请核对日期", day=told.on))
    must_be_possible(told, line.progress.phase, on)
    made = _row(session, pair, line, told, at)
    _note(session, made.id, "entered", by=by, at=at)
    return _logged(session, made.id)


def withdraw_case(session: Session, key: int, *, by: Actor, at: datetime) -> int:
    """Take out a case of one's own that was mistyped; gives its secondment.

    Raises:
        NotFoundError: there is none, or not for this person.
        NotYourCaseError: somebody else's.
        SignedError: somebody has signed it, or it is out already.
    """
    pair, row = _held(session, key, by, at)
    if not pair.is_own:
        raise NotYourCaseError
    people.hold_person(session, pair.person)
    session.refresh(row)
    if row.withdrawn_at is not None or _logged(session, key).right is not None:
        raise SignedError
    row.withdrawn_at = at
    session.flush()
    _note(session, key, "withdrawn", by=by, at=at)
    return pair.key


def sign(
    session: Session, key: int, told: Signature, *, by: Actor, at: datetime
) -> int:
    """Sign cases of one line, all of them or none; gives how many.

    Each becomes a sighting, and so a fact for each competency it speaks of.

    Raises:
        NotFoundError: there is no such secondment for this person.
        NotMentorError: he does not train this newcomer.
        NotCurrentError: he does not work alone at this line himself.
        NothingToSignError: there is no case, or cases of several lines.
        SignedError: one was signed or withdrawn meanwhile.
        NoCauseError: what was corrected has no cause.
        Others: as ``competence.service.enter``.
    """
    on = day_of(at)
    pair = queries.pair(session, key, on, reader=by)
    if not pair.is_mentor:
        raise NotMentorError
    people.hold_person(session, pair.person)
    found = _to_sign(session, pair, told)
    line = _line(session, pair, found[0].line, at)
    if not line.mentor_is_current:
        raise NotCurrentError(line.line.name)
    for case in found:
        sighting = sighting_for(case, pair.person, told)
        row = session.get_one(CosignedCaseRow, case.id)
        row.sighting_id = competence.enter(session, sighting, by=by, at=at)
        session.flush()
        _note(session, case.id, "signed", told.outcome, by=by, at=at)
    return len(found)


def take_back(
    session: Session, key: int, reason: str, *, by: Actor, at: datetime
) -> int:
    """Take a signature back; the case waits again. Gives its secondment.

    Raises:
        NotFoundError: there is no such case for this person, or nobody has signed it.
        Others: as ``competence.service.take_back``.
    """
    pair, row = _held(session, key, by, at)
    if not row.sighting_id:
        raise NotFoundError(N_("这件还没有签，不用撤销"))
    competence.take_back(session, row.sighting_id, reason, by=by, at=at)
    _note(session, key, "unsigned", by=by, at=at)
    return pair.key


def _to_sign(session: Session, pair: Pair, told: Signature) -> Sequence[Logged]:
    if not told.cases or len(told.cases) > MOST_AT_ONCE:
        raise NothingToSignError
    found = queries.cases_of(session, told.cases)
    ours = [case for case in found if case.secondment == pair.key]
    if len(ours) != len({*told.cases}) or not all(case.is_waiting for case in ours):
        raise SignedError
    if len({case.line for case in ours}) != 1:
        raise NothingToSignError
    return ours


def _line(session: Session, pair: Pair, code: str, at: datetime) -> LineStanding:
    """Give a line as the newcomer stands at it."""
    (found,) = queries.mentorings(session, [pair], day_of(at))
    for each in found.lines:
        if each.line.code == code:
            return each
    raise NotYourLineError


def _row(
    session: Session, pair: Pair, line: LineStanding, told: NewCase, at: datetime
) -> CosignedCaseRow:
    """Write a case behind the last one of its line."""
    row, code = CosignedCaseRow, line.line.code
    mine = select(row).where(row.secondment_id == pair.key, row.line == code)
    before = session.scalar(mine.order_by(row.number.desc()).limit(1))
    number = before.number + 1 if before else 1
    made = row(
        secondment_id=pair.key,
        line=code,
        number=number,
        business=told.business,
        reference=told.reference,
        on=told.on,
        drawn=_is_drawn(session, pair, line, number, before),
        once=told.once,
        entered_at=at,
    )
    session.add(made)
    session.flush()
    return made


def _is_drawn(
    session: Session,
    pair: Pair,
    line: LineStanding,
    number: int,
    before: CosignedCaseRow | None,
) -> bool:
    """Draw, unless all are signed.

    Who withdraws a drawn case has the next one drawn: else one could try until not.
    """
    if line.progress.phase is Phase.COSIGN_ALL:
        return True
    if before is not None and before.drawn and before.withdrawn_at is not None:
        return True
    secret = db.key_for(PURPOSE, session.get_bind()).hex()
    seed = f"{secret}/{pair.key}/{line.line.code}"
    return is_sampled(number, line.plan.share, seed)


def _held(
    session: Session, key: int, by: Actor, at: datetime
) -> tuple[Pair, CosignedCaseRow]:
    row = session.get(CosignedCaseRow, key)
    if row is None:
        raise NotFoundError(N_("没有这条记录"))
    return queries.pair(session, row.secondment_id, day_of(at), reader=by), row


def _logged(session: Session, key: int) -> Logged:
    (found,) = queries.cases_of(session, [key])
    return found


def _note(
    session: Session, key: int, act: str, detail: str = "", *, by: Actor, at: datetime
) -> None:
    entry = Entry(
        person=by.person,
        verb=f"cosigned_case.{act}",
        object=f"cosigned_case/{key}",
        detail=detail,
    )
    audit.record(session, entry, at=at)
