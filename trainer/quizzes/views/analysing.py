"""What the answers say: of a quiz, of a question; and ruling on a question."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.errors import Kind
from trainer.core.errors import TrainerError
from trainer.core.wording import Nn_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.quizzes.domain.analysis.items import FIRM
from trainer.quizzes.domain.analysis.items import FLAG_NAMES
from trainer.quizzes.domain.analysis.items import Flag
from trainer.quizzes.domain.analysis.items import ItemStatistics
from trainer.quizzes.domain.analysis.sheets import Item
from trainer.quizzes.domain.analysis.table import tables
from trainer.quizzes.domain.charts import Bar
from trainer.quizzes.domain.charts import bars
from trainer.quizzes.domain.exporting import ANALYSIS
from trainer.quizzes.domain.exporting import ANALYSIS_SHEETS
from trainer.quizzes.domain.listing import short
from trainer.quizzes.domain.names import TYPE_NAMES
from trainer.quizzes.domain.regrading import Asked
from trainer.quizzes.domain.regrading import ChangedMeanwhileError
from trainer.quizzes.domain.regrading import DryRun
from trainer.quizzes.domain.regrading import Edition
from trainer.quizzes.domain.rulings import ACT_NAMES
from trainer.quizzes.domain.rulings import Act
from trainer.quizzes.forms.grading import RuleForm
from trainer.quizzes.forms.grading import TableExportForm
from trainer.quizzes.queries import analysing as queries
from trainer.quizzes.queries.analysing import QuestionAnalysis
from trainer.quizzes.queries.analysing import QuizAnalysis
from trainer.quizzes.queries.overseen import names_overseen
from trainer.quizzes.queries.questions import edition as edition_of
from trainer.quizzes.queries.questions import others
from trainer.quizzes.queries.rulings import rulings
from trainer.quizzes.service import ruling as service
from trainer.quizzes.views.blueprint import bp
from trainer.quizzes.views.taking_away import handed_out

QUESTION = "/questions/<bank>/<item>"
MOST_SHOWN = 50
"""Answers that change, on the page of a dry run."""

Answer = Response | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class AnalysisPage(Page):
    """What is known of a quiz, its questions with flags first."""

    template = "quizzes/analysis.html"
    found: QuizAnalysis
    items: Sequence[ItemStatistics]
    bars: Sequence[Bar]
    export: TableExportForm
    names: Mapping[Item, str]
    flags: Mapping[Flag, str]
    firm: int = FIRM


@dataclass(frozen=True, slots=True)
class QuestionPage(Page):
    """What is known of a question; ``form`` is for who may rule on it."""

    template = "quizzes/analysis_question.html"
    found: QuestionAnalysis
    form: RuleForm
    refusal: str
    flags: Mapping[Flag, str]
    types: Mapping[str, str]
    acts: Mapping[Act, str]
    firm: int = FIRM


@dataclass(frozen=True, slots=True)
class DryRunPage(Page):
    """What a ruling would change; ``names`` are of those the reader looks after."""

    template = "quizzes/analysis_ruling.html"
    edition: Edition
    form: RuleForm
    run: DryRun
    names: Mapping[int, str]
    acts: Mapping[Act, str]
    refusal: str
    most: int = MOST_SHOWN


@bp.get("/<slug>/analysis")
def analysis(slug: str) -> str:
    """Show what is known of a quiz."""
    return _analysis(slug, _offered(TableExportForm()))


@bp.post("/<slug>/analysis/export")
def export_analysis(slug: str) -> Answer:
    """Give it as tables, with a reason that is kept."""
    form = _offered(TableExportForm(request.form))
    if not form.validate():
        return _analysis(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with current.reading() as session:
        found = queries.quiz_analysis(session, slug, reader=current.actor())
    return handed_out(
        form,
        tables(found.analysis, found.questions),
        what=ANALYSIS,
        asked=slug,
        title=found.revision.header.title,
    )


@bp.get(QUESTION)
def question(bank: str, item: str) -> str:
    """Show what is known of a question in one of its wordings."""
    return _question(bank, item)


@bp.post(f"{QUESTION}/try")
def try_ruling(bank: str, item: str) -> Answer:
    """Show what a ruling would change; nothing is written."""
    edition, form = _ruling(bank, item)
    if not form.validate():
        return _question(bank, item, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        return _dry_run(form, edition), HTTPStatus.OK
    except TrainerError as error:
        return _refused(edition.asked, form, error)


@bp.post(f"{QUESTION}/rule")
def rule(bank: str, item: str) -> Answer:
    """Apply a ruling as its dry run was seen, else show the dry run again."""
    edition, form = _ruling(bank, item)
    if not form.validate():
        return _question(bank, item, form), HTTPStatus.UNPROCESSABLE_ENTITY
    asked = edition.asked
    command, seal = form.command(asked), request.form.get("seal", "")
    by, at = current.actor(), current.now()
    try:
        with current.writing() as session:
            done = service.rule(session, command, seal, by=by, at=at)
    except ChangedMeanwhileError as error:
        return _dry_run(form, edition, error.message), HTTPStatus.CONFLICT
    except TrainerError as error:
        return _refused(asked, form, error)
    flash(Nn_("已裁定，改判 {n} 份答案；答题人在成绩页看得到", n=len(done.changes)))
    return redirect(url_for(".question", bank=bank, item=item, wording=asked.wording))


def _analysis(slug: str, export: TableExportForm) -> str:
    with current.reading() as session:
        found = queries.quiz_analysis(session, slug, reader=current.actor())
    items = sorted(
        found.analysis.items, key=lambda each: (-len(each.flags), each.facility)
    )
    shown = bars(found.analysis.quiz.histogram)
    names = {item: short(each.stem) for item, each in found.questions.items()}
    return render(AnalysisPage(found, items, shown, export, names, FLAG_NAMES))


def _question(
    bank: str, item: str, form: RuleForm | None = None, refusal: str = ""
) -> str:
    at, reader = current.now(), current.actor()
    wording = request.values.get("wording", "")
    with current.reading() as session:
        found = queries.question_analysis(
            session, bank, item, wording, at, reader=reader
        )
    if form is None:
        form = RuleForm()
        form.offer(found.others)
    return render(QuestionPage(found, form, refusal, FLAG_NAMES, TYPE_NAMES, ACT_NAMES))


def _ruling(bank: str, item: str) -> tuple[Edition, RuleForm]:
    """Read the form of a ruling; only who approves gets so far."""
    current.actor().must(Permission.APPROVE)
    wording, form = request.form.get("wording", ""), RuleForm(request.form)
    with current.reading() as session:
        found = edition_of(session, bank, item, wording, current.today())
        ruled = rulings(session, found.asked)
        form.offer(others(session, found, ruled[0].ruling if ruled else None))
    return found, form


def _dry_run(form: RuleForm, edition: Edition, refusal: str = "") -> str:
    command, reader = form.command(edition.asked), current.actor()
    with current.reading() as session:
        run = service.dry_run(session, command, by=reader)
        people = {change.person for change in run.foremost(MOST_SHOWN)}
        names = names_overseen(session, people, current.today(), reader=reader)
    return render(DryRunPage(edition, form, run, names, ACT_NAMES, refusal))


def _refused(asked: Asked, form: RuleForm, error: TrainerError) -> Answer:
    """Show the question again with what stands in the way."""
    page = _question(asked.bank, asked.item, form, error.message)
    is_conflict = error.kind is Kind.CONFLICT
    return page, HTTPStatus.CONFLICT if is_conflict else HTTPStatus.UNPROCESSABLE_ENTITY


def _offered(form: TableExportForm) -> TableExportForm:
    form.offer(ANALYSIS_SHEETS)
    return form
