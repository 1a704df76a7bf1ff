"""Writing a question by a form: shown, its rows moved, previewed, kept, taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import current_app
from flask import redirect
from flask import request
from flask import url_for

from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.forms.drafts import DraftForm
from trainer.kit.forms.rows import Move
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.publishing import queries as publishing
from trainer.publishing.domain.drafting import Desk
from trainer.publishing.domain.drafting import Outcome
from trainer.publishing.domain.revision import Revision
from trainer.publishing.queries import citable
from trainer.publishing.queries.codes import codes
from trainer.quizzes import service
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain.editing import cases_in
from trainer.quizzes.domain.editing import question_in
from trainer.quizzes.domain.editing import with_question
from trainer.quizzes.domain.editing import without_question
from trainer.quizzes.domain.names import NAMES
from trainer.quizzes.domain.names import Names
from trainer.quizzes.domain.written import Entry
from trainer.quizzes.domain.written import text_of
from trainer.quizzes.forms.questions import QuestionForm
from trainer.quizzes.forms.questions import offer
from trainer.quizzes.forms.types import TYPE_FORMS
from trainer.quizzes.forms.types import NumberForm
from trainer.quizzes.service.previewing import Preview
from trainer.quizzes.views.banks_drafts import Answer
from trainer.quizzes.views.banks_drafts import begun
from trainer.quizzes.views.banks_drafts import refused
from trainer.quizzes.views.banks_drafts import save
from trainer.quizzes.views.banks_drafts import status_of
from trainer.quizzes.views.banks_drafts import text_for
from trainer.quizzes.views.blueprint import bank_desk as bp

FIRST = "single"
"""Type of a new question, until another is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDesk(Desk):
    """Where a question is written; ``question`` is empty for a new one."""

    type: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOutcome(Outcome):
    """What came of a button; ``preview`` when it was asked for."""

    preview: Preview | None = None


@dataclass(frozen=True, slots=True)
class QuestionPage(Page):
    """The form of a question, and what is to be said about it."""

    template = "quizzes/question_form.html"
    form: QuestionForm
    desk: QuestionDesk
    outcome: QuestionOutcome
    cited: Mapping[str, str]
    on: date
    names: Names = NAMES


@bp.get("/<slug>/questions/new")
def add_question(slug: str) -> str:
    """Show the form of a new question."""
    kind = request.args.get("type", FIRST)
    with current.reading() as session:
        revision = text_for(session, slug)
    desk = _desk(revision, kind, "")
    form = TYPE_FORMS[desk.type]
    data = {**begun(revision), "case": request.args.get("case", ""), **form.blank()}
    return _show(form(data=data), desk)


@bp.post("/<slug>/questions/new")
def create_question(slug: str) -> Answer:
    """Do what a button of the form of a new question asks for."""
    kind = request.args.get("type", FIRST)
    with current.reading() as session:
        revision = text_for(session, slug)
    return _sent(_desk(revision, kind, ""))


@bp.get("/<slug>/questions/<question>")
def edit_question(slug: str, question: str) -> str:
    """Show a question in its form."""
    with current.reading() as session:
        revision = text_for(session, slug)
        entry, case = question_in(publishing.text(session, revision), question)
    desk = _desk(revision, str(entry["type"]), question)
    form = TYPE_FORMS[desk.type]
    story = {"case": case["id"], "story": case["stem"]} if case else {}
    data = {**form.data_of(entry), **story, **begun(revision)}
    return _show(form(data=data), desk)


@bp.post("/<slug>/questions/<question>")
def change_question(slug: str, question: str) -> Answer:
    """Do what a button of the form of a question asks for."""
    kind = request.form.get("type", "")
    with current.reading() as session:
        revision = text_for(session, slug)
    return _sent(_desk(revision, kind, question))


@bp.post("/<slug>/questions/<question>/remove")
def remove_question(slug: str, question: str) -> Answer:
    """Take a question out of its bank."""
    form = DraftForm(request.form)
    note = N_("删去题目 {key}", key=question)
    try:
        draft = save(slug, form, note, lambda text: without_question(text, question))
    except TrainerError as error:
        kind = TYPE_FORMS.get(request.form.get("type", ""), QuestionForm)
        again, now = refused(slug, kind(request.form))
        desk = _desk(now, request.form.get("type", ""), question)
        return _show(again, desk, QuestionOutcome.of(error)), status_of(error)
    return redirect(url_for(".bank", slug=slug, revision=draft.id))


