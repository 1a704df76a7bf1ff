"""Use cases of notices."""

from __future__ import annotations

from trainer.notices.service.calendar import save_days
from trainer.notices.service.inbox import mark_all_seen
from trainer.notices.service.inbox import mark_seen
from trainer.notices.service.mailing import send_mails
from trainer.notices.service.post import NoServerError
from trainer.notices.service.post import Post
from trainer.notices.service.post import Server
from trainer.notices.service.preferences import enter_addresses
from trainer.notices.service.preferences import forget_addresses
from trainer.notices.service.preferences import save_preference
from trainer.notices.service.running import run_again
from trainer.notices.service.telling import Rules
from trainer.notices.service.telling import tell

__all__ = [
    "NoServerError",
    "Post",
    "Rules",
    "Server",
    "enter_addresses",
    "forget_addresses",
    "mark_all_seen",
    "mark_seen",
    "run_again",
    "save_days",
    "save_preference",
    "send_mails",
    "tell",
]
