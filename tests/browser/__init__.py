"""Tests that drive a real Chromium against a served demo site."""
