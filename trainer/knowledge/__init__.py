"""Policy articles and answer cards."""
