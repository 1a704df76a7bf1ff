"""Words every feature shares: errors, actor, clock, document. No machinery."""
