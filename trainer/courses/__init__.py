"""Learning: courses, read duties, and the weekly meeting of a site."""
