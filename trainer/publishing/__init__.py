"""Draft, review, revision, effective dates, sections, references; not their meaning."""
