"""One's own competence, and objecting to what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.competence import queries
from trainer.competence import service
from trainer.competence.domain.authorising import ACT_NAMES
from trainer.competence.domain.authorising import STATE_NAMES
from trainer.competence.domain.authorising import Act
from trainer.competence.domain.authorising import State
from trainer.competence.domain.telling import FACT_NAMES
from trainer.competence.forms import ObjectionForm
from trainer.competence.queries import Profile
from trainer.competence.queries import Seen
from trainer.competence.service import ChangedMeanwhileError
from trainer.competence.views.blueprint import bp
from trainer.core.wording import N_
from trainer.evidence.domain import FactKind
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.topics import queries as topics

Answer = Response | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage(Page):
    """What one can do, what one may do, and what to practise.

    ``forms`` are for objecting, by line; ``names`` of who decided, by key.
    """

    template = "competence/own.html"
    profile: Profile
    forms: Mapping[str, ObjectionForm]
    sightings: Sequence[Seen]
    names: Mapping[int, str]
    kinds: Mapping[FactKind, str]
    states: Mapping[State, str]
    acts: Mapping[Act, str]
    refusal: str = ""


def due_today() -> list[str]:
    """Name what whoever asks should practise today, for the first page."""
    reader = current.actor()
    with current.reading() as session:
        due = queries.due(session, current.today(), reader=reader)
        names = topics.competency_names(session) if due else {}
    return [f"{each.code} {names[each.code]}" for each in due]


@bp.get("")
def own() -> str:
    """Show one's own competence."""
    return render(_page())


@bp.post("/lines/<line>/objection")
def object_to(line: str) -> Answer:
    """Object to the state of an authorisation of one's own."""
    by, form = current.actor(), ObjectionForm(request.form, prefix=line)
    if not form.validate():
        return render(_page(line, form)), HTTPStatus.UNPROCESSABLE_ENTITY
    told = form.command(by.person, line)
    try:
        with current.writing() as session:
            service.decide(session, told, by=by, at=current.now())
    except ChangedMeanwhileError as error:
        return render(_page(refusal=error.message)), HTTPStatus.CONFLICT
    flash(N_("异议已提交，带教老师和主管会看到，答复会出现在这里"))
    return redirect(url_for(".own", _anchor=f"line-{line}"))


def _page(
    line: str = "", form: ObjectionForm | None = None, refusal: str = ""
) -> OwnPage:
    by, on = current.actor(), current.today()
    with current.reading() as session:
        found = queries.profile(session, by.person, on, on, reader=by)
        seen = queries.sightings(session, by.person, on, reader=by)
        names = queries.names_of(session, found.held)
    forms = {
        held.line: ObjectionForm(prefix=held.line, seen=len(held.authorisation.events))
        for held in found.held
        if held.authorisation.events and not held.authorisation.objection
    }
    return OwnPage(
        profile=found,
        forms=forms | ({line: form} if form and line in forms else {}),
        sightings=seen,
        names=names,
        kinds=FACT_NAMES,
        states=STATE_NAMES,
        acts=ACT_NAMES,
        refusal=refusal,
    )
