"""Certificates, honours, what somebody has reached. It decides nothing about work."""