def _sent(desk: QuestionDesk) -> Answer:
    """Keep a question, or show its form again: moved, previewed, or with mistakes."""
    form = TYPE_FORMS[desk.type](request.form)
    move = Move.of(request.form.get("do", ""))
    if move.verb == "preview":
        return _show(form, desk, QuestionOutcome(preview=_preview(form, desk)))
    if move.verb:
        laid_out = isinstance(form, NumberForm) and move.verb == "inputs"
        data = form.laid_out() if laid_out else form.moved(move)  # type: ignore[attr-defined]  # laid_out says so
        return _show(TYPE_FORMS[desk.type](data=data), desk)
    _choices(form, desk)
    if not form.validate():
        return _show(form, desk), HTTPStatus.UNPROCESSABLE_ENTITY
    preview = _preview(form, desk)
    if preview.mistakes:
        wrong = QuestionOutcome(mistakes=preview.mistakes)
        return _show(form, desk, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    return _kept(form, desk)


def _kept(form: QuestionForm, desk: QuestionDesk) -> Answer:
    slug, change = desk.revision.slug, form.change(desk.type, desk.question)
    key = str(change.entry["id"])
    note = (
        N_("修改题目 {key}", key=key)
        if desk.question
        else N_("新增题目 {key}", key=key)
    )
    try:
        draft = save(slug, form, note, lambda text: with_question(text, change))
    except TrainerError as error:
        again, now = refused(slug, form)
        there = _desk(now, desk.type, desk.question)
        outcome = QuestionOutcome.of(error, _theirs(now, desk.question))
        return _show(again, there, outcome), status_of(error)
    return redirect(url_for(".bank", slug=slug, revision=draft.id, _anchor=key))


def _theirs(now: Revision, question: str) -> str:
    """Give the question as it is saved now; nothing when it is not there."""
    if not question:
        return ""
    with current.reading() as session:
        text = publishing.text(session, now)
    try:
        entry: Entry = question_in(text, question)[0]
    except NotFoundError:
        return ""
    return text_of([entry])


def _preview(form: QuestionForm, desk: QuestionDesk) -> Preview:
    line = desk.revision.header.line
    change = form.change(desk.type, desk.question)
    with current.reading() as session:
        return service.preview(
            session, change, line, current.business_date(), by=current.actor()
        )


def _desk(revision: Revision, kind: str, question: str) -> QuestionDesk:
    """Give where somebody writes.

    Raises:
        NotFoundError: there is no such type, or it is no bank.
    """
    if revision.kind != QUESTIONS or kind not in TYPE_FORMS:
        raise NotFoundError(N_("没有这种题型；请从题库重新选择"))
    slug, key = revision.slug, request.args.get("revision", type=int)
    action = (
        url_for(".change_question", slug=slug, question=question, revision=key)
        if question
        else url_for(".create_question", slug=slug, type=kind, revision=key)
    )
    return QuestionDesk(revision=revision, type=kind, question=question, action=action)


def _choices(form: QuestionForm, desk: QuestionDesk) -> Mapping[str, str]:
    """Offer what may be chosen; gives what is cited so far, in words."""
    on, reader = current.business_date(), current.actor()
    with current.reading() as session:
        known = codes(session)
        cases = cases_in(publishing.text(session, desk.revision))
        offer(form, lines=known.lines, competencies=known.competencies, cases=cases)
        kinds = current_app.extensions["text_kinds"]
        articles = citable.articles(session, on, reader=reader, kinds=kinds)
        slug = form.article.data or ""
        sections = citable.sections(session, slug, on, reader=reader)
        form.offer_clauses(articles, sections)
        return citable.clause_names(session, form.cited, on, reader=reader)


def _show(
    form: QuestionForm, desk: QuestionDesk, outcome: QuestionOutcome | None = None
) -> str:
    if isinstance(form, NumberForm):
        form.offer_inputs()
    cited = _choices(form, desk)
    page = QuestionPage(
        form, desk, outcome or QuestionOutcome(), cited, current.business_date()
    )
    return render(page)
