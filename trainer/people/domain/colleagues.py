"""People as a list and a page show them: the account, and where it works; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.actor import Scope
from trainer.people.domain.accounts import Person
from trainer.people.domain.roles import Role
from trainer.people.domain.secondments import Listed
from trainer.people.domain.secondments import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A person with his work as a reader knows it.

    ``work`` is what he does now, else what comes, else what was last; None is none,
    or none that exists for the reader.
    """

    person: Person
    work: Listed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which people a list shows; what is empty does not narrow it.

    Attributes:
        words: Part of a name or a login.
        role: A role they hold.
        site: Key of the site of their work.
        organisation: Key of who sent them.
        state: Where their work stands.
        idle: Only who has no work at all.
        active: Whether their account is open.
        part: Part of the list, from 1.
    """

    words: str = ""
    role: Role | None = None
    site: int | None = None
    organisation: int | None = None
    state: State | None = None
    idle: bool = False
    active: bool | None = None
    part: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """The secondments a person has to do with, newest first.

    Attributes:
        history: His own.
        trainees: Of those he trains now or will.
        before: Of those he takes over from.
    """

    history: tuple[Listed, ...]
    trainees: tuple[Listed, ...]
    before: tuple[Listed, ...]

    def work(self, on: date) -> Listed | None:
        """Give the work that matters on a day, as :class:`Colleague` does."""
        open_ones = [
            held for held in self.history if held.secondment.state(on) != State.ENDED
        ]
        if open_ones:
            return min(open_ones, key=_first_day)
        return self.history[0] if self.history else None


def ties(person: int, involved: Sequence[Listed], on: date) -> Ties:
    """Sort the secondments in which a person has a part.

    Args:
        person: Key of the person.
        involved: Secondments of his, or that name him, newest first.
        on: The day; whom he trained until yesterday is no trainee any more.
    """
    return Ties(
        history=tuple(h for h in involved if h.secondment.person == person),
        trainees=tuple(
            held
            for held in involved
            if held.secondment.placement.arrangement.mentor == person
            and held.secondment.state(on) != State.ENDED
        ),
        before=tuple(
            held
            for held in involved
            if held.secondment.placement.arrangement.successor == person
        ),
    )


def gets_agreed_fields(reader: Actor) -> bool:
    """Tell whether somebody gets only the agreed fields of others: a bank does.

    That is who somebody is, and where and how long he works; no telephone, role,
    post or reason, and nobody else's name, as a mentor may be of another bank.
    Source: PIPL, article 6: least necessary.
    """
    everything = reader.may(Permission.ADMINISTER) or reader.scope.everybody
    return bool(reader.scope.organisations) and not everything


def person_for(reader: Actor, person: Person) -> Person:
    """Give of a person what a reader gets."""
    if person.id == reader.person or not gets_agreed_fields(reader):
        return person
    return replace(
        person,
        roles=frozenset(),
        posts=frozenset(),
        deputies=frozenset(),
        scope=Scope(),
        phone="",
    )


def work_for(reader: Actor, listed: Listed) -> Listed:
    """Give of a secondment what a reader gets to look at; never write it back."""
    held = listed.secondment
    if held.person == reader.person or not gets_agreed_fields(reader):
        return listed
    arranged = replace(held.placement.arrangement, mentor=None, successor=None)
    placement = replace(held.placement, post="", reason="", arrangement=arranged)
    held = replace(held, placement=placement)
    return replace(listed, secondment=held, post="", mentor="", successor="")


def _first_day(listed: Listed) -> date:
    return listed.secondment.placement.begins_on
