"""Content packs in and out, large law texts."""
