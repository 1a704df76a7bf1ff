"""Use cases of people: accounts, passwords, login and logout."""

from __future__ import annotations

from trainer.people.service.accounts import add_person
from trainer.people.service.accounts import change_password
from trainer.people.service.accounts import change_person
from trainer.people.service.accounts import reset_password
from trainer.people.service.accounts import save_posts
from trainer.people.service.logins import Checked
from trainer.people.service.logins import check_password
from trainer.people.service.logins import end_other_logins
from trainer.people.service.logins import log_in
from trainer.people.service.logins import log_out
from trainer.people.service.logins import note_use
from trainer.people.service.passwords import first_password

__all__ = [
    "Checked",
    "add_person",
    "change_password",
    "change_person",
    "check_password",
    "end_other_logins",
    "first_password",
    "log_in",
    "log_out",
    "note_use",
    "reset_password",
    "save_posts",
]
