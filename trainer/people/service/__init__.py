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
from trainer.people.service.places import save_organisation
from trainer.people.service.places import save_seat
from trainer.people.service.places import save_site
from trainer.people.service.secondments import arrange_secondment
from trainer.people.service.secondments import call_off_secondment
from trainer.people.service.secondments import change_secondment
from trainer.people.service.secondments import end_secondment
from trainer.people.service.secondments import move_secondment
from trainer.people.service.secondments import resume_secondment
from trainer.people.service.secondments import send

__all__ = [
    "Checked",
    "add_person",
    "arrange_secondment",
    "call_off_secondment",
    "change_password",
    "change_person",
    "change_secondment",
    "check_password",
    "end_other_logins",
    "end_secondment",
    "first_password",
    "log_in",
    "log_out",
    "move_secondment",
    "note_use",
    "reset_password",
    "resume_secondment",
    "save_organisation",
    "save_posts",
    "save_seat",
    "save_site",
    "send",
]
