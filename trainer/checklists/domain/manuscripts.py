"""From a checklist to what publishing takes: sections, citations, facets.

An item is a section, so that a new text of a list is compared, reviewed, cited and
judged stale item by item.
"""

from __future__ import annotations

from trainer.checklists.domain import CHECKLIST
from trainer.checklists.domain.checklist import Checklist
from trainer.checklists.domain.checklist import Item
from trainer.checklists.domain.listing import kept
from trainer.checklists.domain.saying import item_in_words
from trainer.core.wording import N_
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.domain.manuscript import Section

ITEM_LEVEL = 2


def manuscript(checklist: Checklist, text: str) -> Manuscript:
    """Turn a checklist into a manuscript."""
    items = checklist.items
    return Manuscript(
        kind=CHECKLIST,
        header=checklist.header,
        sections=tuple(_section(item, n) for n, item in enumerate(items, start=1)),
        citations=tuple(c.citation(item.id) for item in items for c in item.cites),
        facets={"items": kept(items)},
        text=text,
    )


def _section(item: Item, number: int) -> Section:
    return Section(
        id=item.id,
        level=ITEM_LEVEL,
        label=N_("第{n}条", n=number),
        heading=item.wrong,
        text=item_in_words(item),
        line=item.line,
    )
