"""Accounts, roles, posts and login; secondments and organisations move in here."""
