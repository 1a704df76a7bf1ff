"""Passwords: kept as argon2id digests, made up for a first login."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError
from argon2.exceptions import VerificationError

from trainer.people.domain.passwords import WeakPasswordError
from trainer.people.domain.passwords import must_be_strong

# 19 MiB, two passes: OWASP's first choice for argon2id. A default of the library
# costs nine times as much, and at nine o'clock everybody logs in at once.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

NOBODY = HASHER.hash(secrets.token_hex())
"""Checked when the login is unknown, so that the answer takes as long."""

CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"
"""Characters that nobody mistakes for another when they are read out."""


def matches(known: str, password: str) -> bool:
    """Tell whether a password is the one whose digest is kept."""
    try:
        return HASHER.verify(known, password)
    except (VerificationError, InvalidHashError):
        return False


def first_password(login: str) -> str:
    """Make up a password to be told once, 59 random bits in three groups."""
    while True:
        groups = ("".join(secrets.choice(CLEAR) for _ in range(4)) for _ in range(3))
        password = "-".join(groups)
        try:
            must_be_strong(password, login)
        except WeakPasswordError:
            continue  # a login of two characters may stand in it by chance
        return password
