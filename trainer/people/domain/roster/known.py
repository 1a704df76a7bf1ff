"""Who and what is there already, looked up by what rosters call it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date

from trainer.people.domain.accounts import Person
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site
from trainer.people.domain.posts import Post
from trainer.people.domain.roster.reading import plain
from trainer.people.domain.secondments import Secondment


def key_of(name: str) -> str:
    """Give what two ways of writing one name share: no spaces, no case."""
    return plain(name).replace(" ", "").casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an import is compared with.

    Attributes:
        people: Everybody, by login in lower case.
        held: Secondments by person, oldest first; of those a roster names.
        organisations: By key; sites and seats likewise.
        lines: Names of the business lines by code; posts likewise.
    """

    people: Mapping[str, Person]
    held: Mapping[int, Sequence[Secondment]]
    organisations: Mapping[int, Organisation]
    sites: Mapping[int, Site]
    seats: Mapping[int, Seat]
    lines: Mapping[str, str]
    posts: Mapping[str, str]
    _by_name: Mapping[tuple[str, str], int] = field(repr=False, compare=False)
    _coded: Mapping[tuple[str, str], str] = field(repr=False, compare=False)
    _persons: Mapping[str, Sequence[Person]] = field(repr=False, compare=False)
    _by_key: Mapping[int, Person] = field(repr=False, compare=False)

    def person(self, login: str) -> Person | None:
        """Give who has a login, without regard to case."""
        return self.people.get(login.casefold())

    def person_with(self, key: int) -> Person | None:
        """Give a person by key."""
        return self._by_key.get(key)

    def called(self, name: str) -> Sequence[Person]:
        """Give the open accounts of a name; there may be several."""
        return self._persons.get(key_of(name), ())

    def organisation(self, name: str) -> Organisation | None:
        """Give an organisation by name or code."""
        key = self._by_name.get(("organisation", key_of(name)))
        return None if key is None else self.organisations[key]

    def site(self, name: str) -> Site | None:
        """Give a site by name or code."""
        key = self._by_name.get(("site", key_of(name)))
        return None if key is None else self.sites[key]

    def seat(self, site: int, name: str) -> Seat | None:
        """Give a seat of a site by name."""
        key = self._by_name.get((f"seat/{site}", key_of(name)))
        return None if key is None else self.seats[key]

    def line(self, name: str) -> str | None:
        """Give the code of a business line by name or code."""
        return self._coded.get(("line", key_of(name)))

    def post(self, name: str) -> str | None:
        """Give the code of a post by name or code."""
        return self._coded.get(("post", key_of(name)))

    def centre(self) -> Organisation | None:
        """Give the centre, when it is clear which organisation that is."""
        found = [
            known
            for known in self.organisations.values()
            if known.kind is OrganisationKind.CENTRE and known.active
        ]
        return found[0] if len(found) == 1 else None


def known_from(  # noqa: PLR0913  (each kind of thing by its name)
    *,
    people: Iterable[Person],
    held: Iterable[Secondment],
    organisations: Iterable[Organisation],
    sites: Iterable[Site],
    seats: Iterable[Seat],
    posts: Iterable[Post],
    lines: Mapping[str, str],
) -> Known:
    """Sort what is there so that it can be looked up."""
    everybody = list(people)
    by_organisation = {known.id: known for known in organisations}
    by_site = {known.id: known for known in sites}
    by_seat = {known.id: known for known in seats}
    names = {post.code: post.name for post in posts}
    return Known(
        people={person.login.casefold(): person for person in everybody},
        held=_by_person(held),
        organisations=by_organisation,
        sites=by_site,
        seats=by_seat,
        lines=lines,
        posts=names,
        _by_name=_places(by_organisation, by_site, by_seat),
        _coded=_codes("line", lines) | _codes("post", names),
        _persons=_by_called(everybody),
        _by_key={person.id: person for person in everybody},
    )


def at_work_or_next(held: Sequence[Secondment], on: date) -> Secondment | None:
    """Give the one secondment of a person that a roster of a day shows.

    The present one, else the next, else the last; called off ones never were.
    """
    real = [h for h in held if h.ends_on is None or h.ends_on > h.placement.begins_on]
    left = [h for h in real if h.ends_on is None or h.ends_on > on]
    return left[0] if left else real[-1] if real else None


def _by_person(held: Iterable[Secondment]) -> dict[int, list[Secondment]]:
    found: dict[int, list[Secondment]] = {}
    for secondment in sorted(held, key=lambda h: (h.placement.begins_on, h.id)):
        found.setdefault(secondment.person, []).append(secondment)
    return found


def _by_called(people: Iterable[Person]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for person in people:
        if person.active:
            found.setdefault(key_of(person.name), []).append(person)
    return found


def _places(
    organisations: Mapping[int, Organisation],
    sites: Mapping[int, Site],
    seats: Mapping[int, Seat],
) -> dict[tuple[str, str], int]:
    """Name everything; a name counts before another one's code."""
    found: dict[tuple[str, str], int] = {}
    for kind, places in (("organisation", organisations), ("site", sites)):
        found |= {(kind, key_of(place.code)): key for key, place in places.items()}
        found |= {(kind, key_of(place.name)): key for key, place in places.items()}
    return found | {
        (f"seat/{seat.site}", key_of(seat.name)): key for key, seat in seats.items()
    }


def _codes(kind: str, names: Mapping[str, str]) -> dict[tuple[str, str], str]:
    by_code = {(kind, key_of(code)): code for code in names}
    return by_code | {(kind, key_of(name)): code for code, name in names.items()}
