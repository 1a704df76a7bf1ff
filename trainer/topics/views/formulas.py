"""试算: a formula runs on what was typed; nothing of it is kept, not even in a log.

Inputs travel in the body of a POST, so they stand in no address. Each formula is
a page of its own, and a part that an answer card shows in place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import request

from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.topics.domain.formulas import FORMULAS
from trainer.topics.domain.formulas.formula import Formula
from trainer.topics.domain.formulas.formula import Outcome
from trainer.topics.domain.formulas.formula import Refusal
from trainer.topics.forms import refuse
from trainer.topics.forms import trial_form
from trainer.topics.views.blueprint import bp


@dataclass(frozen=True, slots=True)
class FormulasPage(Page):
    """All formulas."""

    template = "topics/formulas.html"
    formulas: Iterable[Formula]
    on: date


@dataclass(frozen=True, slots=True)
class TrialPart(Page):
    """A formula with its form and, once it ran, its result; a part of a page."""

    template = "topics/trial.html"
    formula: Formula
    form: Form
    on: date
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class TrialPage(TrialPart):
    """The same as a page."""

    template = "topics/formula.html"


@bp.get("/formulas")
def formulas() -> str:
    """List the formulas."""
    return render(FormulasPage(FORMULAS.values(), current.business_date()))


@bp.get("/formulas/<code>")
def formula(code: str) -> str:
    """Show the form of a formula."""
    return render(_asked(TrialPage, code))


@bp.post("/formulas/<code>")
def run_formula(code: str) -> tuple[str, HTTPStatus]:
    """Run a formula."""
    return _ran(TrialPage, code)


@bp.get("/formulas/<code>/part")
def formula_part(code: str) -> str:
    """Show the form of a formula as a part of a page."""
    return render(_asked(TrialPart, code))


@bp.post("/formulas/<code>/part")
def run_formula_part(code: str) -> tuple[str, HTTPStatus]:
    """Run a formula, the result a part of a page."""
    return _ran(TrialPart, code)


def _asked(page: type[TrialPart], code: str) -> TrialPart:
    found, on = _formula(code), current.business_date()
    return page(found, trial_form(found, None, on), on, None)


def _ran(page: type[TrialPart], code: str) -> tuple[str, HTTPStatus]:
    found, on = _formula(code), current.business_date()
    typed = request.form.to_dict()
    form = trial_form(found, typed, on)
    outcome = found.run(typed, on)
    if isinstance(outcome, Refusal):
        refuse(form, outcome.mistakes)
        return render(page(found, form, on, None)), HTTPStatus.UNPROCESSABLE_ENTITY
    return render(page(found, form, on, outcome)), HTTPStatus.OK


def _formula(code: str) -> Formula:
    found = FORMULAS.get(code)
    if found is None:
        raise NotFoundError(N_("没有这个试算；请从试算列表里选"))
    return found
