"""Reads of scenarios."""

from __future__ import annotations

from trainer.scenarios.queries.opening import open_scenario
from trainer.scenarios.queries.own_data import own_data
from trainer.scenarios.queries.plays import Play
from trainer.scenarios.queries.plays import cited
from trainer.scenarios.queries.plays import own_play
from trainer.scenarios.queries.plays import own_plays
from trainer.scenarios.queries.plays import own_row
from trainer.scenarios.queries.plays import steps
from trainer.scenarios.queries.shelf import KINDS
from trainer.scenarios.queries.shelf import offer
from trainer.scenarios.queries.shelf import offered
from trainer.scenarios.queries.shelf import scenario_on
from trainer.scenarios.queries.shelf import sheet
from trainer.scenarios.queries.shelf import unpublished
from trainer.scenarios.queries.shelf import warnings

__all__ = [
    "KINDS",
    "Play",
    "cited",
    "offer",
    "offered",
    "open_scenario",
    "own_data",
    "own_play",
    "own_plays",
    "own_row",
    "scenario_on",
    "sheet",
    "steps",
    "unpublished",
    "warnings",
]
