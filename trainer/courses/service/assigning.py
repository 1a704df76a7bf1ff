"""Use cases of assigned courses: rules, waivers, taking the table of plans away.

Who assigns: whoever edits policy or manages the centre makes rules with any audience;
a supervisor makes such as name people whom he looks after on that day, and ends those
he has made. A rule goes on to mean whom it names when they move.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.audit.domain.exporting import Export
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.masking import masked
from trainer.core.wording import N_
from trainer.courses.domain.assigning import AssignmentChangedError
from trainer.courses.domain.assigning import AssignRule
from trainer.courses.domain.assigning import AssignText
from trainer.courses.domain.assigning import Waiver
from trainer.courses.domain.assigning import must_give_reason
from trainer.courses.domain.assigning import must_make_sense
from trainer.courses.domain.foreseeing import Confirmed
from trainer.courses.domain.foreseeing import must_be_as_shown
from trainer.courses.models import AssignRulePartRow
from trainer.courses.models import AssignRulePersonRow
from trainer.courses.models import AssignRuleRow
from trainer.courses.models import CourseWaiverRow
from trainer.courses.queries import assignments
from trainer.courses.queries import foreseen
from trainer.courses.queries import plans
from trainer.courses.queries.assignments import sees_waiver
from trainer.people import service as people


def assign(session: Session, told: Confirmed, *, by: Actor, at: datetime) -> int:
    """Make a rule; the same form a second time gives the same one.

    Returns:
        Its key.

    Raises:
        DeniedError: the caller may not assign to these people.
        AssignmentMistakeError: it says what cannot be.
        NotForeseenError: what would happen is not what was shown.
    """
    people.hold_person(session, by.person)
    known = select(AssignRuleRow.id).where(
        AssignRuleRow.made_by == by.person, AssignRuleRow.once == told.once
    )
    if (key := session.scalar(known)) is not None:
        return key
    _must_be_foreseen(session, told, 0, by=by, at=at)
    row = AssignRuleRow(once=told.once, edit=0, made_by=by.person, made_at=at)
    _fill(session, row, told.text)
    _note(session, f"assign_rule/{row.id}", "assign_rule.made", by=by, at=at)
    return row.id


def reassign(
    session: Session, key: int, told: Confirmed, *, by: Actor, at: datetime
) -> None:
    """Change a rule, or end it.

    Raises:
        NotFoundError: there is no such rule for the caller.
        AssignmentChangedError: somebody else saved it since the page was shown.
        TrainerError: as :func:`assign`.
    """
    query = select(AssignRuleRow).where(AssignRuleRow.id == key).with_for_update()
    row = session.scalar(query.execution_options(populate_existing=True))
    foreseen.must_be_own(assignments.assign_rule(session, key), by)
    if row is None or row.edit != told.based_on:
        raise AssignmentChangedError
    _must_be_foreseen(session, told, key, by=by, at=at)
    _fill(session, row, told.text)
    _note(session, f"assign_rule/{key}", "assign_rule.changed", by=by, at=at)


def waive(
    session: Session, waiver: Waiver, once: str, *, by: Actor, at: datetime
) -> int:
    """Free somebody of a course; the same form a second time gives the same waiver.

    It is no evidence: the ledger is told nothing, since it says of nobody that he can
    do anything.

    Returns:
        Its key.

    Raises:
        DeniedError: the caller supervises nobody, or means himself.
        NotFoundError: he does not look after this person.
        WaiverMistakeError: it says nothing, or has ended already.
    """
    _must_look_after(session, waiver.person, by=by, at=at)
    must_give_reason(waiver, day_of(at))
    people.hold_person(session, by.person)
    known = select(CourseWaiverRow.id).where(
        CourseWaiverRow.made_by == by.person, CourseWaiverRow.once == once
    )
    if (key := session.scalar(known)) is not None:
        return key
    row = CourseWaiverRow(
        once=once,
        person_id=waiver.person,
        course=waiver.course,
        why=masked(waiver.why.strip()),
        until=waiver.until,
        made_by=by.person,
        made_at=at,
    )
    session.add(row)
    session.flush()
    _note(session, f"course_waiver/{row.id}", "course_waiver.made", by=by, at=at)
    return row.id


def take_back(session: Session, key: int, *, by: Actor, at: datetime) -> int:
    """Take a waiver back; a second time changes nothing.

    Returns:
        Key of the person it was of.

    Raises:
        DeniedError: the caller supervises nobody, or means himself.
        NotFoundError: there is no such waiver of a person he looks after.
    """
    by.must(Permission.SUPERVISE)
    if not sees_waiver(session, key, day_of(at), reader=by):
        raise NotFoundError(N_("没有这条免学"))
    row = session.get_one(
        CourseWaiverRow, key, with_for_update=True, populate_existing=True
    )
    _must_not_be_own(row.person_id, by)
    if row.ended_by is None:
        row.ended_by, row.ended_at = by.person, at
        session.flush()
        _note(session, f"course_waiver/{key}", "course_waiver.ended", by=by, at=at)
    return row.person_id


def note_export(session: Session, export: Export, *, by: Actor, at: datetime) -> None:
    """Note that the table of plans is taken away, before it is.

    Raises:
        ReasonTooShortError: the reason says nothing.
    """
    audit.exported(session, export, by=by, at=at)


def _must_look_after(session: Session, person: int, *, by: Actor, at: datetime) -> None:
    by.must(Permission.SUPERVISE)
    plans.plan_of(session, person, at, reader=by)
    _must_not_be_own(person, by)


def _must_not_be_own(person: int, by: Actor) -> None:
    if person == by.person:
        raise DeniedError(N_("不能给自己免学；请您的主管来定"))


def _must_be_foreseen(
    session: Session, told: Confirmed, key: int, *, by: Actor, at: datetime
) -> None:
    """Check that a rule makes sense, and that its maker may and knows what it does."""
    must_make_sense(told.text)
    meant = AssignRule(id=key, text=told.text, edit=0, made_by=by.person)
    found = foreseen.foreseen(session, meant, at, reader=by)
    must_be_as_shown(found, told.seal)


def _fill(session: Session, row: AssignRuleRow, text: AssignText) -> None:
    term = text.term
    row.name, row.since, row.until = text.name.strip(), text.since, text.until
    row.anchor, row.days = term.anchor.value, term.days
    row.day, row.policy = term.day, term.policy
    row.edit += 1
    session.add(row)
    session.flush()
    for table in (AssignRulePartRow, AssignRulePersonRow):
        session.execute(delete(table).where(table.rule_id == row.id))
    session.add_all(
        AssignRulePartRow(rule_id=row.id, part=part, value=value)
        for part, value in _parts(text)
    )
    session.add_all(
        AssignRulePersonRow(rule_id=row.id, person_id=person)
        for person in sorted(text.audience.people)
    )
    session.flush()


def _parts(text: AssignText) -> Iterator[tuple[str, str]]:
    """Give what narrows a rule, as it is kept; see ``queries.assignments``."""
    wanted = text.audience
    for part, values in (
        ("course", text.courses),
        ("site", wanted.sites),
        ("organisation", wanted.organisations),
        ("post", wanted.posts),
        ("line", wanted.lines),
        ("tier", wanted.tiers),
    ):
        yield from ((part, str(value)) for value in sorted(values))
    for part, value in (
        ("arrived_from", wanted.arrived_from),
        ("arrived_to", wanted.arrived_to),
        ("tenure_least", wanted.tenure_least),
        ("tenure_most", wanted.tenure_most),
    ):
        if value is not None:
            yield part, str(value)


def _note(session: Session, what: str, verb: str, *, by: Actor, at: datetime) -> None:
    audit.record(session, Entry(person=by.person, verb=verb, object=what), at=at)
