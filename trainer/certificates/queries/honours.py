"""Reads of honours: what is counted, who has reached what, what was confirmed."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row
from sqlalchemy import Select
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.certificates.domain.honours import DEFAULTS
from trainer.certificates.domain.honours import NO_HONOUR
from trainer.certificates.domain.honours import Bounds
from trainer.certificates.domain.honours import Deed
from trainer.certificates.domain.honours import Honour
from trainer.certificates.domain.honours import Quarter
from trainer.certificates.domain.honours import Reached
from trainer.certificates.domain.honours import Rule
from trainer.certificates.domain.honours import quarter_before
from trainer.certificates.domain.honours import reached
from trainer.certificates.domain.honours import read_quarter
from trainer.certificates.models import HonourBoundRow
from trainer.certificates.models import HonourRow
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.people.models import PersonRow
from trainer.people.queries import people_supervised_by

DeedSource = Callable[[Session, Quarter], Iterable[Deed]]
"""Gives what people did in a quarter; features give theirs in ``trainer.features``."""

SHOWN = 100
"""Honours on the public page, the newest; older ones are in growth records."""


def bounds(session: Session) -> Bounds:
    """Give how much each rule asks for, as the centre has set it."""
    rows = session.execute(select(HonourBoundRow.rule, HonourBoundRow.least))
    told = {Rule(rule): least for rule, least in rows}
    return {**DEFAULTS, **told}


def honours(session: Session, *, reader: Actor) -> list[Honour]:
    """Give the honours that everybody sees, the newest first; erased people have none.

    Raises:
        DeniedError: the reader may not read.
    """
    reader.must(Permission.READ)
    query = _rows().where(HonourRow.revoked_at.is_(None), PersonRow.erased_at.is_(None))
    newest = (HonourRow.quarter.desc(), HonourRow.rule, PersonRow.login)
    rows = session.execute(query.order_by(*newest).limit(SHOWN))
    return [_value(row) for row in rows]


def own_honours(
    session: Session, person: int, on: date, *, reader: Actor
) -> list[Honour]:
    """Give a person's honours to himself and to who looks after him."""
    query = _rows().where(
        HonourRow.person_id == person,
        HonourRow.revoked_at.is_(None),
        people_supervised_by(reader, on),
    )
    rows = session.execute(query.order_by(HonourRow.quarter.desc(), HonourRow.rule))
    return [_value(row) for row in rows]


def given(session: Session, key: int, on: date, *, reader: Actor) -> Honour:
    """Give an honour to its person and to who looks after him.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    query = _rows().where(HonourRow.id == key, people_supervised_by(reader, on))
    row = session.execute(query).first()
    if row is None:
        raise NotFoundError(NO_HONOUR)
    return _value(row)


def counted(
    session: Session,
    person: int,
    rule: Rule,
    quarter: Quarter,
    sources: Collection[DeedSource],
) -> Reached | None:
    """Say by what somebody has reached an honour; None when he has not."""
    found = reached(_deeds(session, quarter, sources), quarter, bounds(session))
    return next((e for e in found if e.person == person and e.rule is rule), None)


def proposals(
    session: Session, on: date, sources: Collection[DeedSource], *, reader: Actor
) -> tuple[list[Reached], dict[int, str]]:
    """Give what a supervisor may confirm today, and the names of whose it is.

    Never anything of his own, and nothing that was decided before.
    """
    reader.must(Permission.SUPERVISE)
    found = waiting(session, on, sources)
    seen = select(PersonRow.id, PersonRow.name).where(
        PersonRow.id.in_({each.person for each in found}),
        PersonRow.id != reader.person,
        people_supervised_by(reader, on),
    )
    names = dict(session.execute(seen).all())
    return [each for each in found if each.person in names], names


def waiting(
    session: Session, on: date, sources: Collection[DeedSource]
) -> list[Reached]:
    """Give what was reached in the quarter before a day and waits to be confirmed."""
    quarter = quarter_before(on)
    if on > quarter.last_day_to_confirm:
        return []
    found = reached(_deeds(session, quarter, sources), quarter, bounds(session))
    decided = session.execute(
        select(HonourRow.person_id, HonourRow.rule).where(
            HonourRow.quarter == quarter.code
        )
    )
    done = {(person, rule) for person, rule in decided}
    active = session.scalars(
        select(PersonRow.id).where(
            PersonRow.id.in_({each.person for each in found}), PersonRow.active
        )
    )
    here = set(active)
    return [e for e in found if e.person in here and (e.person, e.rule) not in done]


def _deeds(
    session: Session, quarter: Quarter, sources: Collection[DeedSource]
) -> Sequence[Deed]:
    return [deed for source in sources for deed in source(session, quarter)]


def _rows() -> Select[HonourRow, str]:
    return select(HonourRow, PersonRow.name).join(
        PersonRow, PersonRow.id == HonourRow.person_id
    )


def _value(found: Row[HonourRow, str]) -> Honour:
    row, name = found
    quarter = read_quarter(row.quarter)
    if quarter is None:
        raise RuntimeError(f"honour {row.id} has no quarter: {row.quarter}")
    return Honour(
        id=row.id,
        person=row.person_id,
        name=name,
        rule=Rule(row.rule),
        quarter=quarter,
        counted=row.counted,
        words=row.words,
        given_at=row.given_at,
        revoked_at=row.revoked_at,
        revoked_why=row.revoked_why,
    )
