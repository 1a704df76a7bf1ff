"""What holds in a business line, sorted by business."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trainer.core.wording import N_
from trainer.publishing.domain.revision import Revision
from trainer.topics.domain.lines import Line

OTHERS = N_("其他规定")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The articles of one business."""

    code: str
    name: str
    revisions: tuple[Revision, ...]


def sort_out(line: Line, revisions: Iterable[Revision]) -> tuple[Shelf, ...]:
    """Put each article on the shelf of its first business; the rest comes last."""
    names = {business.code: business.name for business in line.businesses}
    held: dict[str, list[Revision]] = {code: [] for code in [*names, line.code]}
    for revision in revisions:
        codes = [c for c in revision.facets.get("business", ()) if c in names]
        held[codes[0] if codes else line.code].append(revision)
    return tuple(
        Shelf(code, names.get(code, OTHERS), tuple(found))
        for code, found in held.items()
        if found
    )
