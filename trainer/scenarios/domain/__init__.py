"""Values and rules of scenarios; pure.

Terms:
    scenario: one text, a directed graph that a clerk walks.
    node: the citizen speaks; choice: what the clerk says or does then; ending.
    case: one of several situations behind the same opening words.
    dimension: what a choice is rated in: policy, process, communication, risk.
    mark: what a rating is worth, in tenths of the full mark, 0 to 10.
    state: how far a walk has come; play: a walk of one person that is kept.

Minutes are those of the scenario, not of a clock.
"""

from __future__ import annotations

SCENARIO = "scenario"
"""Kind of text this feature owns."""
