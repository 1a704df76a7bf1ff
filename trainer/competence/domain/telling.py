"""Why a figure is what it is, in words that a supervisor can read aloud.

A figure is a sum in log-odds; people are told it in points: one point is one per cent
of the cases. The parts are laid on top of each other in a fixed order, and the points
of a part are by how much the rounded figure moves when it is added. So what is read
aloud always adds up.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta

from trainer.competence.domain.estimates import Account
from trainer.competence.domain.estimates import Estimate
from trainer.competence.domain.refreshing import EXPECTED
from trainer.competence.domain.refreshing import LONGEST
from trainer.competence.domain.refreshing import SHARE
from trainer.competence.domain.refreshing import SURE
from trainer.competence.domain.standing import Facet
from trainer.competence.domain.standing import Standing
from trainer.competence.domain.witnessing import BEST
from trainer.competence.domain.witnessing import CASE_NAMES
from trainer.competence.domain.witnessing import RUBRIC
from trainer.core.wording import N_
from trainer.evidence.domain import FactKind

FACT_NAMES: Mapping[FactKind, str] = {
    FactKind.QUIZ_ANSWER: N_("答题"),
    FactKind.SCENARIO_CHOICE: N_("角色演练"),
    FactKind.OBSERVATION: N_("现场观察"),
    FactKind.COSIGNED_CASE: N_("共同签字办件"),
    FactKind.RETURNED_FILE: N_("退件"),
    FactKind.COMPLAINT: N_("投诉"),
    FactKind.RECEIPT_CHECK: N_("阅读确认"),
    FactKind.SIGN_OFF: N_("签字认可"),
    FactKind.WAIVER: N_("免考"),
}
"""What a kind of evidence is called."""

CHANCE_NAMES: Mapping[FactKind, str] = {
    FactKind.QUIZ_ANSWER: N_("考试里答对一道没见过的题"),
    FactKind.SCENARIO_CHOICE: N_("角色演练里做对一次选择"),
    FactKind.OBSERVATION: N_("带教老师现场看一次，独立做对"),
    FactKind.COSIGNED_CASE: N_("共同签字办一件，没有改动"),
}
"""What somebody can do about a figure."""

LINE = round(100 * EXPECTED)
"""The figure below which something is due, in per cent."""


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a figure: what it is, its points, and the figure with it, in per cent.

    The first step has no points: it is where everybody begins.
    """

    words: str
    points: int | None
    total: int


def percent(share: float) -> int:
    """Give a share as it is shown."""
    return round(100 * share)


def account(standing: Standing) -> list[Step]:
    """Lay out a figure; the last step ends at the figure that is shown."""
    main = standing.main
    a = main.account
    common = Account(
        base=a.base,
        general=0.0,
        skill=0.0,
        difficulty=a.difficulty,
        forgotten=0.0,
        days=a.days,
    )
    general = replace(common, general=a.general)
    skill = replace(general, skill=a.skill)
    figures = [
        percent(replace(main, account=part).expected)
        for part in (common, general, skill, a)
    ]
    steps = [_begin(figures[0])]
    told = (_general, _skill, _forgotten)
    for say, before, then in zip(told, figures, figures[1:], strict=False):
        if words := say(standing, then - before):
            steps.append(Step(words, then - before, then))
    if standing.facets:
        points = percent(standing.expected) - figures[-1]
        words = _changed(standing.facets)
        steps.append(Step(words, points, figures[-1] + points))
    return steps


def _begin(figure: int) -> Step:
    return Step(
        N_("起点：一般同事在这一项上，估计能办对 {percent}%", percent=figure),
        None,
        figure,
    )


def _general(standing: Standing, points: int) -> str:
    if not standing.main.account.general:
        return N_("还没有任何记录，先按一般同事来估")
    if points > 0:
        return N_("各项合起来看，比一般同事强")
    if points < 0:
        return N_("各项合起来看，比一般同事弱")
    return N_("各项合起来看，和一般同事差不多")


def _skill(standing: Standing, points: int) -> str:
    n = standing.breadth.count
    if not n:
        return ""
    if points > 0:
        return N_("这一项的 {n} 次记录，比各项平均好", n=n)
    if points < 0:
        return N_("这一项的 {n} 次记录，比各项平均差", n=n)
    return N_("这一项的 {n} 次记录，和各项平均差不多", n=n)


def _forgotten(standing: Standing, points: int) -> str:
    days = standing.main.account.days
    if days is None:
        return ""
    if days < 1:
        return N_("今天练过，忘得还不多") if points else N_("今天练过，还没有忘")
    return N_("已经 {n} 天没有练，会忘掉一些", n=int(days))


