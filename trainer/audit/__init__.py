"""Who did what when, append-only; the hash chain and its page come with issue B."""
