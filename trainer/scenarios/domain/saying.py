"""A scenario in words, for who reviews and compares texts: Markdown, everything in it.

The order is that of the file, so that two texts differ where the scenario does.
"""

from __future__ import annotations

from collections.abc import Iterator

from trainer.core.wording import N_
from trainer.core.wording import one_list
from trainer.scenarios.domain.scenario import ANY
from trainer.scenarios.domain.scenario import CITIZEN
from trainer.scenarios.domain.scenario import DIMENSION_NAMES
from trainer.scenarios.domain.scenario import OUTCOME_NAMES
from trainer.scenarios.domain.scenario import RATING_NAMES
from trainer.scenarios.domain.scenario import Bounds
from trainer.scenarios.domain.scenario import Choice
from trainer.scenarios.domain.scenario import Dimension
from trainer.scenarios.domain.scenario import Ending
from trainer.scenarios.domain.scenario import Node
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.domain.scenario import When


def rules_in_words(scenario: Scenario) -> str:
    """Give what holds for the whole scenario."""
    return "\n".join(f"- {line}" for line in _rules(scenario))


def node_in_words(node: Node) -> str:
    """Give a node with its choices."""
    return "\n".join(_node(node))


def ending_in_words(ending: Ending) -> str:
    """Give an ending."""
    return f"{OUTCOME_NAMES[ending.outcome]}\n\n{ending.says}\n\n{ending.debrief}"


def conditions(when: When) -> list[str]:
    """Give what must hold for a choice to be offered; nothing for always."""
    told = (
        (N_("情况 {words}", words=sorted(when.cases)), when.cases),
        (N_("已知 {words}", words=sorted(when.knows)), when.knows),
        (N_("还不知道 {words}", words=sorted(when.lacks)), when.lacks),
        (N_("心情 {words}", words=_bounds(when.mood)), when.mood != ANY),
        (N_("风险 {words}", words=_bounds(when.risk)), when.risk != ANY),
    )
    return [words for words, holds in told if holds]


def _rules(scenario: Scenario) -> Iterator[str]:
    yield scenario.about
    yield N_("业务日期：{day}", day=scenario.on)
    yield N_("从“{id}”开始，心情 {mood}", id=scenario.start, mood=scenario.mood)
    yield N_("群众最多等 {n} 分钟", n=scenario.patience)
    if scenario.timeout:
        yield N_("时间到了的结局：{id}", id=scenario.timeout)
    yield N_("{n}% 算通过", n=scenario.pass_percent)
    for case in scenario.cases:
        yield N_("情况 {id}：{told}", id=case.id, told=case.told)
    for mark in scenario.rubric:
        yield N_(
            "观察要点 {competency} {name}：{levels}",
            competency=mark.competency,
            name=mark.name,
            levels=list(mark.levels),
        )


def _node(node: Node) -> Iterator[str]:
    yield N_("{who}：{words}", who=node.who or CITIZEN, words=node.says)
    yield ""
    for case, words in node.lines.items():
        yield N_("- 情况 {case}：{words}", case=case, words=words)
    named = [DIMENSION_NAMES[each] for each in Dimension if each in node.tests]
    yield N_("- 考的是：{names}", names=named)
    yield ""
    for number, choice in enumerate(node.choices, start=1):
        yield f"{number}. {choice.text}"
        yield from (f"    - {line}" for line in _choice(choice))


def _choice(choice: Choice) -> Iterator[str]:
    yield N_("{rating}，到“{to}”", rating=RATING_NAMES[choice.rating], to=choice.to)
    for dimension, rating in choice.rates.items():
        yield f"{DIMENSION_NAMES[dimension]}：{RATING_NAMES[rating]}"
    if told := conditions(choice.when):
        yield N_("出现的条件：{words}", words=told)
    yield N_(
        "{minutes} 分钟，心情 {mood}，风险 {risk}",
        minutes=choice.minutes,
        mood=f"{choice.mood:+}",
        risk=f"{choice.risk:+}",
    )
    if choice.learns:
        yield N_("得知：{words}", words=sorted(choice.learns))
    if choice.competency:
        yield N_("能力项：{code}", code=choice.competency)
    if choice.why:
        yield N_("为什么：{words}", words=choice.why)
    if choice.cites:
        yield N_("依据：{cites}", cites=[cite.address for cite in choice.cites])


def _bounds(bounds: Bounds) -> str:
    said = [
        *([f">={bounds.least}"] if bounds.least != ANY.least else []),
        *([f"<={bounds.most}"] if bounds.most != ANY.most else []),
    ]
    return one_list(said)
