"""Questions in and out: tables, pasted text, GIFT and Moodle XML; pure.

What is read is never put anywhere here: it is shown first. See
docs/question-exchange.md.

Terms:
    draft: one question that was read, with what is wrong with it (:mod:`.drafts`).
    fault: what is wrong, with the row and column, or the line, where it stands.
    defaults: what the importer says for all questions that do not say it themselves.
    dialect: which sign stands between blanks, and which between wordings of one.
    folded: with signs of usual width, each in the place of the one that was written.
"""
