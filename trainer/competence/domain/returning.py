"""Reading a table of returned files: what each row means, and what is wrong in it.

All or nothing: a table with a fault is not taken in, so nobody wonders which half of
it counted. Nothing of a citizen belongs into it.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from trainer.competence.domain.witnessing import MOST_A_DAY
from trainer.competence.domain.witnessing import CitizenDataError
from trainer.competence.domain.witnessing import ImpossibleDayError
from trainer.competence.domain.witnessing import Sighting
from trainer.competence.domain.witnessing import TooManyReturnedError
from trainer.competence.domain.witnessing import must_be_possible
from trainer.core.errors import ConflictError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.evidence.domain import FactKind
from trainer.topics.domain.causes import CAUSE_NAMES
from trainer.topics.domain.causes import ErrorCause

COLUMNS = ("工号", "日期", "业务", "能力项", "差错原因", "说明")
LOGIN, DAY, BUSINESS, COMPETENCY, CAUSE, WORDS = range(len(COLUMNS))
MOST_ROWS = 500
EXAMPLE = ("w1002", "2026-11-20", "租房提取", "P5", "材料多要或少要", "多要了租赁合同")
CAUSES = {str(name): cause for cause, name in CAUSE_NAMES.items()}


class ReturnedTableError(TrainerError):
    """The table is none of returned files, or too long."""


class FaultsError(TrainerError):
    """There are faults left in the table."""

    def __init__(self) -> None:
        super().__init__(N_("表里还有要改的地方，没有导入；请改好文件再上传"))


class TakenInError(ConflictError):
    """The same table was taken in before."""

    def __init__(self) -> None:
        super().__init__(N_("这张表已经导入过，没有再导；要重新导入，请先撤销上一次"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the cells of a table may name.

    Attributes:
        people: Keys by login: those whom the reader looks after.
        own: Login of the reader, who enters nothing of himself.
        businesses: Codes by code and by name.
        competencies: Codes by code and by name.
        today: Today.
    """

    people: Mapping[str, int]
    own: str
    businesses: Mapping[str, str]
    competencies: Mapping[str, str]
    today: date


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number in the file, its cells, the faults by column, what it says."""

    number: int
    cells: tuple[str, ...]
    faults: Mapping[int, str]
    told: Sighting | None


def read(lines: Iterable[tuple[int, Sequence[str]]], known: Known) -> list[Row]:
    """Read a table whose first row are its heads, in any order.

    Raises:
        ReturnedTableError: a column is missing, there is no row, or too many.
    """
    rows = [*lines]
    heads = {
        name.strip(): place for place, name in enumerate(rows[0][1] if rows else ())
    }
    missing = [name for name in COLUMNS[:WORDS] if name not in heads]
    if missing:
        raise ReturnedTableError(
            N_("表头缺少：{missing}；请下载模板，照着填", missing=missing)
        )
    if len(rows) == 1:
        raise ReturnedTableError(N_("表里没有退件；请从第二行填起"))
    if len(rows) > MOST_ROWS + 1:
        raise ReturnedTableError(
            N_("一次最多导入 {most} 行；请拆成几个文件", most=MOST_ROWS)
        )
    return [_row(number, _cells(heads, line), known) for number, line in rows[1:]]


def limited(
    rows: Sequence[Row], counted: Mapping[tuple[int, date, str], int]
) -> list[Row]:
    """Find the rows that are more than count on a day.

    Args:
        rows: What was read.
        counted: Returned files there are, by person, day and competency.
    """
    seen = Counter(counted)
    found = []
    for row in rows:
        checked = row
        if row.told:
            for code in row.told.outcomes:
                place = (row.told.person, row.told.on, code)
                seen[place] += 1
                if seen[place] > MOST_A_DAY:
                    fault = {COMPETENCY: TooManyReturnedError().message}
                    checked = replace(row, faults=fault, told=None)
        found.append(checked)
    return found


def written(rows: Iterable[Row]) -> str:
    """Write rows as CSV, to be read again when they are confirmed."""
    kept = io.StringIO(newline="")
    writer = csv.writer(kept)
    writer.writerow(COLUMNS)
    writer.writerows(row.cells for row in rows)
    return kept.getvalue()


def lines_of(text: str) -> list[tuple[int, Sequence[str]]]:
    """Read what :func:`written` wrote; rows are numbered from 1."""
    return [*enumerate(csv.reader(io.StringIO(text, newline="")), start=1)]


def _cells(heads: Mapping[str, int], line: Sequence[str]) -> tuple[str, ...]:
    places = (heads.get(name, len(line)) for name in COLUMNS)
    return tuple(line[p].strip() if p < len(line) else "" for p in places)


def _row(number: int, cells: tuple[str, ...], known: Known) -> Row:
    faults: dict[int, str] = {}
    person = known.people.get(cells[LOGIN])
    if cells[LOGIN] == known.own:
        faults[LOGIN] = N_("不能登记自己的退件")
    elif person is None:
        faults[LOGIN] = N_("没有这个工号，或者不归您督导、带教")
    on = _day(cells[DAY])
    if on is None:
        faults[DAY] = N_("日期请写成 2026-09-20")
    business = known.businesses.get(cells[BUSINESS])
    if business is None:
        faults[BUSINESS] = N_("没有这项业务；请写代码或全名")
    competency = known.competencies.get(cells[COMPETENCY])
    if competency is None:
        faults[COMPETENCY] = N_("没有这项能力；请写代码（如 P5）或全名")
    cause = _cause(cells[CAUSE])
    if cause is None:
        faults[CAUSE] = N_("没有这种原因；可写：{names}", names=[*CAUSES])
    if faults or person is None or on is None or business is None or competency is None:
        return Row(number, cells, faults, None)
    told = Sighting(
        person=person,
        kind=FactKind.RETURNED_FILE,
        on=on,
        outcomes={competency: 0.0},
        business=business,
        cause=cause,
        words=cells[WORDS],
        token=str(number),
    )
    return _possible(number, cells, told, known.today)


def _possible(number: int, cells: tuple[str, ...], told: Sighting, today: date) -> Row:
    """Check what a row says as a whole."""
    try:
        must_be_possible(told, today)
    except CitizenDataError as error:
        return Row(number, cells, {WORDS: error.message}, None)
    except ImpossibleDayError as error:
        return Row(number, cells, {DAY: error.message}, None)
    return Row(number, cells, {}, told)


def _day(written_day: str) -> date | None:
    try:
        return date.fromisoformat(written_day.replace("/", "-").replace(".", "-"))
    except ValueError:
        return None


def _cause(name: str) -> ErrorCause | None:
    codes = {cause.value: cause for cause in ErrorCause}
    return CAUSES.get(name) or codes.get(name)
