"""Reads of people."""

from __future__ import annotations

from trainer.people.queries.accounts import accounts
from trainer.people.queries.accounts import everybody
from trainer.people.queries.accounts import names
from trainer.people.queries.accounts import person
from trainer.people.queries.accounts import person_by_login
from trainer.people.queries.logins import digest
from trainer.people.queries.logins import opened
from trainer.people.queries.logins import own_logins
from trainer.people.queries.naming import full_names
from trainer.people.queries.naming import people_called
from trainer.people.queries.posts import posts
from trainer.people.queries.scopes import people_seen_by
from trainer.people.queries.scopes import people_supervised_by
from trainer.people.queries.scopes import secondments_seen_by

__all__ = [
    "accounts",
    "digest",
    "everybody",
    "full_names",
    "names",
    "opened",
    "own_logins",
    "people_called",
    "people_seen_by",
    "people_supervised_by",
    "person",
    "person_by_login",
    "posts",
    "secondments_seen_by",
]
