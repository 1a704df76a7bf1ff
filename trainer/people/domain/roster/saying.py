"""What a plan says to the person who confirms it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import timedelta

from trainer.people.domain.roster.resolving import PlaceKind
from trainer.people.domain.roster.resolving import Resolver
from trainer.people.domain.secondments import Arrangement
from trainer.people.domain.secondments import Placement

DAY = timedelta(days=1)


def stay(placement: Placement, names: Resolver) -> str:
    """Say where somebody goes, sent by whom and for how long."""
    site = names.name_of(PlaceKind.SITE, placement.site)
    seat = placement.arrangement.seat
    at = names.name_of(PlaceKind.SEAT, seat) if seat else ""
    sender = names.name_of(PlaceKind.ORGANISATION, placement.organisation)
    until = last_day(placement.planned_to)
    return f"到{site}{at}，{sender}派出，{placement.begins_on} 至 {until}"


def differences(old: Placement, new: Placement, names: Resolver) -> tuple[str, ...]:
    """Say what a correction changes."""
    return tuple(_differences(old, new, names))


def last_day(end: date | None) -> str:
    """Write an end, which is exclusive, as the last day."""
    return "长期" if end is None else str(end - DAY)


def _differences(old: Placement, new: Placement, names: Resolver) -> Iterator[str]:
    if old.begins_on != new.begins_on:
        yield f"派驻开始 {old.begins_on} → {new.begins_on}"
    if old.planned_to != new.planned_to:
        yield f"派驻截止 {last_day(old.planned_to)} → {last_day(new.planned_to)}"
    if old.post != new.post:
        yield f"岗位 → {names.known.posts.get(new.post, '无')}"
    if old.reason != new.reason:
        yield f"原因 → {new.reason}"
    yield from _arranged(old.arrangement, new.arrangement, names)


def _arranged(
    before: Arrangement, after: Arrangement, names: Resolver
) -> Iterator[str]:
    if before.seat != after.seat:
        seats = [names.name_of(PlaceKind.SEAT, a.seat) for a in (before, after)]
        yield f"窗口 {' → '.join(seats)}"
    if before.mentor != after.mentor:
        yield f"带教 → {names.name_of_person(after.mentor)}"
    if before.successor != after.successor:
        yield f"接替人 → {names.name_of_person(after.successor)}"
    if before.lines != after.lines:
        lines = (n for code, n in names.known.lines.items() if code in after.lines)
        yield f"业务 → {'、'.join(lines)}"
