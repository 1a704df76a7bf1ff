"""Who trains somebody, how long the phases are, and putting somebody into one."""

from __future__ import annotations

from dataclasses import asdict
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.audit.domain.exporting import Export
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import DeniedError
from trainer.core.wording import N_
from trainer.mentoring import queries
from trainer.mentoring.domain.planning import NotFitError
from trainer.mentoring.domain.planning import PutInto
from trainer.mentoring.domain.planning import must_make_sense
from trainer.mentoring.domain.proposing import proposals
from trainer.mentoring.domain.weeks import Plan
from trainer.mentoring.domain.weeks import must_be_possible
from trainer.mentoring.models import CosignedCaseRow
from trainer.mentoring.models import MentoringPlanRow
from trainer.mentoring.models import MentoringStepRow
from trainer.mentoring.queries import Pair
from trainer.people import queries as people_queries
from trainer.people import service as people
from trainer.topics import queries as topics


def choose_mentor(
    session: Session, key: int, mentor: int, *, by: Actor, at: datetime
) -> None:
    """Give somebody a mentor out of those that are proposed.

    Raises:
        NotFoundError: there is no such secondment for this person.
        DeniedError: he does not run the site.
        NotFitError: the mentor is not among those proposed, or no more.
    """
    by.must(Permission.SUPERVISE)
    on = day_of(at)
    pair = queries.pair(session, key, on, reader=by)
    if not pair.runs:
        raise DeniedError(N_("带教由所在网点的主管安排"))
    placement = pair.listed.secondment.placement
    names = {line.code: line.name for line in topics.topics(session).lines}
    known = queries.mentors(session, on, reader=by)
    fit = proposals(pair.person, placement.site, pair.lines, known, names)
    if mentor not in {each.mentor.person for each in fit}:
        raise NotFitError
    held = people_queries.secondment(session, key, on, reader=by)
    arranged = held.secondment.placement.arrangement
    arranged = replace(arranged, mentor=mentor)
    people.arrange_secondment(session, key, arranged, by=by, at=at)


def save_plan(
    session: Session, key: int, line: str, plan: Plan, *, by: Actor, at: datetime
) -> None:
    """Set how long the phases of a line are for somebody.

    Raises:
        NotFoundError: there is no such secondment or line for this person.
        DeniedError: neither he trains him nor runs the site.
        PlanMistakeError: it says what cannot be.
    """
    must_be_possible(plan)
    pair = _planned(session, key, line, by, at)
    people.hold_person(session, pair.person)
    row = session.get(MentoringPlanRow, (key, line))
    if row is None:
        row = MentoringPlanRow(secondment_id=key, line=line)
        session.add(row)
    for name, value in asdict(plan).items():
        setattr(row, name, value)
    row.by, row.at = by.person, at
    session.flush()
    _note(session, key, "planned", line, by=by, at=at)


def put_into(session: Session, told: PutInto, *, by: Actor, at: datetime) -> None:
    """Put somebody into a phase, forward or back; what came before counts no more.

    Raises:
        NotFoundError: there is no such secondment or line for this person.
        DeniedError: neither he trains him nor runs the site.
        NoReasonError: there is no reason.
        CitizenDataError: the reason holds a number of a citizen.
        PlanMistakeError: it is no phase that a person decides.
    """
    reason = must_make_sense(told)
    pair = _planned(session, told.secondment, told.line, by, at)
    people.hold_person(session, pair.person)
    row = CosignedCaseRow
    last = select(func.max(row.number)).where(
        row.secondment_id == pair.key, row.line == told.line
    )
    session.add(
        MentoringStepRow(
            secondment_id=pair.key,
            line=told.line,
            phase=told.phase,
            on=day_of(at),
            after=session.scalar(last) or 0,
            reason=reason,
            by=by.person,
            at=at,
        )
    )
    session.flush()
    detail = f"{told.line}:{told.phase}"
    _note(session, pair.key, "phase_set", detail, by=by, at=at)


def note_export(session: Session, export: Export, *, by: Actor, at: datetime) -> None:
    """Note that a table of mentors is taken away, before it is.

    Raises:
        ReasonTooShortError: the reason says nothing.
    """
    audit.exported(session, export, by=by, at=at)


def _planned(session: Session, key: int, line: str, by: Actor, at: datetime) -> Pair:
    pair = queries.pair(session, key, day_of(at), reader=by)
    if not (pair.is_mentor or pair.runs):
        raise DeniedError(N_("带教计划由带教老师和所在网点的主管调整"))
    queries.must_learn(pair, line)
    return pair


def _note(
    session: Session, key: int, act: str, detail: str, *, by: Actor, at: datetime
) -> None:
    entry = Entry(
        person=by.person,
        verb=f"mentoring.{act}",
        object=f"secondment/{key}",
        detail=detail,
    )
    audit.record(session, entry, at=at)
