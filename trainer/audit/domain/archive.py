"""An archive in text: a head, one line for each entry, a foot; each a JSON object."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC
from datetime import datetime
from typing import Any

from trainer.audit.domain.chain import Link
from trainer.audit.domain.chain import Sealed
from trainer.audit.domain.entry import Entry
from trainer.audit.domain.retention import ArchiveUnreadableError
from trainer.core.origin import Origin
from trainer.core.wording import N_

FORMAT = "trainer-audit-1"


@dataclass(frozen=True, slots=True)
class Head:
    """What an archive begins with: the entry before its first, and its size."""

    before: Link
    entries: int


def write_head(head: Head) -> str:
    """Give the first line."""
    return _line(
        {
            "format": FORMAT,
            "after": head.before.number,
            "previous": head.before.hash,
            "entries": head.entries,
        }
    )


def write_foot(last: Link) -> str:
    """Give the last line."""
    return _line({"last": last.number, "hash": last.hash})


def write_entry(sealed: Sealed) -> str:
    """Give the line of an entry."""
    entry, origin = sealed.entry, sealed.origin
    return _line(
        {
            "number": sealed.number,
            "at": sealed.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "person": entry.person,
            "verb": entry.verb,
            "kind": sealed.kind,
            "object": entry.object,
            "detail": entry.detail,
            "before": entry.before,
            "after": entry.after,
            "address": origin.address,
            "request": origin.request,
            "previous": sealed.previous,
            "hash": sealed.hash,
        }
    )


def parse_head(line: str) -> Head:
    """Read the first line.

    Raises:
        ArchiveUnreadableError: it is none.
    """
    told = _told(line, {"format", "after", "previous", "entries"})
    if told["format"] != FORMAT:
        raise ArchiveUnreadableError(
            N_("不认识的归档格式：{format}", format=told["format"])
        )
    return Head(_link(told["after"], told["previous"]), _number(told["entries"]))


def parse_foot(line: str) -> Link:
    """Read the last line.

    Raises:
        ArchiveUnreadableError: it is none.
    """
    told = _told(line, {"last", "hash"})
    return _link(told["last"], told["hash"])


def parse_entry(line: str) -> Sealed:
    """Read the line of an entry.

    Raises:
        ArchiveUnreadableError: it is none.
    """
    told = _told(line, {"number", "at", "previous", "hash"})
    words = ("verb", "object", "detail", "before", "after")
    try:
        return Sealed(
            number=_number(told["number"]),
            at=datetime.fromisoformat(told["at"]),
            entry=Entry(person=told["person"], **{word: told[word] for word in words}),
            kind=told["kind"],
            origin=Origin(told["address"], told["request"]),
            previous=told["previous"],
            hash=told["hash"],
        )
    except (ValueError, TypeError, KeyError) as error:
        raise _unreadable() from error


def _link(number: object, value: object) -> Link:
    return Link(_number(number), str(value))


def _number(told: object) -> int:
    if not isinstance(told, int):
        raise _unreadable()
    return told


def _line(told: dict[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def _told(line: str, needed: set[str]) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError as error:
        raise _unreadable() from error
    if not isinstance(told, dict) or not needed <= set(told):
        raise _unreadable()
    return told


def _unreadable() -> ArchiveUnreadableError:
    return ArchiveUnreadableError(N_("不是操作记录的归档文件，或者文件不完整"))
