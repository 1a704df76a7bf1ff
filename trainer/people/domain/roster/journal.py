"""What an import changed, and how one tells that nobody has changed it since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trainer.people.domain.accounts import Account
from trainer.people.domain.accounts import Person
from trainer.people.domain.roles import Role
from trainer.people.domain.roster.known import Known
from trainer.people.domain.roster.planning import Plan
from trainer.people.domain.secondments import Arrangement
from trainer.people.domain.secondments import Placement
from trainer.people.domain.secondments import Secondment

ACCOUNT, SECONDMENT = "account", "secondment"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was touched.

    Attributes:
        what: ``account`` or ``secondment``.
        key: Its key.
        before: What held before, as JSON; None when it did not exist.
    """

    what: str
    key: int
    before: dict[str, Any] | None

    @staticmethod
    def account(key: int, before: Account | None) -> Act:
        """An account that was opened or changed."""
        told = None if before is None else _account_before(before)
        return Act(ACCOUNT, key, told)

    @staticmethod
    def begun(key: int) -> Act:
        """A secondment that was begun."""
        return Act(SECONDMENT, key, None)

    @staticmethod
    def changed(before: Secondment) -> Act:
        """A secondment that was changed or ended."""
        return Act(SECONDMENT, before.id, _secondment_before(before))


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What an import did to one person; ``image`` stands for what held after it."""

    login: str
    name: str
    acts: tuple[Act, ...]
    image: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """Everything an import did.

    Attributes:
        done: Number, kind, login, name and words of each row, as it was shown.
        touched: The people, in the order of the sheet.
        made: Kinds and keys of the places that were made, in the order of making.
    """

    done: Sequence[Sequence[Any]]
    touched: tuple[Touched, ...]
    made: tuple[tuple[str, int], ...]

    @staticmethod
    def of(
        shown: Plan,
        acts: Mapping[str, Sequence[Act]],
        made: Iterable[tuple[str, int]],
        after: Mapping[str, str],
    ) -> Journal:
        """Gather what was done."""
        rows = shown.effective
        return Journal(
            done=[
                [r.number, r.kind.value, r.login, r.name, "；".join(r.says)]
                for r in rows
            ],
            touched=tuple(
                Touched(
                    login=row.login,
                    name=row.name,
                    acts=tuple(acts[login]),
                    image=after[login],
                )
                for row in rows
                if (login := row.login.casefold()) in acts
            ),
            made=tuple(made),
        )

    def as_json(self) -> dict[str, Any]:
        """Give what is kept in the database."""
        return {
            "done": self.done,
            "touched": [
                {
                    "login": one.login,
                    "name": one.name,
                    "image": one.image,
                    "acts": [[act.what, act.key, act.before] for act in one.acts],
                }
                for one in self.touched
            ],
            "made": [list(place) for place in self.made],
        }


def journal_of(kept: Mapping[str, Any]) -> Journal:
    """Read what :meth:`Journal.as_json` gave."""
    return Journal(
        done=kept["done"],
        touched=tuple(
            Touched(
                login=one["login"],
                name=one["name"],
                image=one["image"],
                acts=tuple(Act(*act) for act in one["acts"]),
            )
            for one in kept["touched"]
        ),
        made=tuple((kind, key) for kind, key in kept["made"]),
    )


def images(known: Known, acts: Mapping[str, Iterable[Act]]) -> dict[str, str]:
    """Give by login what stands for everything that was touched of a person."""
    return {login: image_of(known, login, touched) for login, touched in acts.items()}


def image_of(known: Known, login: str, acts: Iterable[Act]) -> str:
    """Give what stands for the touched things of a person as they are now."""
    person = known.person(login)
    if person is None:
        return ""
    held = {h.id: _secondment_before(h) for h in known.held.get(person.id, ())}
    now = [
        _account_image(person) if act.what == ACCOUNT else held.get(act.key)
        for act in acts
    ]
    return hashlib.sha256(json.dumps(now, sort_keys=True).encode()).hexdigest()


def account_before(before: Mapping[str, Any], now: Account) -> Account:
    """Give an account as it was, as far as an import changes accounts."""
    return Account(
        login=now.login,
        name=before["name"],
        phone=before["phone"],
        roles=frozenset(Role(role) for role in before["roles"]),
        active=before["active"],
        posts=now.posts,
        deputies=now.deputies,
        scope=now.scope,
    )


def placement_before(before: Mapping[str, Any]) -> tuple[Placement, date | None]:
    """Give a placement as it was, and its end."""
    placement = Placement(
        organisation=before["organisation"],
        site=before["site"],
        begins_on=date.fromisoformat(before["begins_on"]),
        planned_to=_day(before["planned_to"]),
        post=before["post"],
        reason=before["reason"],
        arrangement=Arrangement(
            seat=before["seat"],
            mentor=before["mentor"],
            successor=before["successor"],
            lines=frozenset(before["lines"]),
        ),
    )
    return placement, _day(before["ends_on"])


def _account_before(account: Account) -> dict[str, Any]:
    return {
        "name": account.name,
        "phone": account.phone,
        "roles": sorted(account.roles),
        "active": account.active,
    }


def _account_image(person: Person) -> dict[str, Any]:
    """More than an import changes: who got a post or a scope since was changed."""
    account = person.account()
    return {
        **_account_before(account),
        "posts": sorted(account.posts),
        "deputies": sorted(account.deputies),
        "sites": sorted(account.scope.sites),
        "organisations": sorted(account.scope.organisations),
    }


def _secondment_before(secondment: Secondment) -> dict[str, Any]:
    placement = secondment.placement
    arranged = placement.arrangement
    return {
        "organisation": placement.organisation,
        "site": placement.site,
        "begins_on": placement.begins_on.isoformat(),
        "planned_to": placement.planned_to and placement.planned_to.isoformat(),
        "ends_on": secondment.ends_on and secondment.ends_on.isoformat(),
        "post": placement.post,
        "reason": placement.reason,
        "seat": arranged.seat,
        "mentor": arranged.mentor,
        "successor": arranged.successor,
        "lines": sorted(arranged.lines),
    }


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
