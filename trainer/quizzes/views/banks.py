"""The banks and quizzes of those who write and approve: the list, and each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from flask import request
from sqlalchemy.orm import Session

from trainer.core.actor import Permission
from trainer.core.document import Mistake
from trainer.core.paging import Part
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.publishing.domain.drafting import Chosen
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.queries import TextKind
from trainer.publishing.queries import TextKinds
from trainer.publishing.queries.codes import Codes
from trainer.publishing.queries.codes import codes
from trainer.quizzes import queries
from trainer.quizzes import service
from trainer.quizzes.domain import KINDS as CODES
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain import QUIZ
from trainer.quizzes.domain.names import HINTS
from trainer.quizzes.domain.names import KIND_NAMES
from trainer.quizzes.domain.names import NAMES
from trainer.quizzes.domain.names import Names
from trainer.quizzes.domain.shelf import BankSheet
from trainer.quizzes.domain.shelf import QuizSheet
from trainer.quizzes.domain.shelf import ShelfLine
from trainer.quizzes.forms.shelf import BankForm
from trainer.quizzes.forms.shelf import ShelfForm
from trainer.quizzes.views.blueprint import bank_desk as bp

__all__ = ["KINDS", "bp"]


def _warnings(session: Session, manuscript: Manuscript) -> tuple[Mistake, ...]:
    """Tell the author of a quiz what the pool lacks for it."""
    short = queries.shortages_of(session, manuscript)
    return tuple(Mistake(0, words) for words in short)


KINDS: TextKinds = {
    code: TextKind(
        code=code,
        name=KIND_NAMES[code],
        prepare=service.prepare,
        home="banks.bank",
        begin="banks.begin",
        hint=HINTS[code],
        by_section=code == QUESTIONS,
        warnings=_warnings,
    )
    for code in CODES
}
"""What the desk is told of banks and quizzes."""


@dataclass(frozen=True, slots=True)
class ShelfPage(Page):
    """The banks and quizzes, a part at a time."""

    template = "quizzes/bank_list.html"
    form: ShelfForm
    part: Part[ShelfLine]
    lines: Mapping[str, str]
    may_edit: bool
    names: Names = NAMES


@dataclass(frozen=True, slots=True)
class BankPage(Page):
    """A bank as takers will see its questions."""

    template = "quizzes/bank.html"
    bank: BankSheet
    form: BankForm
    codes: Codes
    on: date
    may_edit: bool
    names: Names = NAMES


@dataclass(frozen=True, slots=True)
class QuizPage(Page):
    """A quiz: its rules, and what the pool has for it."""

    template = "quizzes/bank_quiz.html"
    quiz: QuizSheet
    codes: Codes
    may_edit: bool
    names: Names = NAMES


@bp.get("/")
def banks() -> str:
    """List the banks and quizzes."""
    form, actor = ShelfForm(request.args), current.actor()
    with current.reading() as session:
        lines = codes(session).lines
        part = queries.shelf(
            session, form.wanted(), current.business_date(), reader=actor
        )
    form.offer(lines)
    return render(ShelfPage(form, part, lines, actor.may(Permission.EDIT)))


@bp.get("/<slug>")
def bank(slug: str) -> str:
    """Show a bank or a quiz, as it holds or as somebody writes it."""
    form, on = BankForm(request.args), current.business_date()
    form.validate()
    with current.reading() as session:
        sheet = queries.sheet_of(session, slug, form.key, on, reader=current.actor())
        if sheet.revision.kind == QUIZ:
            return _quiz_page(session, sheet, on)
        return _bank_page(session, sheet, form, on)


def _bank_page(session: Session, sheet: Chosen, form: BankForm, on: date) -> str:
    actor, known = current.actor(), codes(session)
    dice = Random(form.seed).randrange if form.seed else lambda _: 0  # noqa: S311  (no secret: an example)
    found = queries.bank_sheet(session, sheet, form.wanted(), on, dice, reader=actor)
    form.offer(found.competencies, known.competencies)
    return render(BankPage(found, form, known, on, actor.may(Permission.EDIT)))


def _quiz_page(session: Session, sheet: Chosen, on: date) -> str:
    found = queries.quiz_sheet(session, sheet, on)
    may_edit = current.actor().may(Permission.EDIT)
    return render(QuizPage(found, codes(session), may_edit))
