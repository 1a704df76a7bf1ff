"""Accounts, roles, places, secondments, logins and passwords; pure."""
