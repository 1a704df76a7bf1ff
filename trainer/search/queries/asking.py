"""From a question that was understood to the language of the index."""

from __future__ import annotations

from dataclasses import replace

from trainer.checklists.domain import CHECKLIST
from trainer.core.actor import Actor
from trainer.kit.index import Query
from trainer.kit.index import Scope
from trainer.kit.index import Searcher
from trainer.kit.index import Weighted
from trainer.kit.index import bigrams
from trainer.kit.index import tokens
from trainer.publishing import queries as publishing
from trainer.search.domain import marks
from trainer.search.domain.address import MASKS
from trainer.search.domain.address import number_of
from trainer.search.domain.exact import Pin
from trainer.search.domain.ranking import ARTICLES
from trainer.search.domain.ranking import BOOSTS
from trainer.search.domain.results import Asked
from trainer.search.domain.understanding import Understood
from trainer.search.domain.understanding import is_filling
from trainer.search.domain.understanding import weight_of


def query_of(understood: Understood) -> Query:
    """Weigh the terms of a question.

    The share of typed pairs that a document contains does not count: it would count
    against the official words that spoken ones lead to.
    """
    weights = {term: weight_of(term) for term in tokens(understood.text)}
    for also in understood.also:
        for term in tokens(also.word):
            weights[term] = max(also.weight, weights.get(term, 0.0))
    must = (term for words in understood.question.must for term in tokens(words))
    return Query(
        tuple(Weighted(term, weight) for term, weight in weights.items()),
        must=tuple(dict.fromkeys(must)),
    )


def with_marks(query: Query, *borne: str) -> Query:
    """Ask only for documents that bear marks."""
    return Query(query.terms, must=(*query.must, *borne))


def pinned(pin: Pin) -> Query:
    """Ask for an exact answer: its marks decide, and are all there is to score."""
    return Query(tuple(map(Weighted, pin.marks)), must=pin.marks)


def card_of(slug: str) -> Query:
    """Ask for the card of an article."""
    return Query((Weighted(marks.CARD),), must=(marks.article(slug), marks.CARD))


def telling(query: Query) -> Query:
    """Leave single characters out, unless there is nothing else.

    Nearly every document has some character of a question; a pair or a word says
    that it has to do with it.
    """
    longer = tuple(
        weighted
        for weighted in query.terms
        if len(weighted.term) > 1 and not is_filling(weighted.term)
    )
    return Query(longer or query.terms, must=query.must)


def whole(understood: Understood) -> Query:
    """Ask for documents that contain every pair of characters of a question."""
    pairs = tuple(bigrams(understood.text))
    return Query(tuple(map(Weighted, pairs)), must=pairs)


def pair(words: str) -> Query:
    """Ask for one pair of characters."""
    return Query((Weighted(words),))


def scope_of(asked: Asked, reader: Actor, *, filtered: bool = True) -> Scope:
    """Say where to look for articles: the business date, the reader, the filters."""
    kinds = frozenset({asked.kind}) & ARTICLES if asked.kind else ARTICLES
    return Scope(
        on=number_of(asked.on),
        audience=_audience(reader),
        kinds=kinds if filtered else ARTICLES,
        lines=frozenset({asked.line}) if asked.line and filtered else None,
        boosts=BOOSTS,
    )


def items_of(asked: Asked, reader: Actor) -> Scope:
    """Say where to look for items of checklists."""
    return replace(
        scope_of(asked, reader),
        kinds=frozenset({CHECKLIST}) if asked.kind in {"", CHECKLIST} else frozenset(),
        boosts=(),
    )


def ever(scope: Scope) -> Scope:
    """Look at any day."""
    return replace(scope, on=None)


def documents_with(searcher: Searcher, reader: Actor, words: str) -> int:
    """Count the articles' parts this reader may see, ever, with two characters."""
    everything = Scope(on=None, audience=_audience(reader), kinds=ARTICLES)
    return searcher.search(pair(words), everything, limit=1).total


def _audience(reader: Actor) -> int:
    return sum(MASKS[audience] for audience in publishing.audiences(reader))
