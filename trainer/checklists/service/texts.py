"""From the text of a checklist to a draft; publishing does the rest."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.checklists.domain import CHECKLIST
from trainer.checklists.domain import checklist as checklists
from trainer.checklists.domain.checklist import Checklist
from trainer.checklists.domain.checklist import Item
from trainer.checklists.domain.manuscripts import manuscript
from trainer.core import document
from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.kit import markup
from trainer.publishing.domain.vocabulary import Vocabulary
from trainer.publishing.domain.vocabulary import unknown_in_header
from trainer.publishing.domain.vocabulary import unregistered
from trainer.publishing.service import Prepared
from trainer.publishing.service.changing import Owned

EVERYTHING = Vocabulary()
"""No code is checked."""


def prepare(text: str, vocabulary: Vocabulary = EVERYTHING) -> Prepared:
    """Parse a checklist and make the safe HTML of its items.

    Raises:
        MistakesError: the text has mistakes, each with its line.
        MarkupError: an item cannot be rendered within its limits.
    """
    wrong = unknown_in_header(document.parse(text), vocabulary)
    parsed = checklists.parse(text)
    if parsed.checklist and not wrong:
        wrong += _unknown_codes(parsed.checklist, vocabulary)
    if parsed.checklist is None or wrong:
        raise MistakesError(sorted({*parsed.mistakes, *wrong}))
    found = manuscript(parsed.checklist, text)
    pages = markup.render([section.text for section in found.sections])
    ids = (section.id for section in found.sections)
    return Prepared(manuscript=found, html=dict(zip(ids, pages, strict=True)))


def _unknown_codes(checklist: Checklist, known: Vocabulary) -> Iterator[Mistake]:
    """Find codes of items that nobody registered."""
    for item in checklist.items:
        for name, code in _used(item):
            codes = getattr(known, KNOWN_AS[name])
            if codes and code not in codes:
                yield unregistered(name, code, item.line)


KNOWN_AS = {
    "business": "businesses",
    "step": "steps",
    "competency": "competencies",
    "owner": "posts",
}
"""Key of an item, and where its codes stand in the vocabulary."""


def _used(item: Item) -> Iterator[tuple[str, str]]:
    yield from (("business", code) for code in item.businesses)
    yield "step", item.step
    yield "competency", item.competency
    if item.owner:
        yield "owner", item.owner


OWN = Owned([CHECKLIST], prepare)
"""What the forms of items change."""
