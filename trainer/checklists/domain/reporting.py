"""What is told of a ticket: read from JSON, or from the form at the counter; pure."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass

from trainer.checklists.domain.showing import MOST_TOLD
from trainer.checklists.domain.showing import Outcome
from trainer.checklists.domain.showing import Source
from trainer.checklists.domain.showing import Told
from trainer.checklists.domain.showing import UnreadableOutcomesError


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Command: note what became of the items of a ticket.

    Attributes:
        ticket: The ticket as it was given.
        told: What became of its items.
        source: Where it comes from.
        token: Key of the API token that tells it, 0 at the counter.
    """

    ticket: str
    told: tuple[Told, ...]
    source: Source
    token: int = 0


def read(sent: object, token: int) -> Report:
    """Read what a business system has sent.

    Raises:
        UnreadableOutcomesError: it has another shape, or more than a ticket may say.
    """
    if not isinstance(sent, dict) or set(sent) != {"ticket", "outcomes"}:
        raise UnreadableOutcomesError
    ticket, outcomes = sent["ticket"], sent["outcomes"]
    if not isinstance(ticket, str) or not isinstance(outcomes, list):
        raise UnreadableOutcomesError
    if not 1 <= len(outcomes) <= MOST_TOLD:
        raise UnreadableOutcomesError
    told = tuple(map(_told, outcomes))
    return Report(ticket=ticket, told=told, source=Source.API, token=token)


def ticked_off(
    ticket: str, items: Iterable[str], ticked: Collection[str], useful: Collection[str]
) -> Report:
    """Give what a clerk has done at the counter: all were shown, the rest ignored."""
    told = tuple(_at_counter(items, ticked, useful))
    return Report(ticket=ticket, told=told, source=Source.COUNTER)


def _at_counter(
    items: Iterable[str], ticked: Collection[str], useful: Collection[str]
) -> Iterator[Told]:
    for item in items:
        yield Told(item, Outcome.TICKED if item in ticked else Outcome.IGNORED)
        if item in useful:
            yield Told(item, Outcome.USEFUL)


def _told(sent: object) -> Told:
    if not isinstance(sent, dict) or set(sent) != {"item", "outcome"}:
        raise UnreadableOutcomesError
    item, outcome = sent["item"], sent["outcome"]
    if not isinstance(item, str) or outcome not in [*Outcome]:
        raise UnreadableOutcomesError
    return Told(item, Outcome(outcome))
