"""Trying a scenario out, from any node: for who writes it. Nothing is kept.

The whole walk stands in the address, so each step is a link.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.scenarios import queries
from trainer.scenarios.domain.engine import Result
from trainer.scenarios.domain.engine import State
from trainer.scenarios.domain.engine import begin
from trainer.scenarios.domain.engine import offered
from trainer.scenarios.domain.engine import replayed
from trainer.scenarios.domain.engine import result
from trainer.scenarios.domain.names import NAMES
from trainer.scenarios.domain.names import Names
from trainer.scenarios.domain.playing import Turn
from trainer.scenarios.domain.playing import turns
from trainer.scenarios.domain.scenario import Choice
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.views.blueprint import scripts as bp

STEP = "."
"""Stands between the choices of a walk in the address; no id has one."""


@dataclass(frozen=True, slots=True)
class TrialPage(Page):
    """A walk that is tried out, with everything that a player does not see."""

    template = "scenarios/trial.html"
    revision: Revision
    scenario: Scenario
    state: State
    at: str
    path: tuple[str, ...]
    turns: tuple[Turn, ...]
    ways: tuple[Choice, ...]
    result: Result
    names: Names = NAMES


@bp.get("/<slug>/try")
def try_out(slug: str) -> str:
    """Walk a scenario: ``?revision=&case=&at=<node>&path=<choice>.<choice>``."""
    key = request.args.get("revision", type=int)
    with current.reading() as session:
        known = publishing.versions(session, reader=current.actor(), slug=slug)
        revision = next((r for r in known if r.id == key), known[0])
        if revision.kind not in queries.KINDS:
            raise NotFoundError(N_("没有这个情景：{slug}", slug=slug))
        scenario = queries.open_scenario(session, revision)
    return _page(revision, scenario)


def _page(revision: Revision, scenario: Scenario) -> str:
    at, case = request.args.get("at", ""), request.args.get("case", "")
    case = case if case in scenario.case_ids else scenario.case_ids[0]
    at = at if scenario.node(at) else scenario.start
    path = tuple(filter(None, request.args.get("path", "").split(STEP)))
    state = replayed(scenario, begin(scenario, case, at=at), path)
    page = TrialPage(
        revision=revision,
        scenario=scenario,
        state=state,
        at=at,
        path=path,
        turns=turns(scenario, state, at=at),
        ways=offered(scenario, state),
        result=result(scenario, state),
    )
    return render(page)
