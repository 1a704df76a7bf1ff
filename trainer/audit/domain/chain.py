"""The chain: each entry is sealed together with the hash of the one before.

The hash is an HMAC: who can write to the database but has not the secret of the
installation can forge no entry. The canonical form has a version and is never
changed; a new one would stand beside it.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from dataclasses import replace
from datetime import UTC
from datetime import datetime
from enum import StrEnum

from trainer.audit.domain.entry import Entry
from trainer.core.origin import Origin
from trainer.core.wording import N_

PURPOSE = "audit"
"""What the key of the chain is derived for."""

VERSION = 1
"""Of the canonical form."""

_COMPACT = json.JSONEncoder(separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the chain: the number of an entry, and its hash (hex)."""

    number: int
    hash: str


GENESIS = Link(0, "0" * 64)
"""What the first entry follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """An entry as it is kept.

    Attributes:
        number: From 1, one more than the entry before.
        at: When it was done, UTC; a clock may jump, numbers do not.
        entry: What was done.
        kind: The kind of thing, as it is kept for looking it up.
        origin: Where the act came from.
        previous: Hash of the entry before.
        hash: Its own, over all the above.
    """

    number: int
    at: datetime
    entry: Entry
    kind: str
    origin: Origin
    previous: str
    hash: str

    @property
    def link(self) -> Link:
        """Its place in the chain."""
        return Link(self.number, self.hash)


class FaultKind(StrEnum):
    """What is wrong with a chain."""

    CHANGED = "changed"
    REMOVED = "removed"
    STRANGE = "strange"
    BEGINNING = "beginning"
    TAIL = "tail"
    SHORT = "short"


FAULT_NAMES = {
    FaultKind.CHANGED: N_("内容与校验值不符：被改动、被调换，或不是本系统写入的"),
    FaultKind.REMOVED: N_("这一条起，有记录被删除"),
    FaultKind.STRANGE: N_("接不上前一条：换进了另一段记录"),
    FaultKind.BEGINNING: N_("最早的记录被删除，而且没有归档过"),
    FaultKind.TAIL: N_("与存底不符：末尾的记录被删除或换掉"),
    FaultKind.SHORT: N_("归档文件不完整"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing wrong with a chain, and the number of the entry it is at."""

    number: int
    kind: FaultKind


def canonical(sealed: Sealed) -> bytes:
    """Give the bytes that are sealed: a JSON list, ASCII, without spaces."""
    entry = sealed.entry
    told = [
        *(VERSION, sealed.number),
        sealed.at.astimezone(UTC).isoformat(timespec="microseconds"),
        *(entry.person, entry.verb, sealed.kind, entry.object, entry.detail),
        *(entry.before, entry.after),
        *(sealed.origin.address, sealed.origin.request, sealed.previous),
    ]
    return _COMPACT.encode(told).encode()


def seal(
    key: bytes, before: Link, entry: Entry, *, at: datetime, origin: Origin
) -> Sealed:
    """Put an entry behind another one."""
    unsealed = Sealed(
        number=before.number + 1,
        at=at,
        entry=entry,
        kind=entry.kind,
        origin=origin,
        previous=before.hash,
        hash="",
    )
    return replace(unsealed, hash=hash_of(key, unsealed))


def hash_of(key: bytes, sealed: Sealed) -> str:
    """Give the hash an entry must have."""
    return hmac.digest(key, canonical(sealed), "sha256").hex()


def is_intact(key: bytes, sealed: Sealed) -> bool:
    """Tell whether an entry is as it was written."""
    return hmac.compare_digest(hash_of(key, sealed), sealed.hash)


def fault_after(key: bytes, before: Link, found: Sealed) -> Fault | None:
    """Say what is wrong with an entry that is found behind another one."""
    if not is_intact(key, found):
        return Fault(found.number, FaultKind.CHANGED)
    if found.previous == before.hash:
        return None
    if found.number > before.number + 1:
        return Fault(before.number + 1, FaultKind.REMOVED)
    return Fault(found.number, FaultKind.STRANGE)
