"""Who did what when, append-only. It has no hash chain and no page yet."""
