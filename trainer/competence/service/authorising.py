"""Steps of an authorisation, by persons and by the rule."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from datetime import datetime
from datetime import timedelta

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain.entry import Entry
from trainer.competence.domain.authorising import GRANTS
from trainer.competence.domain.authorising import LONGEST_DAYS
from trainer.competence.domain.authorising import LONGEST_REASON
from trainer.competence.domain.authorising import Act
from trainer.competence.domain.authorising import Decision
from trainer.competence.domain.authorising import NoReasonError
from trainer.competence.domain.authorising import NotReachedError
from trainer.competence.domain.authorising import OwnAuthorisationError
from trainer.competence.domain.authorising import must_follow
from trainer.competence.domain.authorising import noted
from trainer.competence.models import AuthorisationEventRow
from trainer.competence.queries import Held
from trainer.competence.queries import authorisations
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import ConflictError
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.evidence import service as evidence
from trainer.evidence.domain import Fact
from trainer.evidence.domain import FactKind

RULE = 0
"""Who acts where nobody does."""

OWN = frozenset({Act.OBJECTED})
"""What a person does about his own authorisation."""


class ChangedMeanwhileError(ConflictError):
    """Somebody took a step since the page was shown."""


def decide(session: Session, told: Decision, *, by: Actor, at: datetime) -> Held:
    """Take a step.

    Raises:
        DeniedError: it is not for this person to take.
        NotFoundError: there is no such person or line for this one.
        OwnAuthorisationError: somebody authorises himself.
        WrongStepError: it does not follow from what holds.
        NotReachedError: who is let work alone does not reach the line.
        NoReasonError: the step needs a reason.
    """
    _must_be_for(told, by)
    on = day_of(at)
    found = _one(session, told.person, told.line, on, by)
    if len(found.authorisation.events) != told.seen:
        raise ChangedMeanwhileError(N_("刚才有人改过这项授权；请看过现在的情况再决定"))
    must_follow(told.act, found.authorisation)
    reason = told.reason.strip()[:LONGEST_REASON]
    if not reason and told.act not in GRANTS:
        raise NoReasonError
    if told.act is Act.GRANTED and not found.ready.is_reached:
        raise NotReachedError(N_("还没有达到独立上岗的要求；可以先批准共同签字上岗"))
    until = _end(told, on)
    _write(session, told, told.act, reason, until, by=by.person, at=at)
    if told.act is Act.GRANTED:
        _sign_off(session, told, by=by, at=at)
    return _one(session, told.person, told.line, on, by)


def note_rule(
    session: Session, people: Collection[int], *, by: Actor, at: datetime
) -> int:
    """Write down what the rule has done since it was last looked at; gives how many.

    What holds does not depend on it: it is computed. This is for the record.
    """
    steps = 0
    for found in authorisations(session, people, day_of(at), reader=by):
        act = noted(found.authorisation)
        if act is None:
            continue
        why = found.authorisation.why
        told = Decision(
            person=found.person,
            line=found.line,
            act=act,
            seen=len(found.authorisation.events),
        )
        why = why if act is Act.LAPSED else N_("重新达到了要求")
        _write(session, told, act, why, None, by=RULE, at=at)
        steps += 1
    return steps


def _must_be_for(told: Decision, by: Actor) -> None:
    if told.act in OWN:
        if told.person != by.person:
            raise DeniedError(N_("异议要由本人提出"))
        return
    if not by.permissions & {Permission.MENTOR, Permission.SUPERVISE}:
        by.must(Permission.MENTOR)
    if told.person == by.person:
        raise OwnAuthorisationError


def _one(session: Session, person: int, line: str, on: date, by: Actor) -> Held:
    found = authorisations(session, [person], on, reader=by, lines=[line])
    if not found:
        raise NotFoundError(N_("没有这个人或这条业务线"))
    return found[0]


def _end(told: Decision, on: date) -> date | None:
    """Give the end of a grant: never later than the longest."""
    if told.act not in GRANTS:
        return None
    longest = on + timedelta(LONGEST_DAYS)
    return min(told.until, longest) if told.until and told.until > on else longest


def _write(  # noqa: PLR0913  (what, why, until, who and when, each by name)
    session: Session,
    told: Decision,
    act: Act,
    reason: str,
    until: date | None,
    *,
    by: int,
    at: datetime,
) -> None:
    steps = select(func.count()).where(
        AuthorisationEventRow.person_id == told.person,
        AuthorisationEventRow.line == told.line,
    )
    session.add(
        AuthorisationEventRow(
            person_id=told.person,
            line=told.line,
            number=(session.scalar(steps) or 0) + 1,
            act=act,
            by=by,
            at=at,
            reason=reason,
            until=until,
        )
    )
    session.flush()
    entry = Entry(
        person=by,
        verb=f"authorisation.{act}",
        object=f"person/{told.person}",
        detail=told.line,
    )
    audit.record(session, entry, at=at)


def _sign_off(session: Session, told: Decision, *, by: Actor, at: datetime) -> None:
    """Tell the ledger that somebody answered for it; it proves nothing by itself."""
    fact = Fact(
        person=told.person,
        competency=told.line,
        item="",
        happened_at=at,
        outcome=1.0,
        kind=FactKind.SIGN_OFF,
        source=f"authorisation/{told.person}/{told.line}/{told.seen + 1}/{by.person}",
    )
    evidence.record(session, fact, at=at)
