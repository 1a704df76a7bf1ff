"""Finding: from a question to articles in force, with what is coming and gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from functools import partial

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.kit.index import IndexBrokenError
from trainer.kit.index import Query
from trainer.kit.index import Scope
from trainer.kit.index import Searcher
from trainer.kit.index import normalise
from trainer.search.domain import marks
from trainer.search.domain.exact import Pin
from trainer.search.domain.question import Question
from trainer.search.domain.ranking import by_article
from trainer.search.domain.results import Asked
from trainer.search.domain.results import Found
from trainer.search.domain.results import ItemHit
from trainer.search.domain.results import Results
from trainer.search.domain.understanding import Understood
from trainer.search.domain.understanding import Vocabulary
from trainer.search.queries import asking
from trainer.search.queries.fallback import from_database
from trainer.search.queries.items import items_for
from trainer.search.queries.showing import Placed
from trainer.search.queries.showing import placed_of
from trainer.search.queries.showing import shown
from trainer.search.queries.vocabulary import vocabulary_of

DEPTH = 6
"""Documents looked at for the best section of each article wanted."""

MORE_CARDS = 10
"""Cards looked at beyond those wanted."""

OTHERS = 2
"""Places kept for articles that are not in force on the day, when they fit well."""

MOST_OTHERS = 8
"""Cards of any day looked at for such articles."""

CLEAR_LEAD = 1.6
"""How many times the second score the first must be for a question to be clear. Of
the questions of the tune half that must be asked back, none came above 1.55."""

FITTING = 0.8
"""Share of the best score from which on such an article takes a place."""


PATIENCE = 30.0
"""Seconds to leave new words to the indexer before a request learns them itself."""


def search(
    session: Session,
    searcher: Searcher,
    asked: Asked,
    *,
    reader: Actor,
    home_city: str = "",
    patience: float = 0.0,
) -> Results:
    """Find the articles that answer a question on its business date.

    What holds on the day comes first; then what is coming or gone, labelled. When
    the index cannot be read the database answers.

    Args:
        session: A session that reads.
        searcher: The index; what is learned from the texts is kept for it.
        asked: The question.
        reader: Who asks; what is not for him is neither found nor counted.
        home_city: The centre's own city; naming another one is remarked.
        patience: As in :func:`.vocabulary.vocabulary_of`.
    """
    question = Question.of(asked.words, normalise)
    if question.is_empty:
        return Results(asked=asked)
    vocabulary = vocabulary_of(session, searcher, patience=patience)
    results = _answered(session, searcher, (question, vocabulary, asked), reader=reader)
    places = vocabulary.places.named(question.text, home_city)
    return replace(results, other_places=places)


def _answered(
    session: Session,
    searcher: Searcher,
    put: tuple[Question, Vocabulary, Asked],
    *,
    reader: Actor,
) -> Results:
    """Answer from the index, from the database when the index cannot be read."""
    question, vocabulary, asked = put
    try:
        seen = partial(asking.documents_with, searcher, reader)
        understood = vocabulary.understand(question, seen, as_typed=asked.as_typed)
        outcome = _outcome(searcher, vocabulary, understood, asked, reader)
    except IndexBrokenError:
        understood = vocabulary.understand(question, lambda _: 1, as_typed=True)
        return from_database(session, understood, asked, reader=reader)
    found = shown(session, outcome.placed, understood, asked.on, reader=reader)
    results = outcome.results(asked, understood, found)
    if not (outcome.is_named or understood.slips):
        nearby = vocabulary.nearby.suggestions(understood.text, seen)
        results = replace(results, nearby=nearby)
    if outcome.is_vague:
        choices = vocabulary.clarifying.choices(understood.text, asked.on)
        return replace(results, clarify=choices)
    return results


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What the index says to a question; ``is_named`` when it names an article."""

    placed: list[Placed]
    items: tuple[ItemHit, ...]
    total: int
    unfiltered: int
    generation: int
    is_named: bool
    is_vague: bool

    def results(
        self, asked: Asked, understood: Understood, found: tuple[Found, ...]
    ) -> Results:
        """Put the answer together with how the question was understood."""
        return Results(
            asked=asked,
            found=found,
            items=self.items,
            total=self.total,
            generation=self.generation,
            unfiltered=self.unfiltered,
            text=understood.text,
            meanings=understood.meanings,
            slips=understood.slips,
            expanded=understood.expanded,
        )