def _changed(facets: Sequence[Facet]) -> str:
    share = percent(min(1.0, sum(facet.share for facet in facets)))
    whys = [*dict.fromkeys(facet.why for facet in facets)]
    if all(facet.is_shown for facet in facets):
        return N_(
            "规定变了（{whys}），约占这一项的 {share}%，新规定已经考过",
            whys=whys,
            share=share,
        )
    return N_(
        "规定变了（{whys}），约占这一项的 {share}%，新规定还没有考过",
        whys=whys,
        share=share,
    )


@dataclass(frozen=True, slots=True)
class Weighed:
    """A part of a competency, and the share of the figure that it decides, 0..1."""

    estimate: Estimate
    share: float


def weighed(standing: Standing) -> Iterator[Weighed]:
    """Give what a figure is mixed of: the unchanged part, and what changes made new."""
    new = min(1.0, sum(facet.share for facet in standing.facets))
    total = sum(facet.share for facet in standing.facets) or 1.0
    yield Weighed(standing.main, 1 - new)
    for facet in standing.facets:
        yield Weighed(facet.estimate, new * facet.share / total)


def effect(part: Weighed, moved: float) -> float:
    """Give by how much a figure would be lower without something, as a share.

    Args:
        part: A part of the competency.
        moved: By how much that moved the part, in log-odds.
    """
    a = part.estimate.account
    without = replace(part.estimate, account=replace(a, skill=a.skill - moved))
    return part.share * (part.estimate.expected - without.expected)


def strongest_first(effects: Mapping[int, float], most: int) -> list[tuple[int, int]]:
    """Give the few that move a figure most, each with its points; those of none not.

    Args:
        effects: Effects as shares, by whatever tells them apart, in order of time.
        most: How many at most.
    """
    by_points = sorted(effects.items(), key=lambda each: -abs(each[1]))
    found = [(key, percent(share)) for key, share in by_points[:most]]
    return [(key, points) for key, points in found if points]


def due_in_words(days: float, on: date) -> str:
    """Say when a competency falls below its line."""
    if days <= 0:
        return N_(
            "现在就该练：要保持在 {line}% 以上，而且有 {sure}% 的把握不低于 {share}%。",
            line=LINE,
            sure=percent(SURE),
            share=percent(SHARE),
        )
    if days >= LONGEST:
        return N_(
            "一年之内不练，也不会低于 {line}% 的线；一年以后再练一次。", line=LINE
        )
    n = max(1, int(days))
    return N_(
        "不再练的话，到 {day}（{n} 天后）会低于 {line}% 的线；那天以前练一组就好。",
        day=on + timedelta(days=n),
        n=n,
        line=LINE,
    )


def outcome_in_words(kind: FactKind, outcome: float) -> str:
    """Say how something went."""
    told = {
        FactKind.RETURNED_FILE: N_("被退回"),
        FactKind.COMPLAINT: N_("被投诉"),
        FactKind.COSIGNED_CASE: CASE_NAMES["right" if outcome else "corrected"],
        FactKind.OBSERVATION: RUBRIC[round(outcome * BEST)],
    }
    if kind in told:
        return told[kind]
    if outcome >= 1:
        return N_("做对")
    if outcome <= 0:
        return N_("做错")
    return N_("做对 {percent}%", percent=percent(outcome))


def summed(effects: Iterable[Mapping[int, float]]) -> dict[int, float]:
    """Add up what the same things did to several parts."""
    found: dict[int, float] = {}
    for each in effects:
        for key, share in each.items():
            found[key] = found.get(key, 0.0) + share
    return found


NAMED = 3
"""Competencies that a sentence names; there may be more."""


def next_step(*, is_new: bool, changed: Sequence[str], due: Sequence[str]) -> str:
    """Say in one sentence what to do today; competencies are given by name."""
    if is_new:
        return N_("还没有您的记录。先练五道题，这里就会有第一批估计。")
    if changed:
        return N_(
            "规定变了，{names}要重新考过；练一组，新规定的题排在最前面。",
            names=_quoted(changed),
        )
    if len(due) > NAMED:
        return N_(
            "今天该练 {n} 项，先练{names}。一组五题，大约五分钟。",
            n=len(due),
            names=_quoted(due),
        )
    if due:
        return N_("今天该练{names}。一组五题，大约五分钟。", names=_quoted(due))
    return N_("今天没有到期的。想再提高，可以练一组没见过的题。")


def _quoted(names: Sequence[str]) -> list[str]:
    """Give a few names in quotation marks: many hold the mark of a list."""
    return [f"“{name}”" for name in names[:NAMED]]
