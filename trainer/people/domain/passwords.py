"""What a password must be; pure."""

from __future__ import annotations

import re

from trainer.core.errors import TrainerError
from trainer.core.wording import N_

SHORTEST_PASSWORD = 10
"""Least characters of a password."""


class WeakPasswordError(TrainerError):
    """The password is too easy to guess."""


def must_be_strong(password: str, login: str) -> None:
    """Check a new password.

    Raises:
        WeakPasswordError: too short, one sort of characters only, or the login.
    """
    sorts = sum(
        bool(re.search(sort, password))
        for sort in ("[A-Za-z]", "[0-9]", "[^A-Za-z0-9]")
    )
    if len(password) < SHORTEST_PASSWORD or sorts < 2:  # noqa: PLR2004
        raise WeakPasswordError(
            N_(
                "密码至少 {n} 位，并含字母、数字、符号中的两类",
                n=SHORTEST_PASSWORD,
            )
        )
    if login.lower() in password.lower():
        raise WeakPasswordError(N_("密码里不能含有工号"))
