"""Issuing and revoking certificates, and noting what is taken away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.audit.domain.exporting import Export
from trainer.certificates import queries
from trainer.certificates.domain.certificates import Ground
from trainer.certificates.domain.certificates import Kind
from trainer.certificates.domain.certificates import NoGroundError
from trainer.certificates.domain.certificates import OwnDecisionError
from trainer.certificates.domain.certificates import RevokedError
from trainer.certificates.domain.certificates import code_of
from trainer.certificates.domain.certificates import must_give_reason
from trainer.certificates.models import CertificateRow
from trainer.certificates.queries.standings import ground_of
from trainer.competence import queries as competence
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.masking import masked
from trainer.kit.db import queue_up
from trainer.people import service as people

PLACE = 4737
"""Number of the advisory lock that lets certificates be numbered one after another."""


def issue(  # noqa: PLR0913  (whose, of what, chance, who and when, each by name)
    session: Session,
    person: int,
    kind: Kind,
    subject: str,
    chance: bytes,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Issue a certificate; asked again for the same, give the one that there is.

    Args:
        session: A session.
        person: Whose it is: the caller, or somebody he looks after.
        kind: What it certifies.
        subject: Code of the line, or slug of the course.
        chance: Random bytes of its code, see ``domain.certificates.CODE_BYTES``.
        by: Who asks for it.
        at: Now.

    Returns:
        Its key.

    Raises:
        NotFoundError: there is no such person for the caller.
        NoGroundError: nothing holds today that it could rest on.
    """
    by.must(Permission.READ)
    on = day_of(at)
    competence.subject(session, person, on, reader=by)
    people.hold_person(session, person)
    ground = ground_of(session, person, kind, subject, on)
    if ground is None:
        raise NoGroundError
    if (key := _issued(session, ground)) is not None:
        return key
    key = _add(session, ground, code_of(chance), by=by, at=at)
    _note(session, "certificate.issued", key, by=by, at=at)
    return key


def revoke(session: Session, key: int, reason: str, *, by: Actor, at: datetime) -> None:
    """Revoke a certificate; the authorisation itself stays as it is.

    Raises:
        DeniedError: the caller supervises nobody.
        NotFoundError: there is none, or not for the caller.
        OwnDecisionError: it is the caller's own.
        RevokedError: it was revoked before.
        NoReasonError: the reason says nothing.
    """
    by.must(Permission.SUPERVISE)
    found = queries.certificate(session, key, day_of(at), reader=by).certificate
    if found.ground.person == by.person:
        raise OwnDecisionError
    told = must_give_reason(masked(reason))
    query = select(CertificateRow).where(CertificateRow.id == key).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one()
    if row.revoked_at is not None:
        raise RevokedError
    row.revoked_by, row.revoked_at, row.revoked_why = by.person, at, told
    session.flush()
    _note(session, "certificate.revoked", key, by=by, at=at)


def note_export(session: Session, export: Export, *, by: Actor, at: datetime) -> None:
    """Note that a growth record is taken away, before it is.

    Raises:
        ReasonTooShortError: the reason says nothing.
    """
    audit.exported(session, export, by=by, at=at)


def _issued(session: Session, ground: Ground) -> int | None:
    """Give the certificate that rests on something, None when there is none yet."""
    row = CertificateRow
    return session.scalar(
        select(row.id).where(
            row.person_id == ground.person,
            row.kind == ground.kind,
            row.subject == ground.subject,
            row.rests_on == ground.rests_on,
        )
    )


def _add(
    session: Session, ground: Ground, code: str, *, by: Actor, at: datetime
) -> int:
    """Give the next number of the year; nobody else numbers until the commit."""
    queue_up(session, PLACE)
    on = day_of(at)
    last = session.scalar(
        select(func.max(CertificateRow.serial)).where(CertificateRow.year == on.year)
    )
    row = CertificateRow(
        year=on.year,
        serial=(last or 0) + 1,
        code=code,
        person_id=ground.person,
        kind=ground.kind,
        subject=ground.subject,
        rests_on=ground.rests_on,
        issued_on=on,
        until=ground.until,
        approved_by=ground.approved_by,
        issued_by=by.person,
        issued_at=at,
        revoked_why="",
    )
    session.add(row)
    session.flush()
    return row.id


def _note(session: Session, verb: str, key: int, *, by: Actor, at: datetime) -> None:
    entry = Entry(person=by.person, verb=verb, object=f"certificate/{key}")
    audit.record(session, entry, at=at)
