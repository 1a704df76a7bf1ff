"""Values and rules of learning: courses, duties, meetings; pure.

Terms:
    meeting: the weekly one of a site (例会); its pack (例会包) is a scenario, a case
        and three checklist items.
    attendance: who was there. It says nothing of what anybody can do.
"""
