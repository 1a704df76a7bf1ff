"""Tables of questions, as Chinese question banks have them, in.

How they are written: :mod:`.sheets`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from typing import Protocol

from trainer.core.wording import N_
from trainer.quizzes.domain.exchange.building import Parts
from trainer.quizzes.domain.exchange.building import drafted
from trainer.quizzes.domain.exchange.dialects import Dialect
from trainer.quizzes.domain.exchange.dialects import UnreadableError
from trainer.quizzes.domain.exchange.drafts import Defaults
from trainer.quizzes.domain.exchange.drafts import Draft
from trainer.quizzes.domain.exchange.drafts import Fault
from trainer.quizzes.domain.exchange.drafts import Read
from trainer.quizzes.domain.exchange.drafts import finished
from trainer.quizzes.domain.exchange.fields import FIELD_NAMES
from trainer.quizzes.domain.exchange.fields import Field
from trainer.quizzes.domain.exchange.fields import field_of
from trainer.quizzes.domain.exchange.fields import header_row
from trainer.quizzes.domain.exchange.fields import option_of
from trainer.quizzes.domain.exchange.fields import reason_of
from trainer.quizzes.domain.exchange.fields import right_of
from trainer.quizzes.domain.exchange.options import options_in_a_cell
from trainer.quizzes.domain.exchange.options import without_end
from trainer.quizzes.domain.question import Case

NOTES = re.compile(r"导出|说明|备注|注[:：]|填表|制表|审核|合计|总计|共\s*\d")
"""How a row begins that speaks of the table and asks nothing."""

EXAMPLE = "示例"
"""What the id of a row of the template begins with; such rows are not taken over."""


class Row(Protocol):
    """A row of a table, such as ``trainer.kit.files.tables.Line``."""

    @property
    def number(self) -> int:
        """Its number in the sheet, from 1."""

    @property
    def cells(self) -> tuple[str, ...]:
        """Its cells; the ones after the last filled may be missing."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds what, by index from 0."""

    header: tuple[str, ...]
    fields: Mapping[Field, int]
    options: Mapping[int, int]
    reasons: Mapping[int, int]
    rights: Mapping[int, int]

    @property
    def columns(self) -> dict[Field, str]:
        """Headers of the columns, by field."""
        return {field: self.header[at] for field, at in self.fields.items()}

    @property
    def unused(self) -> tuple[str, ...]:
        """Headers of columns that are not read."""
        used = {*self.fields.values(), *self.options.values()}
        used |= {*self.reasons.values(), *self.rights.values()}
        return tuple(
            name for at, name in enumerate(self.header) if name and at not in used
        )


def read_rows(rows: Sequence[Row], dialect: Dialect | None, defaults: Defaults) -> Read:
    """Read a table; never raises.

    Args:
        rows: Its rows, the header among the first ten.
        dialect: How answers to blanks are written; None when nobody said.
        defaults: What its questions do not say.
    """
    at = header_row([row.cells for row in rows])
    if at is None:
        told = N_("没有认出表头；要有一行写着 题型、题干、答案 等列名，可下载模板对照")
        return Read((), (Fault(0, told),))
    layout = _layout(rows[at].cells)
    if faults := tuple(_faults_of(layout, rows[at])):
        return Read((), faults, layout.unused)
    drafts = _with_cases(
        (
            _draft(row, layout, dialect)
            for row in rows[at + 1 :]
            if not _is_aside(row, layout)
        ),
        defaults.prefix,
    )
    found = finished(drafts, defaults, layout.columns)
    empty = Fault(0, N_("表头下面没有题目；请确认上传的是填好的那个文件"))
    return Read(found, () if found else (empty,), layout.unused)


def _layout(header: Sequence[str]) -> Layout:
    fields: dict[Field, int] = {}
    groups: tuple[dict[int, int], ...] = ({}, {}, {})
    for at, name in enumerate(header):
        field = field_of(name)
        if field:
            fields.setdefault(field, at)
            continue
        for group, place_of in zip(
            groups, (option_of, reason_of, right_of), strict=True
        ):
            place = place_of(name)
            if place is not None:
                group.setdefault(place, at)
    return Layout(tuple(header), fields, *groups)


def _faults_of(layout: Layout, row: Row) -> Iterator[Fault]:
    for field in (Field.STEM, Field.ANSWER):
        if field not in layout.fields:
            told = N_(
                "表里没有“{name}”一列；请补上，或把列名改成“{name}”",
                name=FIELD_NAMES[field],
            )
            yield Fault(row.number, told)
    named = [each for name in row.cells if (each := field_of(name))]
    if twice := [each for each in layout.fields if named.count(each) > 1]:
        names = [FIELD_NAMES[each] for each in twice]
        told = N_("有两列都是“{names}”；每项只留一列", names=names)
        yield Fault(row.number, told)


def _is_aside(row: Row, layout: Layout) -> bool:
    """Tell whether a row is a note or an example of the template."""
    filled = [cell for cell in row.cells if cell]
    note = len(filled) == 1 and bool(NOTES.match(filled[0]))
    at = layout.fields.get(Field.ID)
    return not filled or note or (at is not None and _cell(row, at).startswith(EXAMPLE))


def _draft(row: Row, layout: Layout, dialect: Dialect | None) -> Draft:
    told = {
        field: words for field, at in layout.fields.items() if (words := _cell(row, at))
    }
    options = without_end(_group(row, layout.options))
    faults: tuple[Fault, ...] = ()
    columns = layout.columns
    if not options and told.get(Field.OPTIONS):
        try:
            options = options_in_a_cell(told[Field.OPTIONS])
        except UnreadableError as error:
            faults = (Fault(row.number, error.message, columns[Field.OPTIONS]),)
    parts = Parts(
        line=row.number,
        told=told,
        options=options,
        reasons={
            place: words
            for place, at in layout.reasons.items()
            if (words := _cell(row, at))
        },
        rights=without_end(_group(row, layout.rights)),
        columns=columns,
    )
    if faults:
        return Draft(
            line=row.number, entry=drafted(parts, dialect).entry, faults=faults
        )
    return drafted(parts, dialect)


def _group(row: Row, columns: Mapping[int, int]) -> list[str]:
    places = range(max(columns, default=-1) + 1)
    return [_cell(row, columns[place]) if place in columns else "" for place in places]


def _cell(row: Row, at: int) -> str:
    return row.cells[at].strip() if at < len(row.cells) else ""


def _with_cases(drafts: Iterable[Draft], prefix: str) -> Iterator[Draft]:
    """Give the questions of a case its stem, which may stand at the first only."""
    stems: dict[str, str] = {}
    for draft in drafts:
        case = draft.case
        if case is None:
            yield draft
            continue
        key = case.id or _id_of(case.stem, stems, prefix)
        stem = stems.setdefault(key, case.stem)
        faults = draft.faults
        if case.stem not in {"", stem}:
            told = N_("案例“{id}”前面写的题干不一样；请改成一样，或换编号", id=key)
            faults = (*faults, Fault(draft.line, told))
        yield replace(draft, case=Case(id=key, stem=stem), faults=faults)


def _id_of(stem: str, stems: Mapping[str, str], prefix: str) -> str:
    known = {told: key for key, told in stems.items()}
    return known.get(stem, f"{prefix}-case-{len(stems) + 1}")
