"""Why an article stands where it stands: for editors who tend phrases and words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.kit.index import Explanation
from trainer.kit.index import Hit
from trainer.kit.index import Query
from trainer.kit.index import Scope
from trainer.kit.index import Searcher
from trainer.kit.index import normalise
from trainer.search.domain import marks
from trainer.search.domain.address import Address
from trainer.search.domain.exact import Pin
from trainer.search.domain.question import Question
from trainer.search.domain.results import Asked
from trainer.search.domain.understanding import Understood
from trainer.search.queries import asking
from trainer.search.queries.vocabulary import vocabulary_of

MOST_SECTIONS = 2
"""The best section is among the best two documents, of which one may be the card."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """A document of the article, and what each term adds to its score."""

    address: Address
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Explained:
    """How a question was understood, and what one article makes of it.

    Attributes:
        understood: Letters read, slips corrected, words added.
        pins: Names found in the question, surest first.
        card: The card of the article; None when it does not match on the day.
        section: Its best section, likewise.
    """

    understood: Understood
    pins: tuple[Pin, ...]
    card: Contribution | None
    section: Contribution | None


def explain(
    session: Session, searcher: Searcher, asked: Asked, slug: str, *, reader: Actor
) -> Explained:
    """Explain the place of an article.

    Raises:
        DeniedError: the reader is no editor.
        IndexBrokenError: there is no index that can be read.
    """
    reader.must(Permission.EDIT)
    vocabulary = vocabulary_of(session, searcher)
    seen = partial(asking.documents_with, searcher, reader)
    question = Question.of(asked.words, normalise)
    understood = vocabulary.understand(question, seen, as_typed=asked.as_typed)
    query = asking.query_of(understood)
    scope = asking.scope_of(asked, reader)
    own = asking.with_marks(query, marks.article(slug))
    sections = searcher.search(own, scope, limit=MOST_SECTIONS).best
    cards = searcher.search(asking.with_marks(own, marks.CARD), scope, limit=1).best
    best = [hit for hit in sections if hit.key not in {card.key for card in cards}]
    return Explained(
        understood,
        vocabulary.names.pins(understood.text),
        _contribution(searcher, cards[:1], query, scope),
        _contribution(searcher, best[:1], query, scope),
    )


def _contribution(
    searcher: Searcher, hits: list[Hit] | tuple[Hit, ...], query: Query, scope: Scope
) -> Contribution | None:
    for hit in hits:
        explanation = searcher.explain(hit.key, query, scope)
        if explanation is not None:
            return Contribution(Address.of(hit.key), explanation)
    return None
