"""Role-play: what a clerk says to a citizen, step by step, and what comes of it."""
