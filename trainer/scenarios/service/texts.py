"""From the text of a scenario to a draft; publishing does the rest."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.core import document
from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.kit import markup
from trainer.publishing.domain.vocabulary import Vocabulary
from trainer.publishing.domain.vocabulary import unknown_in_header
from trainer.publishing.domain.vocabulary import unregistered
from trainer.publishing.service import Prepared
from trainer.publishing.service.changing import Owned
from trainer.scenarios.domain import SCENARIO
from trainer.scenarios.domain.manuscripts import manuscript
from trainer.scenarios.domain.reading import parse
from trainer.scenarios.domain.scenario import Scenario

EVERYTHING = Vocabulary()
"""No code is checked."""


def prepare(text: str, vocabulary: Vocabulary = EVERYTHING) -> Prepared:
    """Parse a scenario and make the safe HTML of its nodes.

    Raises:
        MistakesError: the text has mistakes, each with its line.
        MarkupError: a node cannot be rendered within its limits.
    """
    parsed = parse(text)
    wrong = unknown_in_header(document.parse(text), vocabulary)
    if parsed.scenario:
        wrong += _unknown_codes(parsed.scenario, vocabulary)
    if parsed.header is None or parsed.scenario is None or wrong:
        raise MistakesError(sorted({*parsed.mistakes, *wrong}))
    made = manuscript(parsed.header, parsed.scenario, text)
    pages = markup.render([section.text for section in made.sections])
    html = {s.id: page for s, page in zip(made.sections, pages, strict=True)}
    return Prepared(manuscript=made, html=html)


OWN = Owned((SCENARIO,), prepare)


def _unknown_codes(scenario: Scenario, vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Find competencies that nobody registered."""
    known = vocabulary.competencies
    used = [
        *(
            (each.competency, each.line)
            for node in scenario.nodes
            for each in node.choices
        ),
        *((mark.competency, mark.line) for mark in scenario.rubric if mark.line),
    ]
    for code, line in used:
        if code and known and code not in known:
            yield unregistered("competency", code, line)
