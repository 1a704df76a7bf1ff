"""From a scenario to what publishing takes: sections, citations, facets.

A node is a section, and so is an ending: a new text is compared, reviewed and cited
node by node, and a clause that changed makes single nodes stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from dataclasses import dataclass
from typing import Any

from trainer.core.wording import N_
from trainer.publishing.domain.header import Header
from trainer.publishing.domain.manuscript import Citation
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.domain.manuscript import Section
from trainer.scenarios.domain import SCENARIO
from trainer.scenarios.domain.saying import ending_in_words
from trainer.scenarios.domain.saying import node_in_words
from trainer.scenarios.domain.saying import rules_in_words
from trainer.scenarios.domain.scenario import Scenario

RULES = "scenario.rules"
"""The section with what holds for the whole scenario; no id has a dot."""

LEVEL = 2
SHORT = 40
"""Characters of what is said that name a node in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What lists need of a scenario; publishing keeps it beside the text.

    Attributes:
        about: What is trained.
        nodes: How many there are.
        cases: How many situations; 0 where there is one only.
        minutes: Minutes until the citizen gives up.
        competencies: Codes of what it gives evidence for.
    """

    about: str
    nodes: int
    cases: int
    minutes: int
    competencies: tuple[str, ...]


def manuscript(head: Header, scenario: Scenario, text: str) -> Manuscript:
    """Turn a scenario into a manuscript."""
    return Manuscript(
        kind=SCENARIO,
        header=head,
        sections=tuple(_sections(scenario)),
        citations=tuple(_citations(scenario)),
        facets=asdict(facets(scenario)),
        text=text,
    )


def facets(scenario: Scenario) -> Facets:
    """Give what lists need of a scenario."""
    codes = {each.competency for node in scenario.nodes for each in node.choices}
    return Facets(
        about=scenario.about,
        nodes=len(scenario.nodes),
        cases=len(scenario.cases),
        minutes=scenario.patience,
        competencies=tuple(sorted(codes - {""})),
    )


def facets_of(stored: dict[str, Any]) -> Facets:
    """Read what publishing has kept."""
    return Facets(**{**stored, "competencies": tuple(stored["competencies"])})


def short(words: str) -> str:
    """Give the beginning of what is said, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"


def called(key: str, words: str) -> str:
    """Name something in a list to choose from: its id, and what is said."""
    return f"{key}：{short(words)}"


def _sections(scenario: Scenario) -> Iterator[Section]:
    words = rules_in_words(scenario)
    yield Section(RULES, LEVEL, "", N_("总的设定"), words, scenario.line)
    for node in scenario.nodes:
        words = node_in_words(node)
        label = N_("节点 {id}", id=node.id)
        yield Section(node.id, LEVEL, label, short(node.says), words, node.line)
    for ending in scenario.endings:
        words = ending_in_words(ending)
        label = N_("结局 {id}", id=ending.id)
        yield Section(ending.id, LEVEL, label, short(ending.says), words, ending.line)


def _citations(scenario: Scenario) -> Iterator[Citation]:
    """Give what each node rests on, each clause once a node."""
    for node in scenario.nodes:
        cites = [cite for choice in node.choices for cite in choice.cites]
        for cite in {cite.address: cite for cite in reversed(cites)}.values():
            yield Citation(node.id, cite.slug, cite.section, cite.line, cite.address)
