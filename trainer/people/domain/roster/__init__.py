"""Rosters (花名册): read from a table, compared with who is here, planned; pure."""
