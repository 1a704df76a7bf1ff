"""Reads for rosters: what an import is compared with, and the imports themselves."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from typing import Any

from sqlalchemy import Integer
from sqlalchemy import Row
from sqlalchemy import Select
from sqlalchemy import SQLColumnExpression
from sqlalchemy import String
from sqlalchemy import cast
from sqlalchemy import func
from sqlalchemy import literal
from sqlalchemy import null
from sqlalchemy import select
from sqlalchemy import true
from sqlalchemy import union_all
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.people.domain.places import Channel
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site
from trainer.people.domain.posts import Post
from trainer.people.domain.roster.drafts import KEPT
from trainer.people.domain.roster.drafts import Done
from trainer.people.domain.roster.drafts import Import
from trainer.people.domain.roster.drafts import State
from trainer.people.domain.roster.drafts import draft_of
from trainer.people.domain.roster.exporting import Exported
from trainer.people.domain.roster.exporting import exported
from trainer.people.domain.roster.exporting import fields_for
from trainer.people.domain.roster.known import Known
from trainer.people.domain.roster.known import known_from
from trainer.people.domain.roster.steps import Kind
from trainer.people.domain.secondments import Secondment
from trainer.people.models import OrganisationRow
from trainer.people.models import PersonRow
from trainer.people.models import PostRow
from trainer.people.models import RosterImportRow
from trainer.people.models import SeatRow
from trainer.people.models import SecondmentLineRow
from trainer.people.models import SecondmentRow
from trainer.people.models import SiteRow
from trainer.people.queries.accounts import account_rows
from trainer.people.queries.accounts import everybody
from trainer.people.queries.accounts import person_of
from trainer.people.queries.secondments import every_secondment
from trainer.people.queries.secondments import placement_of
from trainer.topics import queries as topics

SHOWN = 20
"""Imports that a list shows, newest first."""


def known(session: Session, logins: Collection[str], *, reader: Actor) -> Known:
    """Give who and what is there, in as many questions for many people as for one.

    Args:
        session: A session.
        logins: In lower case; of these people the secondments are read too.
        reader: An administrator.
    """
    reader.must(Permission.ADMINISTER)
    places = session.execute(_places()).all()
    return known_from(
        people=[person_of(row) for row in session.execute(account_rows())],
        held=_held(session, logins),
        organisations=[_organisation(r) for r in places if r.what == "organisation"],
        sites=[
            Site(id=r.id, code=r.code, name=r.name, active=r.active)
            for r in places
            if r.what == "site"
        ],
        seats=[_seat(r) for r in places if r.what == "seat"],
        posts=[Post(r.code, r.name) for r in places if r.what == "post"],
        lines={line.code: line.name for line in topics.topics(session).lines},
    )


def roster_import(session: Session, key: int, at: datetime, *, reader: Actor) -> Import:
    """Give an import, to an administrator.

    Raises:
        NotFoundError: there is none.
    """
    reader.must(Permission.ADMINISTER)
    row = session.get(RosterImportRow, key)
    if row is None:
        raise NotFoundError(N_("没有这次导入"))
    return import_of(row, at)


def recent_imports(session: Session, at: datetime, *, reader: Actor) -> list[Import]:
    """Give the last imports, newest first, without their rows."""
    reader.must(Permission.ADMINISTER)
    row = RosterImportRow
    query = select(row).order_by(row.id.desc()).limit(SHOWN)
    return [import_of(found, at, bare=True) for found in session.scalars(query)]


def import_of(row: RosterImportRow, at: datetime, *, bare: bool = False) -> Import:
    """Give a row as readers get it; what is old has no rows, wiped or not yet."""
    fresh = row.made_at > at - KEPT and not bare
    journal = row.journal if fresh and row.journal else {}
    return Import(
        id=row.id,
        state=State(row.state),
        edit=row.edit,
        made_by=row.made_by,
        made_at=row.made_at,
        applied_at=row.applied_at,
        undone_at=row.undone_at,
        counts=row.counts,
        draft=draft_of(row.content) if fresh and row.content else None,
        done=tuple(_done(told) for told in journal.get("done", ())),
        kept=tuple(journal.get("kept", ())),
    )


def roster(session: Session, on: date, *, reader: Actor) -> Exported:
    """Give the roster of a day: whom the reader may see, with what he may have."""
    listed = every_secondment(session, on, reader=reader)
    arranged = [one.secondment.placement.arrangement for one in listed]
    told = {key for a in arranged for key in (a.mentor, a.successor) if key}
    administers = reader.may(Permission.ADMINISTER)
    people = everybody(session, reader=reader) if administers else []
    return exported(
        listed,
        fields_for(reader),
        on,
        names=_logins_and_names(session, told),
        people={person.id: person for person in people},
        lines={line.code: line.name for line in topics.topics(session).lines},
    )


def _logins_and_names(
    session: Session, people: Collection[int]
) -> dict[int, tuple[str, str]]:
    row = PersonRow
    query = select(row.id, row.login, row.name).where(row.id.in_(people))
    return {found.id: (found.login, found.name) for found in session.execute(query)}


def _done(told: list[Any]) -> Done:
    number, kind, login, name, says = told
    return Done(number, Kind(kind), login, name, says)


def _held(session: Session, logins: Collection[str]) -> list[Secondment]:
    """Give all secondments of some people, each with its lines in one row."""
    row, line = SecondmentRow, SecondmentLineRow
    lines = (
        select(func.aggregate_strings(line.line, ","))
        .where(line.secondment_id == row.id)
        .scalar_subquery()
    )
    query: Select[Any] = (
        select(row, lines.label("lines"))
        .join(PersonRow, PersonRow.id == row.person_id)
        .where(func.lower(PersonRow.login).in_(logins))
    )
    return [
        Secondment(
            id=found.SecondmentRow.id,
            person=found.SecondmentRow.person_id,
            placement=placement_of(
                found.SecondmentRow,
                frozenset(found.lines.split(",") if found.lines else ()),
            ),
            ends_on=found.SecondmentRow.ends_on,
        )
        for found in session.execute(query)
    ]


def _places() -> Select[Any]:
    """Ask for organisations, sites, seats and posts at once."""
    organisation, site, seat, post = OrganisationRow, SiteRow, SeatRow, PostRow
    parts = (
        _part("organisation", organisation.code, organisation, kind=organisation.kind),
        _part("site", site.code, site),
        _part("seat", literal(""), seat, kind=seat.channel, site=seat.site_id),
        select(*_columns("post", literal(0), post.code, post.name)),
    )
    return select(union_all(*parts).subquery())


def _part(
    what: str,
    code: Any,  # noqa: ANN401  (a column, or a constant in its place)
    row: type[OrganisationRow | SiteRow | SeatRow],
    **more: SQLColumnExpression[Any],
) -> Select[Any]:
    return select(*_columns(what, row.id, code, row.name, active=row.active, **more))


def _columns(
    what: str, *told: SQLColumnExpression[Any], **more: SQLColumnExpression[Any]
) -> Iterator[SQLColumnExpression[Any]]:
    """Give columns that stand in one order for every kind of thing."""
    yield literal(what, String).label("what")
    for name, column in zip(("id", "code", "name"), told, strict=True):
        yield column.label(name)
    yield more.get("kind", cast(null(), String)).label("kind")
    yield more.get("site", cast(null(), Integer)).label("site")
    yield more.get("active", true()).label("active")


def _organisation(row: Row[Any]) -> Organisation:
    kind = OrganisationKind(row.kind)
    return Organisation(
        id=row.id, code=row.code, name=row.name, kind=kind, active=row.active
    )


def _seat(row: Row[Any]) -> Seat:
    return Seat(
        id=row.id,
        site=row.site,
        name=row.name,
        channel=Channel(row.kind),
        active=row.active,
    )
