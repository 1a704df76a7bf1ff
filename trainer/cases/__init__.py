"""Flags on cards; returned files and complaints move in here."""
