"""Who trains whom, as far as a reader gets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.mentoring.domain.proposing import NEW_FOR
from trainer.people.domain.colleagues import gets_agreed_fields
from trainer.people.domain.colleagues import work_for
from trainer.people.domain.secondments import Listed
from trainer.people.domain.secondments import may_arrange
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentRow
from trainer.people.queries import secondments_supervised_by
from trainer.people.queries.secondments import listed_columns
from trainer.people.queries.secondments import not_over
from trainer.people.queries.secondments import value_of
from trainer.people.queries.secondments import was_ever
from trainer.people.queries.secondments import with_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A newcomer, his mentor if he has one, and what the reader is to them.

    Attributes:
        listed: The secondment as far as the reader gets it.
        mentor: Key of the mentor, 0 for none; for rules, not for showing.
        is_own: Whether the reader is the newcomer.
        is_mentor: Whether he is the mentor.
        runs: Whether he arranges things at the site.
        reads_words: Whether reflections, questions and remarks are for him: a bank
            gets the agreed fields only.
    """

    listed: Listed
    mentor: int
    is_own: bool
    is_mentor: bool
    runs: bool
    reads_words: bool

    @property
    def key(self) -> int:
        """Key of the secondment."""
        return self.listed.secondment.id

    @property
    def person(self) -> int:
        """Key of the newcomer."""
        return self.listed.secondment.person

    @property
    def begins_on(self) -> date:
        """First day of the secondment."""
        return self.listed.secondment.placement.begins_on

    @property
    def lines(self) -> frozenset[str]:
        """Codes of the lines he learns."""
        return self.listed.secondment.placement.arrangement.lines

    def covers(self, on: date) -> bool:
        """Tell whether a day is one of the secondment."""
        return self.begins_on <= on < (self.listed.secondment.ends_on or date.max)


def pair(session: Session, key: int, on: date, *, reader: Actor) -> Pair:
    """Give one pair.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    found = _pairs(session, [SecondmentRow.id == key], on, reader)
    if not found:
        raise NotFoundError(N_("没有这条记录"))
    return found[0]


def must_learn(found: Pair, line: str) -> None:
    """Stop here unless a line is one of the newcomer's.

    Raises:
        NotFoundError: it is not.
    """
    if line not in found.lines:
        raise NotFoundError(N_("这段任职里没有这条业务；请先在“安排”里勾选"))


def own_pair(session: Session, on: date, *, reader: Actor) -> Pair | None:
    """Give the pair in which the reader learns today: he has a mentor."""
    mine = SecondmentRow.person_id == reader.person
    found = _pairs(session, [mine, has_mentor(), *_now(on)], on, reader)
    return found[0] if found else None


def trained_by(session: Session, on: date, *, reader: Actor) -> Sequence[Pair]:
    """Give those whom the reader trains today or will, by their first day."""
    if not reader.may(Permission.MENTOR):
        return []
    mine = SecondmentRow.mentor_id == reader.person
    return _pairs(session, [mine, not_over(on)], on, reader)


def looked_after(session: Session, on: date, *, reader: Actor) -> Sequence[Pair]:
    """Give who is trained at one's sites, or is new there and should be.

    New is who came within :data:`NEW_FOR`; so is who comes.
    """
    lately = SecondmentRow.begins_on > on - NEW_FOR
    others = SecondmentRow.person_id != reader.person
    which = [not_over(on), others, has_mentor() | lately]
    return _pairs(session, which, on, reader)


def has_mentor() -> ColumnElement[bool]:
    """Say which secondments have a mentor."""
    return SecondmentRow.mentor_id.is_not(None)


def _now(on: date) -> Sequence[ColumnElement[bool]]:
    return [SecondmentRow.begins_on <= on, not_over(on)]


def pairs_where(
    session: Session,
    which: Sequence[ColumnElement[bool]],
    on: date,
    *,
    reader: Actor,
) -> list[Pair]:
    """Give the pairs of a reader that have not ended and fit some conditions."""
    return _pairs(session, [*which, not_over(on)], on, reader)


def _pairs(
    session: Session, which: Sequence[ColumnElement[bool]], on: date, reader: Actor
) -> list[Pair]:
    row = SecondmentRow
    seen = secondments_supervised_by(reader, on)
    query = with_names(
        select(*listed_columns()).join(PersonRow, PersonRow.id == row.person_id)
    ).where(seen, was_ever(), *which)
    rows = session.execute(query.order_by(row.begins_on, PersonRow.login))
    return [_pair(value_of(found), reader) for found in rows]


def _pair(listed: Listed, reader: Actor) -> Pair:
    held = listed.secondment
    is_own = held.person == reader.person
    mentor = held.placement.arrangement.mentor or 0
    trains = mentor == reader.person and reader.may(Permission.MENTOR)
    close = is_own or trains
    return Pair(
        listed=listed if close else work_for(reader, listed),
        mentor=mentor,
        is_own=is_own,
        is_mentor=trains,
        runs=not is_own and _runs(reader, held.placement.site),
        reads_words=close or not gets_agreed_fields(reader),
    )


def _runs(reader: Actor, site: int) -> bool:
    return reader.may(Permission.SUPERVISE) and may_arrange(reader, site)
