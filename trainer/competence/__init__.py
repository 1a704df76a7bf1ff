"""Who can safely answer what, on any day, and how sure we are of it."""
