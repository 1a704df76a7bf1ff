"""What pages show of items: many of them, those about an article, one list."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from itertools import groupby

from sqlalchemy.orm import Session

from trainer.checklists.domain.browsing import About
from trainer.checklists.domain.browsing import Branch
from trainer.checklists.domain.browsing import ItemFilter
from trainer.checklists.domain.browsing import Place
from trainer.checklists.domain.browsing import Tally
from trainer.checklists.domain.browsing import branches
from trainer.checklists.domain.browsing import by_step
from trainer.checklists.domain.browsing import laid_out
from trainer.checklists.domain.browsing import worst_first
from trainer.checklists.domain.listing import Listed
from trainer.checklists.domain.sheets import Clauses
from trainer.checklists.domain.sheets import ShownItem
from trainer.checklists.domain.sheets import shown
from trainer.checklists.domain.tips import Tip
from trainer.checklists.queries.holding import Holding
from trainer.checklists.queries.holding import held
from trainer.checklists.queries.holding import items_in_force
from trainer.checklists.queries.holding import stale_items
from trainer.core.actor import Actor
from trainer.core.paging import SIZE
from trainer.core.paging import Part
from trainer.core.paging import offset
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.topics import queries as topics

Group = tuple[Place, tuple[ShownItem, ...]]
"""Items that stand together on a page."""


@dataclass(frozen=True, slots=True)
class ItemsAbout:
    """The worst items about an article, and how many there are in all."""

    tips: tuple[Tip, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Browsed:
    """A part of the items that are wanted, and where the others are.

    Attributes:
        branches: Lines and businesses with items, whichever of them is chosen.
        steps: Steps with items, whichever is chosen.
        groups: The items of this part by business and step.
        part: How many there are in all.
        lists: The lists in force, by title.
        article: The article that the items are about, where one is named.
    """

    branches: tuple[Branch, ...]
    steps: tuple[Tally, ...]
    groups: tuple[Group, ...]
    part: Part[ShownItem]
    lists: tuple[Revision, ...]
    article: Revision | None


def browse(session: Session, wanted: ItemFilter, on: date, *, reader: Actor) -> Browsed:
    """Give the items that are wanted, of lists in force on a day."""
    holding, spine = held(session, on, reader=reader), topics.topics(session)
    article = _article(session, wanted.article, on, reader=reader)
    tips = [t for t in holding.tips if not article or _about(article).concerns(t.item)]
    anywhere = replace(wanted, line="", business="", step="")
    counted = [tip for tip in tips if anywhere.fits(tip.item)]
    any_step = replace(wanted, step="")
    found = laid_out([t for t in counted if wanted.fits(t.item)], wanted, spine)
    first = offset(wanted.part)
    chosen = found[first : first + SIZE]
    items = shown_items(session, holding, [t for _, t in chosen], on, reader=reader)
    pairs = zip((place for place, _ in chosen), items, strict=True)
    return Browsed(
        branches=branches(counted, spine),
        steps=by_step([t for t in counted if any_step.fits(t.item)], spine),
        groups=tuple(
            (place, tuple(item for _, item in group))
            for place, group in groupby(pairs, key=lambda pair: pair[0])
        ),
        part=Part(items, wanted.part, len(found)),
        lists=tuple(sorted(holding.lists.values(), key=lambda r: r.header.title)),
        article=article,
    )


def items_about(
    session: Session, article: Revision, on: date, most: int, *, reader: Actor
) -> ItemsAbout:
    """Give at most ``most`` items about an article, the worst first."""
    tips = items_in_force(session, on, reader=reader)
    found = worst_first(tips, _about(article))
    return ItemsAbout(tuple(found[:most]), len(found))


def shown_items(
    session: Session,
    holding: Holding,
    tips: Sequence[Tip],
    on: date,
    *,
    reader: Actor,
) -> tuple[ShownItem, ...]:
    """Lay items in force out; those who write are told which are stale."""
    if not tips:
        return ()
    clauses = clause_names(session, [t.item for t in tips], on, reader=reader)
    stale = stale_items(session, on) if reader.sees_drafts else frozenset()
    return tuple(
        shown(
            tip.item,
            holding.lists[tip.slug],
            clauses,
            is_stale=(tip.slug, tip.item.id) in stale,
        )
        for tip in tips
    )


def clause_names(
    session: Session, items: Collection[Listed], on: date, *, reader: Actor
) -> Clauses:
    """Give what the clauses cited by items are called on a day."""
    addresses = {address for item in items for address in item.cites}
    targets = publishing.targets_on(session, addresses, on, reader=reader)
    return {
        address: f"《{target.revision.header.title}》{target.section.name}"
        for address, target in targets.items()
        if target.section
    }


def _article(
    session: Session, slug: str, on: date, *, reader: Actor
) -> Revision | None:
    """Find the article that items are asked about; one nobody knows asks nothing."""
    if not slug:
        return None
    return next(
        iter(publishing.in_force(session, on, reader=reader, slugs=[slug])), None
    )


def _about(article: Revision) -> About:
    return About(article.slug, tuple(article.facets.get("business", ())))
