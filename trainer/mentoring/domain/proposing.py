"""Who could train a newcomer: rules that anybody can check by hand; pure.

Hard is that a mentor works alone at a line of the newcomer today, and has room. Then
those who cover more of his lines come first, then those at his site, then those who
train fewest. What became of earlier newcomers is shown as counts and orders nobody:
they are few, and not the mentor's doing alone.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.core.wording import one_list

MOST_NEWCOMERS = 3
"""Newcomers a mentor trains at a time; a proposal of this project."""

NEW_FOR = timedelta(days=90)
"""How long after his first day somebody without a mentor is asked after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentor:
    """Somebody who may train others.

    Attributes:
        person: Key.
        login: Login.
        name: Name.
        site: Key of where he works today.
        site_name: Its name.
        current: Codes of the lines at which he works alone today.
        newcomers: Names of those he trains now or soon, in order.
        trained: How many he has trained whose time began, those of now aside.
        alone: How many of them were authorised to work alone.
    """

    person: int
    login: str
    name: str
    site: int
    site_name: str
    current: frozenset[str]
    newcomers: tuple[str, ...]
    trained: int
    alone: int

    @property
    def load(self) -> int:
        """How many he trains."""
        return len(self.newcomers)

    @property
    def is_full(self) -> bool:
        """Whether he has no room."""
        return self.load >= MOST_NEWCOMERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A mentor for a newcomer, and why he stands where he stands."""

    mentor: Mentor
    reasons: tuple[str, ...]


def proposals(
    person: int,
    site: int,
    lines: Collection[str],
    mentors: Iterable[Mentor],
    names: Mapping[str, str],
) -> Sequence[Proposal]:
    """Give who could train somebody, the first one first.

    Args:
        person: Key of the newcomer; nobody trains himself.
        site: Key of his site.
        lines: Codes of his lines; none yet means that any will do.
        mentors: Those there are.
        names: Lines by code.
    """
    fit = [
        each
        for each in mentors
        if each.person != person
        and not each.is_full
        and (each.current & {*lines} if lines else each.current)
    ]
    fit.sort(
        key=lambda each: (
            -len(each.current & {*lines}),
            each.site != site,
            each.load,
            each.login,
        )
    )
    return [
        Proposal(mentor=each, reasons=tuple(_reasons(each, site, lines, names)))
        for each in fit
    ]


def _reasons(
    mentor: Mentor, site: int, lines: Collection[str], names: Mapping[str, str]
) -> list[str]:
    shown = mentor.current & {*lines} if lines else mentor.current
    known = [code for code in names if code in shown]
    told: list[str] = [
        N_("{lines}：现行有效", lines=one_list(names[code] for code in known))
    ]
    if left := [code for code in names if code in {*lines} - mentor.current]:
        told.append(N_("不能带：{lines}", lines=one_list(names[code] for code in left)))
    told.append(
        N_("同一网点")
        if mentor.site == site
        else N_("在别的网点：{site}", site=mentor.site_name)
    )
    told.append(
        Nn_("现在带 {n} 人，最多 {most} 人", n=mentor.load, most=MOST_NEWCOMERS)
    )
    if mentor.trained:
        told.append(
            Nn_(
                "以前带过 {n} 人，其中 {alone} 人已独立",
                n=mentor.trained,
                alone=mentor.alone,
            )
        )
    else:
        told.append(N_("以前没有带过人"))
    return told
