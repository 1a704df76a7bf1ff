"""Reads of notices."""

from __future__ import annotations

from trainer.notices.queries.addresses import Preference
from trainer.notices.queries.addresses import Reached
from trainer.notices.queries.addresses import mail_counts
from trainer.notices.queries.addresses import preference
from trainer.notices.queries.addresses import reached
from trainer.notices.queries.days import calendar
from trainer.notices.queries.days import other_days
from trainer.notices.queries.inbox import UNSEEN
from trainer.notices.queries.inbox import notices
from trainer.notices.queries.own_data import own_data
from trainer.notices.queries.tasks import TaskSource
from trainer.notices.queries.tasks import tasks_of

__all__ = [
    "UNSEEN",
    "Preference",
    "Reached",
    "TaskSource",
    "calendar",
    "mail_counts",
    "notices",
    "other_days",
    "own_data",
    "preference",
    "reached",
    "tasks_of",
]
