"""Values and rules of certificates and honours; pure.

Terms:
    certificate: a paper that says what holds: that somebody may serve a business line
        alone, or has finished a course. What it says is asked anew whenever somebody
        looks; the paper itself proves only that it was issued.
    honour: something good that was counted in a quarter and confirmed by a person.
    growth record (成长档案): what somebody has reached, in the order of days.
"""
