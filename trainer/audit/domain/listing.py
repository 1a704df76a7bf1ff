"""What an auditor looks for, and what a line of the list says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime

from trainer.audit.domain.chain import Sealed
from trainer.audit.domain.verbs import DETAIL_NAMES
from trainer.audit.domain.verbs import KIND_NAMES
from trainer.audit.domain.verbs import VERB_NAMES
from trainer.core.origin import CONSOLE
from trainer.core.wording import N_

SIZE = 50
"""Lines of a page."""

MOST_EXPORTED = 10_000
"""Lines of an exported table; more is a copy of the audit, not an answer."""

EVERYTHING = "all"
"""Key of a look that is at no person in particular."""

MOST_PEOPLE = 50
"""People that a name may mean; with more it narrows nothing."""

CONSOLE_NAME = N_("命令行")
"""Who and where, when nobody's browser has asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries a list shows; what is empty does not narrow it.

    Attributes:
        people: Keys of who acted; None is everybody, the empty set nobody.
        verb: What was done.
        kind: The kind of thing it was done to.
        object: The thing, ``<kind>/<key>``.
        address: Where from.
        since: First day.
        until: Last day, **exclusive**.
        before: Only entries with a smaller number, for the next page.
    """

    people: frozenset[int] | None = None
    verb: str = ""
    kind: str = ""
    object: str = ""
    address: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None

    def told(self) -> str:
        """Say it in codes and keys, for the note of an export."""
        told = {
            "person": ",".join(map(str, sorted(self.people or ()))),
            "verb": self.verb,
            "kind": self.kind,
            "object": self.object,
            "address": self.address,
            "since": self.since,
            "until": self.until,
        }
        return " ".join(f"{name}={value}" for name, value in told.items() if value)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list, newest first; ``older`` continues it, None at its end."""

    entries: tuple[Sealed, ...]
    older: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry in words; names are of the moment it is looked at."""

    number: int
    at: datetime
    who: str
    did: str
    thing: str
    detail: str
    address: str


def line_of(sealed: Sealed, names: Mapping[int, str]) -> Line:
    """Put an entry into words; ``names`` are people by key."""
    entry = sealed.entry
    return Line(
        number=sealed.number,
        at=sealed.at,
        who=_who(sealed, names),
        did=VERB_NAMES.get(entry.verb, entry.verb),
        thing=_thing(sealed, names),
        detail=_detail(entry.detail),
        address=CONSOLE_NAME if sealed.origin == CONSOLE else sealed.origin.address,
    )


def people_in(entries: tuple[Sealed, ...]) -> frozenset[int]:
    """Give the keys of everybody who acts or is acted on."""
    acting = {sealed.entry.person for sealed in entries}
    subjects = {key for sealed in entries if (key := _subject(sealed.entry.object))}
    return frozenset(acting | subjects) - {0}


def _who(sealed: Sealed, names: Mapping[int, str]) -> str:
    key = sealed.entry.person
    if key:
        return names.get(key, N_("人员 {key}", key=key))
    return CONSOLE_NAME if sealed.origin.address == CONSOLE.address else N_("未登录")


def _detail(told: str) -> str:
    """Say a code in words, and the keys behind it as they are."""
    code, _, keys = told.partition(" ")
    if code not in DETAIL_NAMES:
        return told
    name = DETAIL_NAMES[code]
    return N_("{name}（{keys}）", name=name, keys=keys) if keys else name


def _thing(sealed: Sealed, names: Mapping[int, str]) -> str:
    _, _, key = sealed.entry.object.partition("/")
    kind = KIND_NAMES.get(sealed.kind, sealed.kind)
    if not key:
        return ""  # the act says it all
    if key == EVERYTHING:
        return N_("{kind}（全部）", kind=kind)
    subject = _subject(sealed.entry.object)
    thing = names.get(subject, key) if subject else key
    return N_("{kind} {thing}", kind=kind, thing=thing)


def _subject(thing: str) -> int:
    """Give the key of the person that an entry is about, 0 when it is no person."""
    kind, _, key = thing.partition("/")
    return int(key) if kind == "person" and key.isdecimal() else 0
