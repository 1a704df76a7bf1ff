"""What a plan says to the person who confirms it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import timedelta

from trainer.core.wording import N_
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
    return N_(
        "到{site}{at}，{sender}派出，{begins_on} 至 {until}",
        site=site,
        at=at,
        sender=sender,
        begins_on=placement.begins_on,
        until=until,
    )


def differences(old: Placement, new: Placement, names: Resolver) -> tuple[str, ...]:
    """Say what a correction changes."""
    return tuple(_differences(old, new, names))


def last_day(end: date | None) -> str:
    """Write an end, which is exclusive, as the last day."""
    return N_("长期") if end is None else str(end - DAY)


def _differences(old: Placement, new: Placement, names: Resolver) -> Iterator[str]:
    if old.begins_on != new.begins_on:
        yield N_("派驻开始 {old} → {new}", old=old.begins_on, new=new.begins_on)
    if old.planned_to != new.planned_to:
        yield N_(
            "派驻截止 {old} → {new}",
            old=last_day(old.planned_to),
            new=last_day(new.planned_to),
        )
    if old.post != new.post:
        yield N_("岗位 → {post}", post=names.known.posts.get(new.post, N_("无")))
    if old.reason != new.reason:
        yield N_("原因 → {reason}", reason=new.reason)
    yield from _arranged(old.arrangement, new.arrangement, names)


def _arranged(
    before: Arrangement, after: Arrangement, names: Resolver
) -> Iterator[str]:
    if before.seat != after.seat:
        yield N_(
            "窗口 {old} → {new}",
            old=names.name_of(PlaceKind.SEAT, before.seat),
            new=names.name_of(PlaceKind.SEAT, after.seat),
        )
    if before.mentor != after.mentor:
        yield N_("带教 → {mentor}", mentor=names.name_of_person(after.mentor))
    if before.successor != after.successor:
        yield N_(
            "接替人 → {successor}", successor=names.name_of_person(after.successor)
        )
    if before.lines != after.lines:
        lines = [n for code, n in names.known.lines.items() if code in after.lines]
        yield N_("业务 → {lines}", lines=lines)
