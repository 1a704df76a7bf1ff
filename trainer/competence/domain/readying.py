"""Whether somebody reaches a business line: what it asks for, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.competence.domain.standing import INDEPENDENT
from trainer.competence.domain.standing import SUPERVISED
from trainer.competence.domain.standing import Line
from trainer.competence.domain.standing import Standing
from trainer.competence.domain.standing import lacking
from trainer.competence.domain.standing import reaches
from trainer.core.wording import N_
from trainer.topics.domain.lines import Risk


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a line asks of one competency; ``core`` is the line's own business."""

    code: str
    core: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """What is missing of one competency; said only when somebody reads it."""

    standing: Standing
    target: Line

    @property
    def code(self) -> str:
        """The competency."""
        return self.standing.code

    @property
    def phrases(self) -> tuple[str, ...]:
        """What is missing, a phrase each."""
        return tuple(lacking(self.standing, self.target))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A competency that fell below the line of keeping."""

    standing: Standing

    @property
    def code(self) -> str:
        """The competency."""
        return self.standing.code

    @property
    def phrases(self) -> tuple[str, ...]:
        """Why, a phrase each."""
        return _lost(self.standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether somebody reaches a business line on a day.

    Attributes:
        line: Code of the line.
        lacking: What is missing to work alone, by competency; empty when nothing is.
        limited: Whether co-signed work is within reach: every need at L2 at least.
        lost: Competencies below the line of keeping, with the reason.
    """

    line: str
    lacking: tuple[Lacking, ...]
    limited: bool
    lost: tuple[Lost, ...]

    @property
    def is_reached(self) -> bool:
        """Whether the rule proposes to let the person work alone."""
        return not self.lacking

    @property
    def is_kept(self) -> bool:
        """Whether what was granted may stay."""
        return not self.lost


def readiness(
    line: str, risk: Risk, needs: Sequence[Need], known: Mapping[str, Standing]
) -> Readiness:
    """Judge a person for a line.

    The line's own competencies must be independent for its risk; those that every line
    asks for must be at least good enough for supervised work.
    """
    return all_readiness([(line, risk, needs)], known)[line]


def all_readiness(
    lines: Iterable[tuple[str, Risk, Sequence[Need]]], known: Mapping[str, Standing]
) -> dict[str, Readiness]:
    """Judge a person for several lines, each with its risk and its needs.

    Lines ask the same of the general competencies, so each is judged once.
    """
    supervised = {
        code: reaches(standing.main, SUPERVISED) for code, standing in known.items()
    }
    general: dict[str, bool] = {}
    found = {}
    for line, risk, needs in lines:
        wanted, lost = [], []
        for need in needs:
            standing = known[need.code]
            if need.core:
                is_met = _meets(standing, INDEPENDENT[risk])
                if standing.is_seen and not standing.is_kept:
                    lost.append(Lost(standing=standing))
            elif (told := general.get(need.code)) is not None:
                is_met = told
            else:
                is_met = general[need.code] = _meets(standing, SUPERVISED)
            if not is_met:
                target = INDEPENDENT[risk] if need.core else SUPERVISED
                wanted.append(Lacking(standing=standing, target=target))
        found[line] = Readiness(
            line=line,
            lacking=tuple(wanted),
            limited=all(supervised[need.code] for need in needs),
            lost=tuple(lost),
        )
    return found


def _meets(standing: Standing, target: Line) -> bool:
    return not standing.open_facets and standing.meets(target)


def _lost(standing: Standing) -> tuple[str, ...]:
    changed = tuple(
        N_("规定变了，还没有重新考过：{why}", why=facet.why)
        for facet in standing.open_facets
    )
    if changed:
        return changed
    percent = round(100 * standing.expected)
    return (N_("估计办对率已降到 {percent}%", percent=percent),)
