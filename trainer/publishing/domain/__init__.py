"""Values and rules of publishing; pure.

Terms:
    document: what stays the same for ever, known by its slug.
    revision: one text of a document; immutable once approved.
    section: a part of a text with a stable id.
    in force: approved and chosen for a day, see :mod:`.timeline`.

Days are the centre's calendar; an end is always exclusive; moments are UTC.
"""
