"""Proving a chain from its first entry to its last, one entry at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trainer.audit.domain.chain import GENESIS
from trainer.audit.domain.chain import Fault
from trainer.audit.domain.chain import FaultKind
from trainer.audit.domain.chain import Link
from trainer.audit.domain.chain import Sealed
from trainer.audit.domain.chain import fault_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What came of it.

    Attributes:
        checked: Entries that were in order.
        first: Number of the first entry, 0 when there is none.
        last: Place of the last entry in order.
        fault: The first thing wrong, None when all is right.
    """

    checked: int
    first: int
    last: Link
    fault: Fault | None


def prove(
    key: bytes,
    found: Iterable[Sealed],
    *,
    archived: Link | None = None,
    anchor: Link | None = None,
) -> Proof:
    """Go through a chain; stops at the first fault, and keeps nothing in memory.

    Args:
        key: Of the chain.
        found: Its entries, by number.
        archived: Last entry that has been archived; up to it entries may be gone.
        anchor: An entry that must be there, unless it is archived.
    """
    checked, first, last = 0, 0, GENESIS
    for one in found:
        if not checked:
            first, last = one.number, _followed(one, archived)
        fault = fault_after(key, last, one) if checked else _wrong_start(key, last, one)
        fault = fault or _unlike(one, archived, anchor)
        if fault is not None:
            return Proof(checked=checked, first=first, last=last, fault=fault)
        checked, last = checked + 1, one.link
    fault = _cut_tail(last, anchor)
    return Proof(checked=checked, first=first, last=last, fault=fault)


def _followed(first: Sealed, archived: Link | None) -> Link:
    """Give what the first entry that is there must follow."""
    if archived is None:
        return GENESIS
    if archived.number >= first.number:  # archived, not all removed yet
        return Link(first.number - 1, first.previous)
    return archived


def _wrong_start(key: bytes, before: Link, first: Sealed) -> Fault | None:
    fault = fault_after(key, before, first)
    if fault is None or fault.kind is FaultKind.CHANGED:
        return fault
    return Fault(before.number + 1, FaultKind.BEGINNING)


def _unlike(one: Sealed, archived: Link | None, anchor: Link | None) -> Fault | None:
    """Compare an entry with what is known of it from elsewhere."""
    if archived and archived.number == one.number and archived.hash != one.hash:
        return Fault(one.number, FaultKind.STRANGE)
    if anchor and anchor.number == one.number and anchor.hash != one.hash:
        return Fault(one.number, FaultKind.TAIL)
    return None


def _cut_tail(last: Link, anchor: Link | None) -> Fault | None:
    if anchor is None or anchor.number <= last.number:
        return None
    return Fault(last.number + 1, FaultKind.TAIL)
