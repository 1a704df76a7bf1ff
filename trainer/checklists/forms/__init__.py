"""Forms of checklists."""
