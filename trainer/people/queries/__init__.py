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
from trainer.people.queries.places import organisations
from trainer.people.queries.places import seats
from trainer.people.queries.places import sites
from trainer.people.queries.posts import posts
from trainer.people.queries.scopes import people_seen_by
from trainer.people.queries.scopes import people_supervised_by
from trainer.people.queries.scopes import secondments_seen_by
from trainer.people.queries.secondments import at_work
from trainer.people.queries.secondments import every_secondment
from trainer.people.queries.secondments import history
from trainer.people.queries.secondments import secondment
from trainer.people.queries.secondments import secondments

__all__ = [
    "accounts",
    "at_work",
    "digest",
    "every_secondment",
    "everybody",
    "history",
    "names",
    "opened",
    "organisations",
    "own_logins",
    "people_seen_by",
    "people_supervised_by",
    "person",
    "person_by_login",
    "posts",
    "seats",
    "secondment",
    "secondments",
    "secondments_seen_by",
    "sites",
]
