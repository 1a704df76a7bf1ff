"""What is typed into pages of checklists, as commands."""
