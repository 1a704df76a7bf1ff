"""A table of returned files: read, faults by cell, taken in whole, taken back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.competence.worlds import MANAGER
from tests.competence.worlds import moment
from tests.competence.worlds import put_framework
from tests.factories import make_actor
from tests.people.places import make_person
from trainer.competence import service
from trainer.competence.domain.returning import CAUSE
from trainer.competence.domain.returning import COLUMNS
from trainer.competence.domain.returning import COMPETENCY
from trainer.competence.domain.returning import DAY
from trainer.competence.domain.returning import LOGIN
from trainer.competence.domain.returning import MOST_ROWS
from trainer.competence.domain.returning import WORDS
from trainer.competence.domain.returning import FaultsError
from trainer.competence.domain.returning import Known
from trainer.competence.domain.returning import ReturnedTableError
from trainer.competence.domain.returning import Row
from trainer.competence.domain.returning import TakenInError
from trainer.competence.domain.returning import lines_of
from trainer.competence.domain.returning import read
from trainer.competence.domain.returning import written
from trainer.competence.domain.witnessing import MOST_A_DAY
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.evidence.models import FactRow
from trainer.kit.files.tables import TableError

NOW = moment("2026-11-22")
TODAY = date(2026, 11, 22)
HEAD = ",".join(COLUMNS)
GOOD = "clerk,2026-11-20,租房提取,P5,材料多要或少要,多要了合同"
KNOWN = Known(
    people={"clerk": 7},
    own="boss",
    businesses={"withdraw.rent": "withdraw.rent", "租房提取": "withdraw.rent"},
    competencies={"P5": "P5", "消费类提取": "P5"},
    today=TODAY,
)


def table(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def rows_of(*cells: tuple[str, ...]) -> list[Row]:
    return read([(1, COLUMNS), *enumerate(cells, start=2)], KNOWN)


def one(*cells: str) -> Row:
    (row,) = rows_of(cells)
    return row


def test_codes_and_names_are_read_and_days_as_people_write_them() -> None:
    row = one("clerk", "2026/11/20", "租房提取", "消费类提取", "materials", "")
    assert row.told is not None
    assert row.told.on == date(2026, 11, 20)
    assert row.told.business == "withdraw.rent"
    assert row.told.outcomes == {"P5": 0.0}


def test_each_fault_stands_at_its_cell() -> None:
    row = one("w9", "昨天", "盖章", "P99", "没睡好", "")
    assert row.told is None
    assert sorted(row.faults) == [LOGIN, DAY, 2, COMPETENCY, CAUSE]
    assert "不归您督导" in row.faults[LOGIN]
    assert "日期期限算错" in row.faults[CAUSE]
    assert one("boss", *GOOD.split(",")[1:]).faults[LOGIN] == "不能登记自己的退件"
    late = one("clerk", "2026-11-23", "租房提取", "P5", "materials", "")
    assert [*late.faults] == [DAY]
    citizen = one("clerk", "2026-11-20", "租房提取", "P5", "date", "13800001111")
    assert [*citizen.faults] == [WORDS]


def test_columns_may_stand_in_any_order_and_one_may_be_left_out() -> None:
    names = [name for name in COLUMNS[::-1] if name != "说明"]
    cells = dict(zip(COLUMNS, GOOD.split(","), strict=True))
    (row,) = read([(3, names), (4, [cells[name] for name in names])], KNOWN)
    assert row.number == 4
    assert row.told is not None
    assert row.told.words == ""


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [(1, ("工号", "日期"))],
        [(1, COLUMNS)],
        [(n, COLUMNS) for n in range(1, MOST_ROWS + 3)],
    ],
    ids=["nothing", "columns", "rows", "too many"],
)
def test_what_is_no_such_table_is_refused(
    lines: list[tuple[int, tuple[str, ...]]],
) -> None:
    with pytest.raises(ReturnedTableError):
        read(lines, KNOWN)


WILD = st.text(max_size=12).map(lambda word: word.replace("\r", "").strip())


@given(st.lists(st.tuples(*[WILD] * len(COLUMNS)), min_size=1, max_size=5))
def test_any_cells_are_read_and_come_back_as_they_were(
    cells: list[tuple[str, ...]],
) -> None:
    rows = rows_of(*cells)
    assert all((row.told is None) == bool(row.faults) for row in rows)
    again = read(lines_of(written(rows)), KNOWN)
    assert [row.cells for row in again] == [row.cells for row in rows]


@pytest.fixture
def clerk(session: Session) -> int:
    put_framework(session)
    return make_person(session, "clerk").id


def counted(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(FactRow)) or 0


def test_a_table_is_looked_at_confirmed_and_taken_back(
    session: Session, clerk: int
) -> None:
    assert clerk
    preview = service.look(session, table(GOOD, GOOD), TODAY, by=MANAGER)
    assert (len(preview.rows), preview.faults, counted(session)) == (2, 0, 0)
    batch = service.take_in(session, preview.text, by=MANAGER, at=NOW)
    assert counted(session) == 2
    with pytest.raises(TakenInError):
        service.take_in(session, preview.text, by=MANAGER, at=NOW)
    assert service.take_back_batch(session, batch, "导错", by=MANAGER, at=NOW) == 2
    assert counted(session) == 4
    again = service.take_in(session, preview.text, by=MANAGER, at=NOW)
    assert again != batch


def test_a_table_with_a_fault_is_not_taken_in_at_all(
    session: Session, clerk: int
) -> None:
    assert clerk
    preview = service.look(
        session, table(GOOD, GOOD.replace("P5", "P9")), TODAY, by=MANAGER
    )
    assert preview.faults == 1
    with pytest.raises(FaultsError):
        service.take_in(session, preview.text, by=MANAGER, at=NOW)
    assert counted(session) == 0


def test_more_than_count_on_a_day_are_found_in_the_preview(
    session: Session, clerk: int
) -> None:
    assert clerk
    preview = service.look(
        session, table(*[GOOD] * (MOST_A_DAY + 1)), TODAY, by=MANAGER
    )
    assert preview.faults == 1
    assert COMPETENCY in preview.rows[-1].faults


def test_the_template_is_read_by_the_reader(session: Session, clerk: int) -> None:
    assert clerk
    preview = service.look(session, service.template(), TODAY, by=MANAGER)
    assert len(preview.rows) == 1
    assert DAY not in preview.rows[0].faults


def test_who_looks_after_nobody_brings_no_table(session: Session, clerk: int) -> None:
    stranger = make_actor(clerk)
    with pytest.raises(DeniedError):
        service.look(session, table(GOOD), TODAY, by=stranger)
    with pytest.raises(DeniedError):
        service.take_in(session, table(GOOD).decode(), by=stranger, at=NOW)
    with pytest.raises(TableError):
        service.look(session, b"\x00\x01", TODAY, by=MANAGER)
    with pytest.raises(NotFoundError):
        service.take_back_batch(session, "none", "导错", by=MANAGER, at=NOW)
