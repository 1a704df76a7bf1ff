"""Reads of people."""

from __future__ import annotations

from trainer.people.queries.access import access
from trainer.people.queries.access import barred_now
from trainer.people.queries.access import locked
from trainer.people.queries.access import locked_addresses
from trainer.people.queries.access import unused
from trainer.people.queries.accounts import anybody
from trainer.people.queries.accounts import everybody
from trainer.people.queries.accounts import names
from trainer.people.queries.accounts import person
from trainer.people.queries.accounts import person_by_login
from trainer.people.queries.colleagues import at_site
from trainer.people.queries.colleagues import by_logins
from trainer.people.queries.colleagues import colleague
from trainer.people.queries.colleagues import colleagues
from trainer.people.queries.colleagues import named_in
from trainer.people.queries.holding import holding
from trainer.people.queries.logins import address_key
from trainer.people.queries.logins import digest
from trainer.people.queries.logins import login_key
from trainer.people.queries.logins import opened
from trainer.people.queries.logins import own_logins
from trainer.people.queries.looks import needs_note
from trainer.people.queries.naming import full_names
from trainer.people.queries.naming import people_called
from trainer.people.queries.own_data import DataSource
from trainer.people.queries.own_data import own_data
from trainer.people.queries.places import counts
from trainer.people.queries.places import organisations
from trainer.people.queries.places import scope_names
from trainer.people.queries.places import seats
from trainer.people.queries.places import sites
from trainer.people.queries.posts import holders
from trainer.people.queries.posts import posts
from trainer.people.queries.retention import kept_too_long
from trainer.people.queries.scopes import people_seen_by
from trainer.people.queries.scopes import people_supervised_by
from trainer.people.queries.scopes import secondments_seen_by
from trainer.people.queries.scopes import secondments_supervised_by
from trainer.people.queries.secondments import every_secondment
from trainer.people.queries.secondments import history
from trainer.people.queries.secondments import involving
from trainer.people.queries.secondments import lines_served
from trainer.people.queries.secondments import secondment
from trainer.people.queries.secondments import secondments
from trainer.people.queries.supervisors import supervisors_of
from trainer.people.queries.tokens import STRANGER
from trainer.people.queries.tokens import token_actor
from trainer.people.queries.tokens import tokens

__all__ = [
    "STRANGER",
    "DataSource",
    "access",
    "address_key",
    "anybody",
    "at_site",
    "barred_now",
    "by_logins",
    "colleague",
    "colleagues",
    "counts",
    "digest",
    "every_secondment",
    "everybody",
    "full_names",
    "history",
    "holders",
    "holding",
    "involving",
    "kept_too_long",
    "lines_served",
    "locked",
    "locked_addresses",
    "login_key",
    "named_in",
    "names",
    "needs_note",
    "opened",
    "organisations",
    "own_data",
    "own_logins",
    "people_called",
    "people_seen_by",
    "people_supervised_by",
    "person",
    "person_by_login",
    "posts",
    "scope_names",
    "seats",
    "secondment",
    "secondments",
    "secondments_seen_by",
    "secondments_supervised_by",
    "sites",
    "supervisors_of",
    "token_actor",
    "tokens",
    "unused",
]
