"""Parameters that change on a day, with the source of every version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic
from typing import Literal
from typing import TypeVar

from trainer.core.errors import TrainerError
from trainer.core.wording import N_

Evidence = Literal["A", "B", "C", "sample"]
"""Official text read, second-hand, recall (the last two: 待核实), fictitious."""


class RefusedError(TrainerError):
    """A formula cannot be run; ``name`` is the input at fault, empty for the day."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True)
class Source:
    """What a number rests on.

    ``cite`` is the address of the article that says it, ``slug#section``, or empty.
    """

    text: str
    evidence: Evidence
    cite: str = ""

    @property
    def is_unverified(self) -> bool:
        """Whether a reader must be told 待核实."""
        return self.evidence in {"B", "C"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Parameters from a day on, until the next version; ``summary`` is Chinese."""

    effective_from: date
    source: Source

    @property
    def summary(self) -> str:
        """The parameters in one line."""
        raise NotImplementedError


V_co = TypeVar("V_co", bound=Version, covariant=True)


@dataclass(frozen=True, slots=True)
class Series(Generic[V_co]):
    """All versions of one set of parameters, oldest first."""

    name: str
    versions: tuple[V_co, ...]

    @property
    def first_day(self) -> date:
        """First day that can be asked for."""
        return self.versions[0].effective_from

    def on(self, day: date) -> V_co:
        """Give the version in force on a day.

        Raises:
            RefusedError: the day lies before the first version.
        """
        held = [v for v in self.versions if v.effective_from <= day]
        if not held:
            raise RefusedError(
                "",
                N_(
                    "{name}从 {first_day} 起才有数据，不能按 {day} 计算；"
                    "请改用这一天以后的业务日期",
                    name=self.name,
                    first_day=self.first_day,
                    day=day,
                ),
            )
        return held[-1]
