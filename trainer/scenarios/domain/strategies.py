"""Ways to choose without thinking; a scenario that they pass teaches a trick."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from types import MappingProxyType

from trainer.core.wording import N_
from trainer.scenarios.domain.engine import State
from trainer.scenarios.domain.engine import begin
from trainer.scenarios.domain.engine import is_over
from trainer.scenarios.domain.engine import offered
from trainer.scenarios.domain.engine import step
from trainer.scenarios.domain.scenario import Choice
from trainer.scenarios.domain.scenario import Scenario

POLITE = (
    *("您", "请", "谢谢", "感谢", "抱歉", "对不起", "不好意思", "麻烦", "劳驾"),
    *("理解", "体谅", "辛苦", "别着急", "别急", "慢慢", "放心", "欢迎", "您好"),
)
"""Words that sound polite; of several in each other each counts."""

Strategy = Callable[[Sequence[Choice]], Choice]


def longest(choices: Sequence[Choice]) -> Choice:
    """Take the one with the most words, the first of several."""
    return max(choices, key=lambda choice: len(choice.text))


def politest(choices: Sequence[Choice]) -> Choice:
    """Take the one with the most polite words, the first of several."""
    return max(choices, key=lambda choice: politeness(choice.text))


def first(choices: Sequence[Choice]) -> Choice:
    """Take the one on top."""
    return choices[0]


def politeness(words: str) -> int:
    """Count polite words."""
    return sum(words.count(word) for word in POLITE)


STRATEGIES: Mapping[str, Strategy] = MappingProxyType(
    {"longest": longest, "politest": politest, "first": first}
)
STRATEGY_NAMES = {
    "longest": N_("每次都选最长的"),
    "politest": N_("每次都选最客气的"),
    "first": N_("每次都选第一个"),
}


def walked(scenario: Scenario, case: str, strategy: Strategy) -> State:
    """Walk a case to its end by a strategy; the scenario has no dead end."""
    state = begin(scenario, case)
    while not is_over(scenario, state):
        state = step(scenario, state, strategy(offered(scenario, state)).id)
    return state
