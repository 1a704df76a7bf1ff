"""Taking in a table of returned files: looked at, confirmed, taken back."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.competence.domain.returning import COLUMNS
from trainer.competence.domain.returning import EXAMPLE
from trainer.competence.domain.returning import FaultsError
from trainer.competence.domain.returning import Known
from trainer.competence.domain.returning import Row
from trainer.competence.domain.returning import TakenInError
from trainer.competence.domain.returning import limited
from trainer.competence.domain.returning import lines_of
from trainer.competence.domain.returning import read
from trainer.competence.domain.returning import written
from trainer.competence.models import SightingRow
from trainer.competence.queries.people import keys_by_login
from trainer.competence.queries.people import must_look_after
from trainer.competence.service.witnessing import enter_all
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.evidence.domain import FactKind
from trainer.kit.files import write_csv
from trainer.kit.files.tables import read_table
from trainer.topics import queries as topics

Lines = Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table would bring; ``text`` is sent back when it is confirmed."""

    rows: Sequence[Row]
    text: str

    @property
    def faults(self) -> int:
        """How many rows have a fault."""
        return sum(1 for row in self.rows if row.told is None)


def template() -> bytes:
    """Give an empty table with one example."""
    return write_csv("", COLUMNS, [EXAMPLE])


def look(session: Session, data: bytes, today: date, *, by: Actor) -> Preview:
    """Show what a file would bring; nothing is kept.

    Raises:
        DeniedError: it is not for this person.
        TableError: the file is no table that can be read.
        ReturnedTableError: a column is missing, there is no row, or too many.
    """
    must_look_after(by)
    lines = [(line.number, line.cells) for line in read_table(data).lines]
    return _preview(session, lines, today, by)


def take_in(session: Session, text: str, *, by: Actor, at: datetime) -> str:
    """Take in what was looked at, all of it; gives the code of the batch.

    Raises:
        DeniedError: it is not for this person.
        ReturnedTableError: this is no table.
        FaultsError: there are faults in it by now.
        TakenInError: the same table was taken in before, and not taken back.
    """
    must_look_after(by)
    preview = _preview(session, lines_of(text), day_of(at), by)
    if preview.faults:
        raise FaultsError
    batch = _batch(session, preview.text, by)
    told = [
        replace(row.told, token=f"{batch}/{row.number}", batch=batch)
        for row in preview.rows
        if row.told
    ]
    enter_all(session, told, by=by, at=at)
    return batch


def _preview(session: Session, lines: Lines, today: date, by: Actor) -> Preview:
    rows = read(lines, _known(session, today, by))
    counted = _counted(session, {row.told.person for row in rows if row.told})
    checked = limited(rows, counted)
    return Preview(checked, written(checked))


def _known(session: Session, today: date, by: Actor) -> Known:
    spine = topics.topics(session)
    found = keys_by_login(session, today, reader=by)
    names = topics.competency_names(session)
    return Known(
        people={login: key for login, key in found.items() if key != by.person},
        own=next((login for login, key in found.items() if key == by.person), ""),
        businesses={b.name: b.code for b in spine.businesses}
        | {b.code: b.code for b in spine.businesses},
        competencies={name: code for code, name in names.items()}
        | {code: code for code in names},
        today=today,
    )


def _counted(session: Session, keys: set[int]) -> Counter[tuple[int, date, str]]:
    rows = session.execute(
        select(
            SightingRow.person_id, SightingRow.happened_on, SightingRow.outcomes
        ).where(
            SightingRow.person_id.in_(keys),
            SightingRow.kind == FactKind.RETURNED_FILE,
            SightingRow.taken_back_at.is_(None),
        )
    )
    return Counter((key, on, code) for key, on, told in rows for code in told)


def _batch(session: Session, text: str, by: Actor) -> str:
    """Name a batch by its content, so that the same table twice is found out."""
    digest = hashlib.sha256(f"{by.person}\n{text}".encode()).hexdigest()[:16]
    rows = session.execute(
        select(SightingRow.batch, SightingRow.taken_back_at).where(
            SightingRow.batch.startswith(digest)
        )
    ).all()
    if any(back is None for _, back in rows):
        raise TakenInError
    return f"{digest}-{len({batch for batch, _ in rows}) + 1}"
