"""Writing a quiz by a form: its rules, what it asks, and what the pool has for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for

from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.forms.rows import Move
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.publishing import queries as publishing
from trainer.publishing.domain.drafting import Desk
from trainer.publishing.domain.drafting import Outcome
from trainer.publishing.domain.revision import Revision
from trainer.publishing.queries.codes import codes
from trainer.quizzes.domain import QUIZ
from trainer.quizzes.domain.beginning import said_of
from trainer.quizzes.domain.quiz_written import rules_of
from trainer.quizzes.domain.quiz_written import with_rules
from trainer.quizzes.forms.quizzes import QuizForm
from trainer.quizzes.queries import drawable
from trainer.quizzes.queries.pool import listed_in
from trainer.quizzes.queries.shelf import quiz_of
from trainer.quizzes.views.banks_drafts import Answer
from trainer.quizzes.views.banks_drafts import begun
from trainer.quizzes.views.banks_drafts import refused
from trainer.quizzes.views.banks_drafts import save
from trainer.quizzes.views.banks_drafts import status_of
from trainer.quizzes.views.banks_drafts import text_for
from trainer.quizzes.views.blueprint import bank_desk as bp


@dataclass(frozen=True, slots=True)
class QuizFormPage(Page):
    """The form of a quiz; ``asked`` are the fixed questions in words."""

    template = "quizzes/bank_quiz_form.html"
    form: QuizForm
    desk: Desk
    outcome: Outcome
    asked: Mapping[str, str]


@bp.get("/<slug>/rules")
def edit_quiz(slug: str) -> str:
    """Show a quiz in its form."""
    with current.reading() as session:
        revision = text_for(session, slug)
        desk = _desk(revision)
        quiz = quiz_of(publishing.text(session, revision))
    data = {**QuizForm.data_of(rules_of(quiz)), **begun(revision)}
    return _show(QuizForm(data=data), desk)


@bp.post("/<slug>/rules")
def change_quiz(slug: str) -> Answer:
    """Keep a quiz, or show its form again with its rows moved or what is wrong."""
    with current.reading() as session:
        desk = _desk(text_for(session, slug))
    form, move = QuizForm(request.form), Move.of(request.form.get("do", ""))
    if move.verb:
        return _show(QuizForm(data=form.moved(move)), desk)
    if not form.validate():
        return _show(form, desk), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        note, rules = N_("修改规则和组卷"), form.rules()
        draft = save(slug, form, note, lambda text: with_rules(text, rules))
    except TrainerError as error:
        again, now = refused(slug, form)
        return _show(again, _desk(now), Outcome.of(error, _theirs(now))), status_of(
            error
        )
    return redirect(url_for(".bank", slug=slug, revision=draft.id))


def _theirs(now: Revision) -> str:
    with current.reading() as session:
        return publishing.text(session, now)


def _desk(revision: Revision) -> Desk:
    if revision.kind != QUIZ:
        raise NotFoundError(N_("这不是测验；请从“题库和测验”重新选择"))
    key = request.args.get("revision", type=int)
    action = url_for(".change_quiz", slug=revision.slug, revision=key)
    return Desk(revision=revision, action=action)


def _show(form: QuizForm, desk: Desk, outcome: Outcome | None = None) -> str:
    with current.reading() as session:
        known = codes(session).competencies
        pool = drawable(session, max(current.today(), desk.revision.effective_from))
    banks = {slug: r.header.title for slug, r in pool.revisions.items()}
    names = {
        slug: {each.id: each.name for each in listed_in(revision)}
        for slug, revision in pool.revisions.items()
    }
    form.offer(known, banks, names.get(form.bank.data or "", {}))
    asked = {
        f"{slug}#{key}": said_of(banks[slug], name)
        for slug, found in names.items()
        for key, name in found.items()
    }
    return render(QuizFormPage(form, desk, outcome or Outcome(), asked))
