"""What a board of a team shows, and as a table; pure."""

from __future__ import annotations

from collections.abc import Container
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from trainer.core.actor import Actor
from trainer.core.clock import CENTRE
from trainer.core.wording import N_
from trainer.topics.domain.competencies import Competency

BOARD = "competence"
"""Code of the table, for the audit."""

FILE_NAME = "团队能力"

HEAT = (60, 70, 80, 85, 93)
"""Where a colour of the heat map begins: the figures that the levels ask for."""


class Sort(StrEnum):
    """How the people of a board are ordered."""

    LOGIN = "login"
    SITE = "site"
    WEAKEST = "weakest"
    DUE = "due"


SORT_NAMES = {
    Sort.LOGIN: N_("按工号"),
    Sort.SITE: N_("按网点和窗口"),
    Sort.WEAKEST: N_("最要帮的在前"),
    Sort.DUE: N_("该练的多的在前"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a board shows; what is empty does not narrow it.

    Attributes:
        site: Key of a site.
        bank: Key of who sent them.
        line: Code of a business line: the competencies that it needs.
        dimension: Code of a dimension.
        sort: How the people are ordered.
    """

    site: int | None = None
    bank: int | None = None
    line: str = ""
    dimension: str = ""
    sort: Sort = Sort.LOGIN

    def among(self, lines: Container[str], dimensions: Container[str]) -> Wanted:
        """Forget a line or a dimension that is none: nonsense narrows nothing."""
        return replace(
            self,
            line=self.line if self.line in lines else "",
            dimension=self.dimension if self.dimension in dimensions else "",
        )

    def takes(self, site: int, bank: int) -> bool:
        """Tell whether somebody of a site and a bank stands in it."""
        return self.site in {None, site} and self.bank in {None, bank}

    def shows(self, competency: Competency) -> bool:
        """Tell whether a competency has a column in it."""
        if self.dimension and competency.dimension != self.dimension:
            return False
        return not self.line or competency.is_needed_on(self.line)

    def told(self) -> str:
        """Say it in codes, for the audit."""
        parts = (self.site or "", self.bank or "", self.line, self.dimension, self.sort)
        return ",".join(map(str, parts))


def heat(figure: int) -> int:
    """Give the colour of a figure, 0..5."""
    return sum(figure >= begin for begin in HEAT)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a file."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int | None]]


def sheet(
    columns: Iterable[Competency],
    people: Iterable[tuple[Sequence[str], Sequence[int | None]]],
) -> Sheet:
    """Give the board as a table: who somebody is and where, before the figures."""
    heads = [f"{c.code} {c.name}" for c in columns]
    return Sheet(
        title="能力",
        columns=("工号", "姓名", "派出单位", "网点", "窗口", *heads),
        rows=[(*who, *figures) for who, figures in people],
    )


def watermark(by: Actor, at: datetime, reason: str) -> str:
    """Say who took a table away, when and why."""
    moment = at.astimezone(CENTRE)
    return f"{by.name} {moment:%Y-%m-%d %H:%M} 导出；理由：{reason}"
