"""Measurements of quality and speed, run by hand; never part of the tests."""
