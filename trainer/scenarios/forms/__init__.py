"""Forms of scenarios."""
