"""What the forms of nodes and choices offer to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app

from trainer.kit.web import current
from trainer.publishing.domain.revision import Revision
from trainer.publishing.queries import citable
from trainer.publishing.queries.codes import codes
from trainer.scenarios import queries
from trainer.scenarios.domain.editing import Shelf
from trainer.scenarios.domain.manuscripts import called
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.forms.places import ChoiceForm
from trainer.scenarios.forms.places import NodeForm
from trainer.scenarios.forms.places import PlaceForm
from trainer.scenarios.forms.places import offer_cases
from trainer.scenarios.forms.places import offer_choice
from trainer.scenarios.forms.places import offer_clauses


def offer(
    form: PlaceForm, revision: Revision, shelf: Shelf
) -> tuple[str, Mapping[str, str]]:
    """Offer what may be chosen.

    Returns:
        What the citizen says before a choice, and the names of the cited clauses.
    """
    with current.reading() as session:
        scenario = queries.open_scenario(session, revision)
    cases = {case.id: called(case.id, case.told) for case in scenario.cases}
    if isinstance(form, NodeForm):
        offer_cases(form, cases)
    if not isinstance(form, ChoiceForm):
        return "", {}
    node = scenario.node(shelf.node)
    cited = _clauses(form, scenario)
    with current.reading() as session:
        known = codes(session).competencies
    offer_choice(form, places=_places(scenario), cases=cases, competencies=known)
    return (node.says if node else ""), cited


def _places(scenario: Scenario) -> dict[str, str]:
    """Name where a choice may lead, by id."""
    return {
        **{node.id: called(node.id, node.says) for node in scenario.nodes},
        **{each.id: called(each.id, each.says) for each in scenario.endings},
    }


def _clauses(form: ChoiceForm, scenario: Scenario) -> Mapping[str, str]:
    """Offer what may be cited on the day of the scenario; give what is, in words."""
    on, reader = scenario.on, current.actor()
    kinds, slug = current_app.extensions["text_kinds"], form.article.data or ""
    with current.reading() as session:
        articles = citable.articles(session, on, kinds=kinds, reader=reader)
        sections = citable.sections(session, slug, on, reader=reader)
        cites = [cite for cite in form.cites.data if cite]
        named = citable.clause_names(session, cites, on, reader=reader)
    offer_clauses(form, articles, sections)
    return named
