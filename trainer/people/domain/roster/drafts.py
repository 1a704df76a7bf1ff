"""An import on its way: the sheet, what its columns mean, what was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from enum import StrEnum
from typing import Any

from trainer.core.errors import ConflictError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.people.domain.roster.commands import Correction
from trainer.people.domain.roster.fields import FIELD_NAMES
from trainer.people.domain.roster.fields import Field
from trainer.people.domain.roster.fields import header_row
from trainer.people.domain.roster.fields import is_note
from trainer.people.domain.roster.fields import preselect
from trainer.people.domain.roster.planning import Row
from trainer.people.domain.roster.steps import Kind

KEPT = timedelta(days=7)
"""How long the rows of an import are kept: so long it can be taken back."""

MOST_PEOPLE = 2_000
"""Rows of one import; what a centre on one machine has in all."""

LONGEST = 200
"""Characters of a cell that is kept."""


class NoTableError(TrainerError):
    """The sheet has no rows of people."""


class ChangedMeanwhileError(ConflictError):
    """What was shown is no longer what would happen."""


class State(StrEnum):
    """Where an import stands."""

    WAITING = "waiting"
    APPLIED = "applied"
    UNDONE = "undone"
    DROPPED = "dropped"


STATE_NAMES = {
    State.WAITING: N_("待确认"),
    State.APPLIED: N_("已导入"),
    State.UNDONE: N_("已撤销"),
    State.DROPPED: N_("已放弃"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A sheet that waits.

    Attributes:
        sheet: Its name, empty for CSV.
        header: What its columns are called.
        rows: Its rows by number; each has a cell for every column.
        chosen: What each column means; None is not imported.
        out: Numbers of rows that are left out.
        taken: Tokens of the places that are to be made.
        merged: Whether merged cells were filled in.
        others: Names of sheets that were not read.
    """

    sheet: str
    header: tuple[str, ...]
    rows: Mapping[int, tuple[str, ...]]
    chosen: tuple[Field | None, ...]
    out: frozenset[int] = frozenset()
    taken: frozenset[str] = frozenset()
    merged: bool = False
    others: tuple[str, ...] = ()

    def lines(self) -> list[Row]:
        """Give the rows by field, as planning takes them."""
        return [
            Row(number, self._by_field(cells), number in self.out)
            for number, cells in self.rows.items()
        ]

    def _by_field(self, cells: Sequence[str]) -> dict[Field, str]:
        told = zip(self.chosen, cells, strict=True)
        return {field: cell for field, cell in told if field}

    def corrected(self, cells: Mapping[tuple[int, Field], str]) -> Draft:
        """Give the draft with some cells typed anew; others are left alone.

        What is typed for a field without a column gets one.
        """
        new = {f for (n, f), text in cells.items() if text.strip() and n in self.rows}
        draft = self._with_columns([f for f in Field if f in new - set(self.chosen)])
        places = {field: place for place, field in enumerate(draft.chosen) if field}
        rows = {number: list(row) for number, row in draft.rows.items()}
        for (number, field), text in cells.items():
            if number in rows and field in places:
                rows[number][places[field]] = _kept(text)
        return replace(draft, rows={n: tuple(row) for n, row in rows.items()})

    def after(self, correction: Correction) -> Draft:
        """Give the draft with cells, rows left out and places as somebody says."""
        shown, offered = set(correction.shown), set(correction.offered)
        out = set(correction.out) & shown & set(self.rows)
        return replace(
            self.corrected(correction.cells),
            out=frozenset((self.out - shown) | out),
            taken=frozenset((self.taken - offered) | (set(correction.taken) & offered)),
        )

    def _with_columns(self, fields: Sequence[Field]) -> Draft:
        more = ("",) * len(fields)
        return replace(
            self,
            header=(*self.header, *(FIELD_NAMES[field] for field in fields)),
            rows={number: row + more for number, row in self.rows.items()},
            chosen=(*self.chosen, *fields),
        )

    def as_json(self) -> dict[str, Any]:
        """Give what is kept in the database."""
        return {
            "sheet": self.sheet,
            "header": list(self.header),
            "rows": [[number, *cells] for number, cells in self.rows.items()],
            "chosen": [field.value if field else "" for field in self.chosen],
            "out": sorted(self.out),
            "taken": sorted(self.taken),
            "merged": self.merged,
            "others": list(self.others),
        }


def draft_of(kept: Mapping[str, Any]) -> Draft:
    """Read what :meth:`Draft.as_json` gave."""
    return Draft(
        sheet=kept["sheet"],
        header=tuple(kept["header"]),
        rows={row[0]: tuple(row[1:]) for row in kept["rows"]},
        chosen=tuple(Field(code) if code else None for code in kept["chosen"]),
        out=frozenset(kept["out"]),
        taken=frozenset(kept["taken"]),
        merged=kept["merged"],
        others=tuple(kept["others"]),
    )


def draft_from(
    sheet: str,
    lines: Sequence[tuple[int, Sequence[str]]],
    *,
    merged: bool = False,
    others: tuple[str, ...] = (),
) -> Draft:
    """Find header and rows of people in a sheet.

    Args:
        sheet: Its name.
        lines: Rows that hold something, with their numbers.
        merged: Whether merged cells were filled in.
        others: Names of sheets that were not read.

    Raises:
        NoTableError: there is a header only, or more people than an import takes.
    """
    head = header_row([cells for _, cells in lines])
    people = [(n, cells) for n, cells in lines[head + 1 :] if not is_note(cells)]
    width = max(len(cells) for _, cells in lines[head:])
    if not people:
        raise NoTableError(N_("表里只有表头，没有人员；请填好再上传"))
    if len(people) > MOST_PEOPLE:
        raise NoTableError(
            N_(
                "表里有 {n:,} 人，一次最多 {most:,} 人；请分几个文件",
                n=len(people),
                most=MOST_PEOPLE,
            )
        )
    header = _wide(lines[head][1], width)
    return Draft(
        sheet=sheet,
        header=header,
        rows={number: _wide(cells, width) for number, cells in people},
        chosen=preselect(header),
        merged=merged,
        others=others,
    )


@dataclass(frozen=True, slots=True)
class Done:
    """What an import did for one person, as it was shown before."""

    number: int
    kind: Kind
    login: str
    name: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """An import as administrators see it.

    Attributes:
        edit: How often it was changed; a form says which it showed.
        counts: How many rows of each kind it had when it was confirmed.
        draft: The sheet; None once it is wiped.
        done: What it did, row by row; empty once it is wiped.
        kept: What undoing could not restore, in words.
    """

    id: int
    state: State
    edit: int
    made_by: int
    made_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    counts: Mapping[str, int]
    draft: Draft | None
    done: tuple[Done, ...] = ()
    kept: tuple[str, ...] = ()

    def can_be_undone(self, at: datetime) -> bool:
        """Tell whether what it changed is still known."""
        return self.state is State.APPLIED and self.made_at > at - KEPT


def _kept(text: str) -> str:
    return " ".join(text.split())[:LONGEST]


def _wide(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return tuple(_kept(cell) for cell in cells) + ("",) * (width - len(cells))
