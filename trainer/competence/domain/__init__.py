"""The model of competence and the rules built on it; pure.

Terms:
    ledger: the account of what a person was seen to do: a Gaussian (mean, variance in
        log-odds) for the person, for each competency, for each question met.
    account: the parts an estimate is the sum of, see :mod:`.estimates`.
    facet: the part of a competency that a change of policy made new, :mod:`.facets`.
    calibration: what is common to all people (how hard questions are), learned from
        everybody's facts at one moment and frozen until the next.
    line of a level: the share of cases that a person must be expected to handle.

Days are real numbers here: days since 1970-01-01 00:00 UTC.

Source: the extended-Kalman logistic ledger measured for this project on six public
sets of answers; equations and constants in ``docs/competence.md``.
"""
