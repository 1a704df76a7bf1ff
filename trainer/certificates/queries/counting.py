"""What somebody did in a quarter, as competence and scenarios have it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date

from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import aliased

from trainer.certificates.domain.honours import Deed
from trainer.certificates.domain.honours import DeedKind
from trainer.certificates.domain.honours import Quarter
from trainer.competence.domain.authorising import Act
from trainer.competence.models import AuthorisationEventRow
from trainer.competence.models import SightingRow
from trainer.core.clock import day_of
from trainer.core.clock import start_of
from trainer.evidence.domain import FactKind
from trainer.people.models import SecondmentRow
from trainer.people.queries.secondments import was_ever
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import RevisionRow
from trainer.scenarios.domain import SCENARIO
from trainer.scenarios.domain.case_replay import ANONYMOUS
from trainer.topics import queries as topics

SIGHTED = {
    FactKind.OBSERVATION.value: DeedKind.SEEN,
    FactKind.COSIGNED_CASE.value: DeedKind.SEEN,
    FactKind.RETURNED_FILE.value: DeedKind.RETURNED,
}
TAKEN = (Act.LAPSED, Act.SUSPENDED, Act.REVOKED)
LASTING = (Act.LAPSED, Act.SUSPENDED)
ENDING = (Act.RETURNED, Act.RESTORED, Act.GRANTED, Act.LIMITED, Act.REVOKED)
"""What lasts until something else is done, and what ends it."""


def seen_at_work(session: Session, quarter: Quarter) -> Iterator[Deed]:
    """Give what was seen of people at the counter, returned files too."""
    row = SightingRow
    names = {each.code: each.name for each in topics.topics(session).businesses}
    rows = session.execute(
        select(row.id, row.person_id, row.kind, row.happened_on, row.business).where(
            row.kind.in_(SIGHTED),
            row.happened_on >= quarter.begin,
            row.happened_on < quarter.end,
            row.taken_back_at.is_(None),
        )
    )
    for key, person, kind, on, business in rows:
        yield Deed(
            person=person,
            kind=SIGHTED[kind],
            on=on,
            what=names.get(business, ""),
            about=str(key),
        )


def authorised(session: Session, quarter: Quarter) -> Iterator[Deed]:
    """Give lapses of people, and to mentors whom they brought to work alone.

    A grant counts for who trained the person on that day, once for each person, and
    not when the line was granted before.
    """
    row, before = AuthorisationEventRow, aliased(AuthorisationEventRow)
    earlier = select(before.id).where(
        before.person_id == row.person_id,
        before.line == row.line,
        before.act == Act.GRANTED,
        before.number < row.number,
    )
    rows = session.execute(
        select(row.person_id, row.line, row.act, row.at).where(
            row.at >= start_of(quarter.begin),
            row.at < start_of(quarter.end),
            or_(row.act.in_(TAKEN), (row.act == Act.GRANTED) & ~earlier.exists()),
        )
    ).all()
    for person, _line, act, at in rows:
        if act != Act.GRANTED:
            yield Deed(person=person, kind=DeedKind.LAPSED, on=day_of(at))
    grants = [(p, line, day_of(at)) for p, line, act, at in rows if act == Act.GRANTED]
    yield from _trained(session, grants)


def still_lacking(session: Session, quarter: Quarter) -> Iterator[Deed]:
    """Give the lapses and suspensions that lasted when a quarter began."""
    row, later = AuthorisationEventRow, aliased(AuthorisationEventRow)
    begun = start_of(quarter.begin)
    ended = select(later.id).where(
        later.person_id == row.person_id,
        later.line == row.line,
        later.number > row.number,
        later.at < begun,
        later.act.in_(ENDING),
    )
    people = session.scalars(
        select(row.person_id)
        .distinct()
        .where(row.act.in_(LASTING), row.at < begun, ~ended.exists())
    )
    for person in people:
        yield Deed(person=person, kind=DeedKind.LAPSED, on=quarter.begin)


def _trained(
    session: Session, grants: Iterable[tuple[int, str, date]]
) -> Iterator[Deed]:
    told, row = list(grants), SecondmentRow
    names = {line.code: line.name for line in topics.topics(session).lines}
    works = session.execute(
        select(row.person_id, row.mentor_id, row.begins_on, row.ends_on).where(
            row.person_id.in_({person for person, _, _ in told}),
            row.mentor_id.is_not(None),
            was_ever(),
        )
    ).all()
    for person, line, on in told:
        for who, mentor, begins, ends in works:
            lasts = begins <= on and (ends is None or on < ends)
            if mentor is not None and who == person and lasts:
                yield Deed(
                    person=mentor,
                    kind=DeedKind.TRAINED,
                    on=on,
                    what=names.get(line, line),
                    about=str(person),
                )


def written_up(session: Session, quarter: Quarter) -> Iterator[Deed]:
    """Give the case replays that were published, to who wrote them."""
    row = RevisionRow
    rows = session.execute(
        select(row.created_by, row.title, row.approved_at, DocumentRow.slug)
        .join(DocumentRow, DocumentRow.id == row.document_id)
        .where(
            DocumentRow.kind == SCENARIO,
            row.number == 1,
            row.status == Status.APPROVED,
            row.source.endswith(ANONYMOUS, autoescape=True),
            row.approved_at >= start_of(quarter.begin),
            row.approved_at < start_of(quarter.end),
        )
    )
    for person, title, at, slug in rows:
        if at is not None:
            yield Deed(
                person=person,
                kind=DeedKind.REPLAY,
                on=day_of(at),
                what=title,
                about=slug,
            )


DEEDS = (seen_at_work, authorised, still_lacking, written_up)
"""What is counted here; features above add theirs."""
