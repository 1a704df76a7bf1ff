"""Values and rules of checklists; pure.

Terms:
    checklist: one text with items; item: one thing that goes wrong at one step of a
        business, how to check it, and what to say; known by its id.
    situation: what is known of the case at hand, in codes; nobody's name is in it.
    condition: in which situations an item matters.
    tip: an item chosen for a situation, see :mod:`.tips`.

The format is described in ``docs/checklist-format.md``.
"""

from __future__ import annotations

CHECKLIST = "checklist"
"""The kind of text this feature owns."""
