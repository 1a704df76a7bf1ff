"""What the provider of tests and our site have agreed on."""

from __future__ import annotations

CLIENT = "trainer"
SECRET = "secret of the client"  # noqa: S105  (fictitious)
CLAIM = "employee_number"
PASSWORD = "a password elsewhere"  # noqa: S105  (likewise)
"""Of everybody at the provider."""
