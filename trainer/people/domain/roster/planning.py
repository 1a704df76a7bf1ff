"""The plan of an import: what each row will do, and what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from trainer.core.wording import N_
from trainer.people.domain.roster.deciding import Circumstances
from trainer.people.domain.roster.deciding import decide
from trainer.people.domain.roster.entries import Entry
from trainer.people.domain.roster.entries import Problem
from trainer.people.domain.roster.entries import read_entry
from trainer.people.domain.roster.fields import Field
from trainer.people.domain.roster.known import Known
from trainer.people.domain.roster.reading import Intent
from trainer.people.domain.roster.reading import plain
from trainer.people.domain.roster.resolving import Offer
from trainer.people.domain.roster.resolving import Resolver
from trainer.people.domain.roster.steps import End
from trainer.people.domain.roster.steps import Kind
from trainer.people.domain.roster.steps import Planned


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet by field; ``out`` leaves it out."""

    number: int
    cells: Mapping[Field, str]
    out: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import will do.

    Attributes:
        rows: In the order of the sheet.
        offers: Places that rows name and that are not there, or not in use.
    """

    rows: tuple[Planned, ...]
    offers: tuple[Offer, ...]

    @property
    def counts(self) -> dict[Kind, int]:
        """How many rows of each kind there are."""
        kinds = [row.kind for row in self.rows]
        return {kind: kinds.count(kind) for kind in Kind}

    @property
    def seal(self) -> str:
        """Stands for what was shown: who confirms it, confirms this and no more."""
        told = [(r.number, r.kind.value, r.says, r.problems) for r in self.rows]
        made = [
            (offer.token, offer.channel, offer.key, offer.taken)
            for offer in self.offers
        ]
        return hashlib.sha256(repr((told, made)).encode()).hexdigest()

    @property
    def effective(self) -> list[Planned]:
        """The rows that do something."""
        idle = {Kind.WRONG, Kind.UNCHANGED, Kind.LEFT_OUT}
        return [row for row in self.rows if row.kind not in idle]


def plan(
    rows: Sequence[Row], taken: Collection[str], known: Known, *, on: date, by: int
) -> Plan:
    """Plan an import; never raises.

    Args:
        rows: What the sheet says.
        taken: Tokens of the offered places that are to be made or used again.
        known: Who and what is there.
        on: Today.
        by: Key of the person who imports.
    """
    read = {row.number: read_entry(row.number, row.cells) for row in rows}
    used = {row.number: read[row.number][0] for row in rows if not row.out}
    newcomers = {
        entry.login.casefold(): entry
        for entry in used.values()
        if known.person(entry.login) is None and entry.intent is Intent.STAY
    }
    twice = _told_twice(used.values())
    resolver = Resolver(known, taken, newcomers)
    given = Circumstances(on=on, by=by, resolver=resolver)
    planned = [_planned(row, *read[row.number], twice, given) for row in rows]
    return Plan(tuple(_reliable(planned)), tuple(resolver.offers.values()))


def _reliable(planned: Sequence[Planned]) -> list[Planned]:
    """Let nobody be trained or replaced by somebody who will not come after all."""
    found = list(planned)
    relying: dict[int, list[tuple[int, Field]]] = {}
    for place, row in enumerate(found):
        for field, key in _relies_on(row):
            relying.setdefault(key, []).append((place, field))
    wrong = [row.number for row in found if row.kind is Kind.WRONG]
    while wrong:
        for place, field in relying.pop(-wrong.pop(), ()):
            row = found[place]
            problem = Problem(field, N_("此人在表里的那一行有错；请先改好那一行"))
            if row.kind is not Kind.WRONG:
                wrong.append(row.number)
                found[place] = replace(
                    row,
                    kind=Kind.WRONG,
                    account=None,
                    step=None,
                    says=(),
                    problems=(problem,),
                )
    return found


def _relies_on(row: Planned) -> Iterator[tuple[Field, int]]:
    if row.step is not None and not isinstance(row.step, End):
        arranged = row.step.placement.arrangement
        yield Field.MENTOR, arranged.mentor or 0
        yield Field.SUCCESSOR, arranged.successor or 0


def _planned(
    row: Row,
    entry: Entry,
    problems: tuple[Problem, ...],
    twice: Mapping[int, int],
    given: Circumstances,
) -> Planned:
    if row.out:
        return _left_out(entry, given.resolver.known)
    if other := twice.get(row.number):
        again = Problem(
            Field.LOGIN, N_("和第 {other} 行的工号相同；请只留一行", other=other)
        )
        problems = (again, *problems)
    return decide(entry, problems, given)


def logins(rows: Iterable[Row]) -> set[str]:
    """Give the logins that rows name, in lower case."""
    return {plain(row.cells.get(Field.LOGIN, "")).casefold() for row in rows}


def _left_out(entry: Entry, known: Known) -> Planned:
    person = known.person(entry.login)
    name = entry.name or (person.name if person else "")
    return Planned(
        number=entry.number, kind=Kind.LEFT_OUT, login=entry.login, name=name
    )


def _told_twice(entries: Iterable[Entry]) -> dict[int, int]:
    """Give for each row whose login another row has too the number of that one."""
    found: dict[str, list[int]] = {}
    for entry in entries:
        if entry.login:
            found.setdefault(entry.login.casefold(), []).append(entry.number)
    return {
        number: next(other for other in numbers if other != number)
        for numbers in found.values()
        if len(numbers) > 1
        for number in numbers
    }
