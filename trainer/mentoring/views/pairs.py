"""A newcomer and his mentor: the weeks, the log, what they wrote to each other."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.competence import queries as competence
from trainer.competence.domain.telling import FACT_NAMES
from trainer.competence.queries import Seen
from trainer.core.errors import ConflictError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.evidence.domain import FactKind
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.mentoring import queries
from trainer.mentoring import service
from trainer.mentoring.domain.notes import NOTE_NAMES
from trainer.mentoring.domain.notes import NoteKind
from trainer.mentoring.domain.notes import NotYourNoteError
from trainer.mentoring.domain.weeks import PHASE_NAMES
from trainer.mentoring.domain.weeks import Phase
from trainer.mentoring.domain.weeks import timeline
from trainer.mentoring.forms import AnswerForm
from trainer.mentoring.forms import NoteForm
from trainer.mentoring.forms import TakeBackForm
from trainer.mentoring.queries import Mentoring
from trainer.mentoring.views.blueprint import bp
from trainer.topics import queries as topics
from trainer.topics.domain.causes import CAUSE_NAMES
from trainer.topics.domain.causes import ErrorCause

Answer = Response | str | tuple[str, HTTPStatus]
SHOWN = 30
"""Cases on the page; the counts are of all."""

Weeks = Mapping[str, Sequence[tuple[Phase, date, date]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPage(Page):
    """A newcomer's time with his mentor.

    Attributes:
        mentoring: Where they stand.
        weeks: The plan by line: each phase with its first and last day.
        observed: Observations of him, the latest first.
        names: Competencies by code, ``businesses`` likewise.
        forms: What is written, by kind of note; none of anybody else's.
    """

    template = "mentoring/pair.html"
    mentoring: Mentoring
    weeks: Weeks
    observed: Sequence[Seen]
    names: Mapping[str, str]
    businesses: Mapping[str, str]
    forms: Mapping[NoteKind, NoteForm]
    back: TakeBackForm
    phases: Mapping[Phase, str]
    notes: Mapping[NoteKind, str]
    causes: Mapping[ErrorCause, str]
    kinds: Mapping[FactKind, str]
    shown: int = SHOWN


@bp.get("/<int:key>")
def pair(key: int) -> str:
    """Show a newcomer's time with his mentor, and note that somebody looked."""
    page = _page(key)
    current.note_look(page.mentoring.pair.person)
    return render(page)


@bp.post("/<int:key>/notes/<kind>")
def write(key: int, kind: str) -> Answer:
    """Keep a reflection or a question."""
    told = _kind(kind)
    form = NoteForm(request.form, prefix=kind)
    if not form.validate():
        page = _page(key)
        if not page.forms:
            raise NotYourNoteError
        shown = replace(page, forms={**page.forms, told: form})
        return render(shown), HTTPStatus.UNPROCESSABLE_ENTITY
    by, at = current.actor(), current.now()
    with current.writing() as session:
        service.write(session, form.command(key, told), by=by, at=at)
    flash(N_("已保存，带教老师会看到"))
    return redirect(url_for(".pair", key=key, _anchor="words"))


@bp.post("/notes/<int:key>/answer")
def answer(key: int) -> Answer:
    """Keep the mentor's answer."""
    form = AnswerForm(request.form)
    words = (form.words.data or "") if form.validate() else ""
    by, at = current.actor(), current.now()
    try:
        with current.writing() as session:
            pair = service.answer(session, key, words, by=by, at=at)
    except ConflictError as error:
        flash(error.message)
        return redirect(url_for(".home"))
    flash(N_("已回答，本人会看到"))
    return redirect(url_for(".pair", key=pair, _anchor="words"))


def _kind(written: str) -> NoteKind:
    if written not in {kind.value for kind in NoteKind}:
        raise NotFoundError(N_("没有这一页；请从带教页进入"))
    return NoteKind(written)


def _page(key: int) -> PairPage:
    reader, on = current.actor(), current.today()
    with current.reading() as session:
        held = queries.pair(session, key, on, reader=reader)
        (found,) = queries.mentorings(session, [held], on)
        observed = _observed(session, found) if held.reads_words else []
        names = topics.competency_names(session)
        spine = topics.topics(session)
    own = {k: NoteForm(once=secrets.token_hex(16), prefix=k) for k in NoteKind}
    return PairPage(
        mentoring=found,
        weeks={
            each.line.code: timeline(each.plan, held.begins_on) for each in found.lines
        },
        observed=observed,
        names=names,
        businesses={each.code: each.name for each in spine.businesses},
        forms=own if held.is_own else {},
        back=TakeBackForm(),
        phases=PHASE_NAMES,
        notes=NOTE_NAMES,
        causes=CAUSE_NAMES,
        kinds=FACT_NAMES,
    )


def _observed(session: Session, found: Mentoring) -> Sequence[Seen]:
    """Give how he was seen at work since he began."""
    seen = competence.sightings(
        session, found.pair.person, found.on, reader=current.actor()
    )
    return [
        each
        for each in seen
        if each.told.kind is FactKind.OBSERVATION
        and each.told.on >= found.pair.begins_on
    ]
