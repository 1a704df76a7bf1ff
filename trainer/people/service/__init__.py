"""Use cases of people: accounts, passwords, logins, single sign-on, API tokens."""

from __future__ import annotations

from trainer.people.service.access import end_sessions
from trainer.people.service.access import open_unused
from trainer.people.service.access import release_address
from trainer.people.service.access import release_lock
from trainer.people.service.access import unbind
from trainer.people.service.accounts import add_people
from trainer.people.service.accounts import add_person
from trainer.people.service.accounts import change_person
from trainer.people.service.erasing import erase_person
from trainer.people.service.holding import hold_people
from trainer.people.service.holding import hold_person
from trainer.people.service.housekeeping import Housekeeper
from trainer.people.service.logins import Checked
from trainer.people.service.logins import check_password
from trainer.people.service.logins import end_login
from trainer.people.service.logins import end_other_logins
from trainer.people.service.logins import log_in
from trainer.people.service.logins import log_out
from trainer.people.service.logins import note_use
from trainer.people.service.looks import note_look
from trainer.people.service.looks import show_phone
from trainer.people.service.passwords import first_password
from trainer.people.service.places import save_organisation
from trainer.people.service.places import save_place
from trainer.people.service.places import save_seat
from trainer.people.service.places import save_site
from trainer.people.service.posts import add_post
from trainer.people.service.posts import rename_post
from trainer.people.service.posts import save_posts
from trainer.people.service.refusals import note_refusal
from trainer.people.service.renewal import CheckedChange
from trainer.people.service.renewal import change_password
from trainer.people.service.renewal import check_change
from trainer.people.service.renewal import reset_password
from trainer.people.service.secondments import arrange_secondment
from trainer.people.service.secondments import call_off_secondment
from trainer.people.service.secondments import change_secondment
from trainer.people.service.secondments import end_secondment
from trainer.people.service.secondments import move_secondment
from trainer.people.service.secondments import resume_secondment
from trainer.people.service.secondments import send
from trainer.people.service.setup import SetupCode
from trainer.people.service.setup import set_up
from trainer.people.service.signon import note_forged_header
from trainer.people.service.signon import sign_on
from trainer.people.service.signon import sign_on_by_header
from trainer.people.service.tokens import make_token
from trainer.people.service.tokens import note_refused_token
from trainer.people.service.tokens import note_token_use
from trainer.people.service.tokens import revoke_token

__all__ = [
    "Checked",
    "CheckedChange",
    "Housekeeper",
    "SetupCode",
    "add_people",
    "add_person",
    "add_post",
    "arrange_secondment",
    "call_off_secondment",
    "change_password",
    "change_person",
    "change_secondment",
    "check_change",
    "check_password",
    "end_login",
    "end_other_logins",
    "end_secondment",
    "end_sessions",
    "erase_person",
    "first_password",
    "hold_people",
    "hold_person",
    "log_in",
    "log_out",
    "make_token",
    "move_secondment",
    "note_forged_header",
    "note_look",
    "note_refusal",
    "note_refused_token",
    "note_token_use",
    "note_use",
    "open_unused",
    "release_address",
    "release_lock",
    "rename_post",
    "reset_password",
    "resume_secondment",
    "revoke_token",
    "save_organisation",
    "save_place",
    "save_posts",
    "save_seat",
    "save_site",
    "send",
    "set_up",
    "show_phone",
    "sign_on",
    "sign_on_by_header",
    "unbind",
]
