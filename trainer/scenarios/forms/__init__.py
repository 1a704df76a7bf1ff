"""Forms of scenarios: typed commands from what was typed."""
