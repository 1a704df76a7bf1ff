"""Content packs and law texts; pure."""
