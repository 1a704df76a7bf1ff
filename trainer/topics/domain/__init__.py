"""Values of the spine and the parsers of its files; pure.

Terms:
    line: a business line (业务条线), owned by a post.
    business: one thing a citizen comes for; its code begins with its line.
    step: a common step of a counter transaction.
    competency: something a member of staff can be shown to do.
    formula: a calculation that runs beside an answer, see :mod:`.formulas`.

Every parser gives ``(value, mistakes)`` and never raises; with mistakes the
value is ``None``. The files are described in ``docs/topics-format.md``.
"""
