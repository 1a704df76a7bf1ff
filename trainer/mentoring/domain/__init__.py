"""Mentoring as values and rules: proposals, phases, sampling, cases, notes; pure."""
