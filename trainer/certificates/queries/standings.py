"""Reads of certificates; what each is worth is asked of its source on the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row
from sqlalchemy import Select
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.certificates.domain.certificates import NO_CERTIFICATE
from trainer.certificates.domain.certificates import UNKNOWN_CODE
from trainer.certificates.domain.certificates import Certificate
from trainer.certificates.domain.certificates import Ground
from trainer.certificates.domain.certificates import Kind
from trainer.certificates.domain.certificates import Standing
from trainer.certificates.domain.certificates import State
from trainer.certificates.domain.certificates import read_code
from trainer.certificates.domain.certificates import to_issue
from trainer.certificates.domain.certificates import worth
from trainer.certificates.domain.naming import veiled
from trainer.certificates.models import CertificateRow
from trainer.certificates.queries.sources import SOURCES
from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.people import queries as people_queries
from trainer.people.domain.places import OrganisationKind
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentRow
from trainer.people.queries import people_supervised_by
from trainer.people.queries.secondments import not_over
from trainer.people.queries.secondments import was_ever

Names = Mapping[tuple[Kind, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What anybody gets who has a code.

    Attributes:
        standing: The certificate and what it is worth.
        subject: What its line or course is called.
        name: Of its person, veiled unless the reader may look at his work.
        is_known: Whether he may.
    """

    standing: Standing
    subject: str
    name: str
    is_known: bool


def certificates(
    session: Session, people: Collection[int], on: date, *, reader: Actor
) -> list[Standing]:
    """Give the certificates of some people, the newest first.

    Who is not for the reader has none.
    """
    query = _rows().where(
        CertificateRow.person_id.in_(people), people_supervised_by(reader, on)
    )
    return _standings(session, query, on)


def certificate(session: Session, key: int, on: date, *, reader: Actor) -> Standing:
    """Give a certificate to its person and to who looks after him.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    query = _rows().where(CertificateRow.id == key, people_supervised_by(reader, on))
    found = _standings(session, query, on)
    if not found:
        raise NotFoundError(NO_CERTIFICATE)
    return found[0]


def ending(
    session: Session, people: Collection[int], on: date, until: date
) -> list[Standing]:
    """Give the certificates of some people that are good and end before a day."""
    query = _rows().where(
        CertificateRow.person_id.in_(people),
        CertificateRow.revoked_at.is_(None),
        CertificateRow.until > on,
        CertificateRow.until <= until,
    )
    found = _standings(session, query, on)
    return [each for each in found if each.state is State.VALID]


def verified(session: Session, typed: str, on: date, *, reader: Actor) -> Verified:
    """Say what a certificate is worth to whoever has its code.

    Args:
        session: A session.
        typed: The code, as it was scanned or copied from paper.
        on: The day.
        reader: Who asks; nobody in particular gets the veiled name.

    Raises:
        NotFoundError: nothing was issued under this code.
    """
    code = read_code(typed)
    found = _standings(session, _rows().where(CertificateRow.code == code), on)
    if code is None or not found:
        raise NotFoundError(UNKNOWN_CODE)
    told, ground = found[0], found[0].certificate.ground
    seen = people_supervised_by(reader, on)
    whose = select(PersonRow.id).where(PersonRow.id == ground.person, seen)
    is_known = bool(reader.person) and session.scalar(whose) is not None
    name = told.certificate.name
    return Verified(
        standing=told,
        subject=subject_names(session)[ground.kind, ground.subject],
        name=name if is_known else veiled(name),
        is_known=is_known,
    )


def issuable(session: Session, person: int, on: date) -> list[Ground]:
    """Give what somebody could get a certificate for and has none."""
    known = [each.certificate for each in _of(session, person, on)]
    found = [
        ground
        for source in SOURCES.values()
        for ground in source.grounds(session, [person], on)
    ]
    return to_issue(found, known)


def ground_of(
    session: Session, person: int, kind: Kind, subject: str, on: date
) -> Ground | None:
    """Give what a certificate could rest on today, whether there is one or not."""
    if kind not in SOURCES:
        return None
    found = SOURCES[kind].grounds(session, [person], on)
    return next((each for each in found if each.subject == subject), None)


def subject_names(session: Session) -> Names:
    """Give what subjects are called, by kind and code; one that is gone its code."""
    found: dict[tuple[Kind, str], str] = _CodesAsNames()
    for kind, source in SOURCES.items():
        found |= {(kind, code): name for code, name in source.names(session).items()}
    return found


def issuer(session: Session) -> str:
    """Give the name of the centre, empty while none is registered."""
    found = (
        each.name
        for each in people_queries.organisations(session)
        if each.kind is OrganisationKind.CENTRE and each.active
    )
    return next(found, "")


class _CodesAsNames(dict[tuple[Kind, str], str]):
    """Names by kind and code; what has no name any more is called by its code."""

    def __missing__(self, key: tuple[Kind, str]) -> str:
        return key[1]


def _of(session: Session, person: int, on: date) -> list[Standing]:
    return _standings(session, _rows().where(CertificateRow.person_id == person), on)


def _rows() -> Select[CertificateRow, str]:
    newest = (CertificateRow.year.desc(), CertificateRow.serial.desc())
    return (
        select(CertificateRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == CertificateRow.person_id)
        .order_by(*newest)
    )


def _standings(
    session: Session, query: Select[CertificateRow, str], on: date
) -> list[Standing]:
    found = [_value(row) for row in session.execute(query)]
    told = _told(session, [each.ground for each in found], on)
    gone = _left(session, {each.ground.person for each in found}, on) if found else ()
    return [
        Standing(
            each,
            worth(
                each,
                told.get(each.ground, State.LAPSED),
                has_left=each.ground.person in gone,
            ),
        )
        for each in found
    ]


def _told(session: Session, grounds: Iterable[Ground], on: date) -> dict[Ground, State]:
    by_kind: dict[Kind, list[Ground]] = defaultdict(list)
    for ground in grounds:
        by_kind[ground.kind].append(ground)
    found: dict[Ground, State] = {}
    for kind, wanted in by_kind.items():
        if kind in SOURCES:
            found |= SOURCES[kind].states(session, wanted, on)
    return found


def _left(session: Session, people: Collection[int], on: date) -> Sequence[int]:
    """Give who of some people works here no more."""
    row = SecondmentRow
    begun = select(row.person_id).where(
        row.person_id.in_(people), row.begins_on <= on, was_ever()
    )
    gone = PersonRow.id.in_(begun) & PersonRow.id.not_in(begun.where(not_over(on)))
    return session.scalars(
        select(PersonRow.id).where(
            PersonRow.id.in_(people), or_(~PersonRow.active, gone)
        )
    ).all()


def _value(found: Row[CertificateRow, str]) -> Certificate:
    row, name = found
    ground = Ground(
        person=row.person_id,
        kind=Kind(row.kind),
        subject=row.subject,
        rests_on=row.rests_on,
        until=row.until,
        approved_by=row.approved_by,
    )
    return Certificate(
        id=row.id,
        year=row.year,
        serial=row.serial,
        code=row.code,
        ground=ground,
        name=name,
        issued_on=row.issued_on,
        revoked_at=row.revoked_at,
        revoked_why=row.revoked_why,
    )
