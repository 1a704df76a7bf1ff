"""Setting up an installation that has no account yet.

Whoever sees the terminal of the server knows the setup code; a stranger on the
intranet does not, so he cannot take the site before its owner does.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.wording import N_
from trainer.kit.db import queue_up
from trainer.people import queries
from trainer.people.domain.accounts import Account
from trainer.people.domain.accounts import Person
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.places import Site
from trainer.people.domain.roles import Role
from trainer.people.domain.setup import AlreadySetUpError
from trainer.people.domain.setup import SetUp
from trainer.people.service.accounts import PLACE
from trainer.people.service.accounts import add_person
from trainer.people.service.passwords import CLEAR
from trainer.people.service.places import save_organisation
from trainer.people.service.places import save_site

SETTING_UP = Actor(0, N_("首次设置"), frozenset({Permission.ADMINISTER}))


@dataclass(frozen=True, slots=True)
class SetupCode:
    """A one-time code in a file of the data directory, 79 random bits."""

    path: Path

    def made(self) -> str:
        """Give the code; makes it when there is none yet."""
        groups = ("".join(secrets.choice(CLEAR) for _ in range(4)) for _ in range(4))
        with suppress(FileExistsError):
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write("-".join(groups))
        return self.path.read_text("ascii")

    def matches(self, typed: str) -> bool:
        """Tell whether this is the code; nothing is while there is none."""
        try:
            kept = self.path.read_text("ascii")
        except FileNotFoundError:
            return False
        return bool(kept) and compare_digest(kept.encode(), typed.strip().encode())

    def forget(self) -> None:
        """Throw the code away."""
        self.path.unlink(missing_ok=True)


def set_up(session: Session, command: SetUp, *, at: datetime) -> Person:
    """Open the first account, with the centre and its first site.

    Raises:
        AlreadySetUpError: somebody was faster, or it was done long ago.
        WeakPasswordError: the password is too easy to guess.
    """
    queue_up(session, PLACE)
    if queries.anybody(session):
        raise AlreadySetUpError
    account = Account(
        login=command.login,
        name=command.name,
        roles=frozenset({Role.ADMINISTRATOR}),
    )
    person = add_person(
        session, account, command.password, by=SETTING_UP, at=at, must_change=False
    )
    by = person.actor()
    centre = Organisation(
        code="centre", name=command.centre, kind=OrganisationKind.CENTRE
    )
    save_organisation(session, centre, by=by, at=at)
    save_site(session, Site(code="site-1", name=command.site), by=by, at=at)
    return person
