"""A person's competence, for who looks after him; why a figure is what it is."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
from trainer.competence.domain.witnessing import BY_FORM
from trainer.competence.forms import DecisionForm
from trainer.competence.forms import TakeBackForm
from trainer.competence.queries import LOOK_AFTER
from trainer.competence.queries import Held
from trainer.competence.queries import Profile
from trainer.competence.queries import Seen
from trainer.competence.queries import Why
from trainer.competence.views.blueprint import bp
from trainer.core.errors import ConflictError
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.evidence.domain import FactKind
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash

Answer = Response | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Page):
    """What somebody can do and may do, for who trains or supervises him.

    ``forms`` are for deciding, by line; there are none on a past day, and none for
    oneself. ``back`` takes back what was entered by mistake.
    """

    template = "competence/person.html"
    profile: Profile
    today: date
    forms: Mapping[str, DecisionForm]
    sightings: Sequence[Seen]
    back: TakeBackForm
    names: Mapping[int, str]
    kinds: Mapping[FactKind, str]
    by_form: Sequence[FactKind]
    states: Mapping[State, str]
    acts: Mapping[Act, str]
    decides: bool
    refusal: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyPage(Page):
    """Why a figure is what it is; ``own`` when it is the reader's."""

    template = "competence/why.html"
    why: Why
    today: date
    own: bool
    kinds: Mapping[FactKind, str]


@dataclass(frozen=True, slots=True)
class _Sent:
    """A decision that was sent and not taken: its line, its form, and why not."""

    line: str = ""
    form: DecisionForm | None = None
    refusal: str = ""


NOTHING = _Sent()


@bp.get("/people/<int:key>")
def person(key: int) -> str:
    """Show what a person can do and may do, and note that somebody looked."""
    page = person_page(key, current.business_date())
    current.note_look(key)
    return render(page)


@bp.post("/people/<int:key>/lines/<line>")
def decide(key: int, line: str) -> Answer:
    """Take a step about an authorisation."""
    by, form = current.actor(), DecisionForm(request.form, prefix=line)
    queries.must_look_after(by)
    form.accept_any()
    if not form.validate():
        page = person_page(key, current.today(), _Sent(line, form))
        return render(page), HTTPStatus.UNPROCESSABLE_ENTITY
    told = form.command(key, line)
    try:
        with current.writing() as session:
            service.decide(session, told, by=by, at=current.now())
    except (DeniedError, NotFoundError):
        raise
    except TrainerError as error:
        shown = None if isinstance(error, ConflictError) else form
        page = person_page(key, current.today(), _Sent(line, shown, error.message))
        return render(page), HTTPStatus(STATUS[error.kind])
    flash(N_("已记下：{act}。本人会看到", act=ACT_NAMES[told.act]))
    return redirect(url_for(".person", key=key, _anchor=f"line-{line}"))


@bp.get("/people/<int:key>/<code>")
def why(key: int, code: str) -> str:
    """Explain a figure, and note that somebody looked."""
    on, today, reader = current.business_date(), current.today(), current.actor()
    with current.reading() as session:
        found = queries.why(session, key, code, on, today, reader=reader)
    current.note_look(key)
    own = reader.person == key
    return render(WhyPage(why=found, today=today, own=own, kinds=FACT_NAMES))


def person_page(key: int, on: date, sent: _Sent = NOTHING) -> PersonPage:
    """Gather the page of a person, with a form as it was sent."""
    by, today = current.actor(), current.today()
    decides = bool(LOOK_AFTER & by.permissions) and by.person != key
    with current.reading() as session:
        found = queries.profile(session, key, on, today, reader=by)
        seen = queries.sightings(session, key, today, reader=by)
        names = queries.names_of(session, found.held)
    return PersonPage(
        profile=found,
        today=today,
        forms=_forms(found.held, sent) if decides and on == today else {},
        sightings=seen,
        back=TakeBackForm(),
        names=names,
        kinds=FACT_NAMES,
        by_form=BY_FORM,
        states=STATE_NAMES,
        acts=ACT_NAMES,
        decides=decides,
        refusal=sent.refusal,
        refused=sent.line,
    )


def lines_of(key: int) -> Sequence[Held]:
    """Give what a person may do today, for his page among people; own ones too.

    Nothing where the work of the person is not for whoever asks to look at.
    """
    on, reader = current.today(), current.actor()
    with current.reading() as session:
        return queries.authorisations(session, [key], on, reader=reader)


def _forms(held: Sequence[Held], sent: _Sent) -> dict[str, DecisionForm]:
    forms = {}
    for each in held:
        seen = len(each.authorisation.events)
        form = DecisionForm(prefix=each.line, seen=seen)
        form.offer(each.authorisation, each.ready)
        was_sent = sent.form is not None and each.line == sent.line
        forms[each.line] = sent.form if was_sent and sent.form else form
    return forms
