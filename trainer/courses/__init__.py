"""Learning together: the weekly meeting of a site. It is no evidence of competence."""