def _outcome(
    searcher: Searcher,
    vocabulary: Vocabulary,
    understood: Understood,
    asked: Asked,
    reader: Actor,
) -> _Outcome:
    query = asking.query_of(understood)
    scope = asking.scope_of(asked, reader)
    telling = asking.telling(query)
    counted = searcher.search(telling, scope, limit=1)
    unfiltered = counted.groups
    if asked.line or asked.kind:
        anywhere = asking.scope_of(asked, reader, filtered=False)
        unfiltered = searcher.search(telling, anywhere, limit=1).groups
    pins = vocabulary.names.pins(understood.text)
    exact = list(_exact(searcher, pins, scope))
    held = _held(searcher, query, scope, asked.limit) if counted.groups else []
    others = list(_others(searcher, telling, scope))
    placed = _placed(exact, held, others, asked.limit)
    is_vague = (
        not exact
        and not _leads(held)
        and vocabulary.clarifying.is_vague(understood.text)
        and not searcher.search(asking.whole(understood), scope, limit=1).total
    )
    return _Outcome(
        placed,
        items_for(searcher, telling, asked, reader),
        counted.groups,
        unfiltered,
        counted.generation,
        is_named=bool(exact),
        is_vague=is_vague,
    )


def _leads(held: list[Placed]) -> bool:
    """Whether the first article fits so much better that it must be meant."""
    return len(held) > 1 and held[0].score >= CLEAR_LEAD * held[1].score


def _exact(searcher: Searcher, pins: tuple[Pin, ...], scope: Scope) -> Iterator[Placed]:
    """Give what is asked for by name, each article once."""
    taken: set[str] = set()
    for pin in pins:
        for hit in searcher.search(asking.pinned(pin), scope, limit=1).best:
            if hit.group not in taken:
                taken.add(hit.group)
                yield placed_of(hit, hit.score, pin.why)


def _held(searcher: Searcher, query: Query, scope: Scope, limit: int) -> list[Placed]:
    """Give articles in force, best first."""
    cards = asking.with_marks(query, marks.CARD)
    ranked = by_article(
        searcher.search(cards, scope, limit=limit + MORE_CARDS).best,
        searcher.search(query, scope, limit=DEPTH * limit).best,
    )
    return [
        placed_of(best.document, best.score) for best in ranked[: limit + MORE_CARDS]
    ]


def _others(searcher: Searcher, telling: Query, scope: Scope) -> Iterator[Placed]:
    """Give articles that fit well but are not in force on the day at all."""
    cards = asking.with_marks(telling, marks.CARD)
    found = searcher.search(cards, asking.ever(scope), limit=MOST_OTHERS).best
    taken: set[str] = set()
    for hit in found:
        fits = hit.score >= FITTING * found[0].score and hit.group not in taken
        taken.add(hit.group)
        held = asking.card_of(hit.group)
        if fits and not searcher.search(held, scope, limit=1).total:
            yield placed_of(hit, hit.score)


def _placed(
    exact: list[Placed], held: list[Placed], others: list[Placed], limit: int
) -> list[Placed]:
    """Put exact answers first, then what scores best, then what is not in force."""
    own = {placed.address.slug for placed in exact}
    now = exact + [placed for placed in held if placed.address.slug not in own]
    room = max(OTHERS, limit - len(now))
    kept = min(len(others), room, limit - bool(now))
    return now[: limit - kept] + others[:kept]
