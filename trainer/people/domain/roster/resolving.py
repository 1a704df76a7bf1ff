"""From what a row calls a place or a person to what is meant.

Whatever is not there yet has a provisional key below zero while it is looked at: a
place that was ticked to be made, a person whom another row brings.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from enum import StrEnum

from trainer.core.wording import N_
from trainer.core.wording import Nc_
from trainer.people.domain.places import CHANNEL_NAMES
from trainer.people.domain.places import Channel
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site
from trainer.people.domain.roster.entries import Entry
from trainer.people.domain.roster.entries import Problem
from trainer.people.domain.roster.fields import Field
from trainer.people.domain.roster.known import Known
from trainer.people.domain.roster.known import key_of
from trainer.people.domain.roster.reading import is_like_a_seat
from trainer.people.domain.roster.reading import plain
from trainer.people.domain.roster.reading import split_path
from trainer.people.domain.secondments import Arrangement
from trainer.people.domain.secondments import Secondment

TOLD = re.compile(r"(?P<name>.*)\((?P<login>[A-Za-z0-9._-]{2,32})\)\Z")
"""A person told by both, as exports write him: 张三(w1001)."""


class PlaceKind(StrEnum):
    """What may be made on the way."""

    ORGANISATION = "organisation"
    SITE = "site"
    SEAT = "seat"


PLACE_NAMES = {
    PlaceKind.ORGANISATION: Nc_("kind", "派驻银行"),
    PlaceKind.SITE: Nc_("kind", "网点"),
    PlaceKind.SEAT: Nc_("kind", "窗口"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A place that rows name and that is not there, or not in use.

    Attributes:
        site: Name of the site of a seat, else empty.
        key: Of a place that was retired and is to be used again; 0 to make it.
        rows: How many rows name it.
        taken: Whether it was ticked.
    """

    kind: PlaceKind
    name: str
    site: str = ""
    channel: Channel = Channel.WINDOW
    key: int = 0
    rows: int = 1
    taken: bool = False

    @property
    def token(self) -> str:
        """What stands for it in a form."""
        return "|".join((self.kind.value, key_of(self.site), key_of(self.name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Keys of what a row names; None is what it leaves open.

    ``home`` is whose path the department is, which says who sends only when nothing
    else does.
    """

    home: int | None = None
    organisation: int | None = None
    site: int | None = None
    seat: int | None = None
    post: str | None = None
    lines: frozenset[str] | None = None
    mentor: int | None = None
    successor: int | None = None


class Resolver:
    """Finds what rows mean, and gathers what they name that is not there."""

    def __init__(
        self,
        known: Known,
        taken: Collection[str],
        newcomers: Mapping[str, Entry],
    ) -> None:
        self.known = known
        self.offers: dict[str, Offer] = {}
        self._taken = taken
        self._new: dict[int, Organisation | Site | Seat] = {}
        self._keys: dict[str, int] = {}
        self._newcomers = newcomers
        self._by_key = {-entry.number: entry for entry in newcomers.values()}
        self._called: dict[str, list[int]] = {}
        for key, entry in self._by_key.items():
            self._called.setdefault(key_of(entry.name), []).append(key)

    def meant(
        self, entry: Entry, before: Secondment | None
    ) -> tuple[Meant, list[Problem]]:
        """Give what a row means; ``before`` is what holds, it may be out of use."""
        return _Row(self, entry, before).meant()

    def name_of(self, kind: PlaceKind, key: int | None) -> str:
        """Give the name of a place, one that is to be made too."""
        if key is None:
            return N_("无")
        found = self._new.get(key)
        if kind is PlaceKind.ORGANISATION:
            found = found or self.known.organisations.get(key)
        elif kind is PlaceKind.SITE:
            found = found or self.known.sites.get(key)
        else:
            found = found or self.known.seats.get(key)
        return found.name if found else N_("？")

    def name_of_person(self, key: int | None) -> str:
        """Give the name of a person, of a newcomer too."""
        if key is None:
            return N_("无")
        found = self._by_key.get(key) or self.known.person_with(key)
        return (
            N_("{name}（{login}）", name=found.name, login=found.login)
            if found
            else N_("？")
        )

    def offered(self, offer: Offer, site: int = 0) -> int | None:
        """Offer a place, a seat at its site; gives its key when it was ticked.

        The key of a place that is to be made is provisional.
        """
        token = offer.token
        before = self.offers.get(token)
        offer = replace(offer, taken=token in self._taken)
        rows = before.rows + 1 if before else 1
        self.offers[token] = replace(before or offer, rows=rows)
        if not offer.taken:
            return None
        if offer.key:
            return offer.key
        made = self._keys.setdefault(token, -1 - len(self._keys))
        self._new[made] = _place(offer, made, site)
        return made

    def person(self, told: str) -> list[tuple[int, bool]]:
        """Give who may be meant, each with whether the account is open."""
        told = plain(told)
        found = TOLD.fullmatch(told)
        login = (found["login"] if found else told).casefold()
        if new := self._newcomers.get(login):
            return [(-new.number, True)]
        if known := self.known.person(login):
            return [(known.id, known.active)]
        name = key_of(found["name"] if found else told)
        here = [person.id for person in self.known.called(name)]
        return [(key, True) for key in (*here, *self._called.get(name, ()))]


class _Row:
    """One row on its way to what it means."""

    def __init__(
        self, resolver: Resolver, entry: Entry, before: Secondment | None
    ) -> None:
        self._resolver = resolver
        self._known = resolver.known
        self._entry = entry
        self._before = before.placement if before else None
        self._problems: list[Problem] = []

    def meant(self) -> tuple[Meant, list[Problem]]:
        entry = self._entry
        home, site_name, seat_name = self._department()
        # Staff of the centre are in its path, and so are secondees: only a bank in
        # a path says who sends.
        told = home.id if home and home.kind is OrganisationKind.BANK else None
        organisation = self._organisation(entry.bank) if entry.bank else told
        site = self._site(site_name) if site_name else None
        at = site if site_name else (self._before.site if self._before else None)
        seat_name = entry.seat or seat_name
        seat = self._seat(at, seat_name) if at and seat_name else None
        if seat_name and site_name and not site:
            # The site is offered; what stands in it is offered along with it.
            self._resolver.offered(self._offer(site_name, seat_name))
        held = self._before.arrangement if self._before else Arrangement()
        meant = Meant(
            home=home.id if home else None,
            organisation=organisation,
            site=site,
            seat=seat,
            post=self._post(),
            lines=self._lines(),
            mentor=self._person(Field.MENTOR, entry.mentor, held.mentor),
            successor=self._person(Field.SUCCESSOR, entry.successor, held.successor),
        )
        return meant, self._problems

    def _wrong(self, field: Field, message: str) -> None:
        self._problems.append(Problem(field, message))

    def _department(self) -> tuple[Organisation | None, str, str]:
        """Take a path apart: whose it is, the site, the seat, as far as it says."""
        text = self._entry.department
        if not text or self._known.site(text):
            return None, text, ""
        parts = split_path(text)
        told = self._known.organisation(parts[0]) if parts else None
        parts = parts[1:] if told else parts
        if not parts:
            self._wrong(
                Field.DEPARTMENT, N_("“{text}”里没有网点；请写到网点这一级", text=text)
            )
            return None, "", ""
        for place, part in enumerate(parts):
            if self._known.site(part):
                return told, part, parts[-1] if place + 1 < len(parts) else ""
        if len(parts) > 1 and is_like_a_seat(parts[-1]):
            return told, parts[-2], parts[-1]
        return told, parts[-1], ""

    def _organisation(self, name: str) -> int | None:
        found = self._known.organisation(name)
        if found is None:
            offer = Offer(kind=PlaceKind.ORGANISATION, name=name)
            return self._offered(Field.BANK, offer)
        before = self._before.organisation if self._before else None
        offer = Offer(kind=PlaceKind.ORGANISATION, name=found.name, key=found.id)
        return self._used(Field.BANK, found, before, offer)

    def _site(self, name: str) -> int | None:
        found = self._known.site(name)
        if found is None:
            offer = Offer(kind=PlaceKind.SITE, name=name)
            return self._offered(Field.DEPARTMENT, offer)
        before = self._before.site if self._before else None
        offer = Offer(kind=PlaceKind.SITE, name=found.name, key=found.id)
        return self._used(Field.DEPARTMENT, found, before, offer)

    def _seat(self, site: int, name: str) -> int | None:
        field = Field.SEAT if self._entry.seat else Field.DEPARTMENT
        found = self._known.seat(site, name)
        channel = self._entry.channel
        offer = self._offer(self._resolver.name_of(PlaceKind.SITE, site), name)
        if found is None:
            return self._offered(field, offer, site)
        if channel and channel is not found.channel:
            there = CHANNEL_NAMES[found.channel]
            self._wrong(
                Field.CHANNEL,
                N_(
                    "“{name}”的渠道是{there}；请改渠道或换窗口",
                    name=found.name,
                    there=there,
                ),
            )
        before = self._before.arrangement.seat if self._before else None
        offer = replace(offer, name=found.name, channel=found.channel, key=found.id)
        return self._used(field, found, before, offer)

    def _offer(self, site: str, name: str) -> Offer:
        channel = self._entry.channel or Channel.WINDOW
        return Offer(kind=PlaceKind.SEAT, name=name, site=site, channel=channel)

    def _offered(self, field: Field, offer: Offer, site: int = 0) -> int | None:
        key = self._resolver.offered(offer, site)
        if key is None:
            kind = PLACE_NAMES[offer.kind]
            self._wrong(
                field,
                N_(
                    "没有“{name}”这个{kind}；改成已有的，或在上面勾选新建",
                    name=offer.name,
                    kind=kind,
                ),
            )
        return key

    def _used(
        self,
        field: Field,
        found: Organisation | Site | Seat,
        before: int | None,
        offer: Offer,
    ) -> int:
        if found.active or found.id == before:
            return found.id
        if self._resolver.offered(offer) is None:
            self._wrong(
                field,
                N_("“{name}”已停用；改成在用的，或在上面勾选重新启用", name=found.name),
            )
        return found.id

    def _post(self) -> str | None:
        if not (name := self._entry.post):
            return None
        code = self._known.post(name)
        if code is None:
            self._wrong(
                Field.POST,
                N_("没有“{name}”这个岗位；改成已有的，或把这一列选成不导入", name=name),
            )
        return code

    def _lines(self) -> frozenset[str] | None:
        if not self._entry.lines:
            return None
        codes = {name: self._known.line(name) for name in self._entry.lines}
        for name, code in codes.items():
            if code is None:
                self._wrong(Field.LINES, _no_line(name, [*self._known.lines.values()]))
        return frozenset(code for code in codes.values() if code)

    def _person(self, field: Field, told: str, before: int | None) -> int | None:
        if not told:
            return None
        found = self._resolver.person(told)
        if len(found) != 1:
            self._wrong(field, _not_one(told, len(found)))
            return None
        ((key, active),) = found
        own = self._known.person(self._entry.login)
        if key in {own.id if own else 0, -self._entry.number}:
            self._wrong(field, N_("带教老师和接替人不能是本人；请改选别人"))
        elif not active and key != before:
            self._wrong(field, N_("“{told}”的账号已停用；请改选别人", told=told))
        return key


def _no_line(name: str, known: list[str]) -> str:
    """Say that there is no such business, and which there are."""
    if known:
        return N_("没有“{name}”这项业务；可写 {known}", name=name, known=known)
    return N_("没有“{name}”这项业务；还没有导入业务", name=name)


def _not_one(told: str, n: int) -> str:
    """Say that a name means nobody, or several."""
    if n:
        return N_("有 {n} 位“{told}”；请写工号", n=n, told=told)
    return N_("没有“{told}”这个人；请写工号", told=told)


def _place(offer: Offer, key: int, site: int) -> Organisation | Site | Seat:
    """Give a place as it will be, with a provisional key."""
    if offer.kind is PlaceKind.ORGANISATION:
        bank = OrganisationKind.BANK
        return Organisation(code="", name=offer.name, kind=bank, id=key)
    if offer.kind is PlaceKind.SITE:
        return Site(code="", name=offer.name, id=key)
    return Seat(site=site, name=offer.name, channel=offer.channel, id=key)
