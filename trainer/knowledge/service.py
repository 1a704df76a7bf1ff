"""Use cases of articles: from a text to a draft; publishing does the rest."""

from __future__ import annotations

from trainer.core.errors import MistakesError
from trainer.kit import markup
from trainer.knowledge.domain.article import Vocabulary
from trainer.knowledge.domain.article import parse
from trainer.publishing.service import Prepared


def prepare(text: str, vocabulary: Vocabulary | None = None) -> Prepared:
    """Parse a text and make the safe HTML of its sections.

    Raises:
        MistakesError: the text has mistakes, each with its line.
        MarkupError: a section cannot be rendered within its limits.
    """
    parsed = parse(text, vocabulary)
    if parsed.manuscript is None:
        raise MistakesError(parsed.mistakes)
    sections = parsed.manuscript.sections
    pages = markup.render([section.text for section in sections])
    html = {s.id: page for s, page in zip(sections, pages, strict=True)}
    return Prepared(manuscript=parsed.manuscript, html=html)
