"""Items of checklists beside the articles: what goes wrong in what is asked for.

They are scored among themselves, so they neither move an article nor take its place.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from trainer.checklists import queries as checklists
from trainer.checklists.domain.tips import Tip
from trainer.core.actor import Actor
from trainer.kit.index import Query
from trainer.kit.index import Searcher
from trainer.search.domain.address import Address
from trainer.search.domain.results import Asked
from trainer.search.domain.results import ItemHit
from trainer.search.domain.results import Results
from trainer.search.queries import asking

DEPTH = 4
"""Items looked at for each one wanted."""

FITTING = 0.6
"""Share of the best score that an item must have."""

ON_FIRST = 2.5
"""Factor for items that rest on the first article found.

With it, and only items that rest on what was found, 78 % of the items beside the
questions of ``tests/search/questions/tune.yaml`` belonged to the right article or its
business; by their words alone it was 39 %.
"""


def items_for(
    searcher: Searcher, telling: Query, asked: Asked, reader: Actor
) -> tuple[ItemHit, ...]:
    """Give the items that say what is asked for, best first, more than are wanted."""
    if not asked.items:
        return ()
    scope = asking.items_of(asked, reader)
    found = searcher.search(telling, scope, limit=DEPTH * asked.items).best
    return tuple(
        ItemHit(hit.group, Address.of(hit.key).section, hit.score) for hit in found
    )


def items_beside(session: Session, results: Results, *, reader: Actor) -> list[Tip]:
    """Give the items to show beside what was found, best first.

    Where articles were found, they rest on one of them.
    """
    if not results.items:
        return []
    holding = checklists.held(session, results.asked.on, reader=reader)
    found = [hit.slug for hit in results.found]
    tips = [
        (hit.score, holding.found.get((hit.slug, hit.item))) for hit in results.items
    ]
    scored = [(score * _factor(tip, found), tip) for score, tip in tips if tip]
    scored.sort(key=lambda pair: -pair[0])
    least = FITTING * scored[0][0] if scored else 0.0
    fitting = [tip for score, tip in scored if score and score >= least]
    return fitting[: results.asked.items]


def _factor(tip: Tip, found: Sequence[str]) -> float:
    """Weigh an item by what it rests on; 0 leaves it out."""
    cited = {slug for slug, _ in tip.item.cites}
    if not found:
        return 1.0
    return ON_FIRST if found[0] in cited else float(not cited.isdisjoint(found))
