"""Courses on the desk: a text of one, beginning one, writing one by a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session

from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.courses import queries
from trainer.courses import service
from trainer.courses.domain.beginning import SOURCE
from trainer.courses.domain.manuscripts import read_back
from trainer.courses.domain.names import COURSE_NAMES
from trainer.courses.domain.names import HINT
from trainer.courses.domain.names import KIND_NAME
from trainer.courses.domain.names import CourseNames
from trainer.courses.domain.outline import COURSE
from trainer.courses.domain.parsing import with_body
from trainer.courses.domain.sheets import Sheet
from trainer.courses.forms.outlines import HeaderForm
from trainer.courses.forms.outlines import OutlineForm
from trainer.courses.views.courses_blueprint import Answer
from trainer.courses.views.courses_blueprint import bp
from trainer.kit.forms.rows import Move
from trainer.kit.forms.rows import words
from trainer.kit.web import current
from trainer.kit.web.errors import STATUS
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.publishing import queries as publishing
from trainer.publishing import service as texts
from trainer.publishing.domain.drafting import Desk
from trainer.publishing.domain.drafting import Outcome
from trainer.publishing.domain.header import EVIDENCE_NAMES
from trainer.publishing.domain.revision import Revision
from trainer.publishing.queries import TextKind
from trainer.publishing.queries import TextKinds
from trainer.publishing.queries.codes import Codes
from trainer.publishing.queries.codes import codes
from trainer.publishing.service import changing
from trainer.quizzes.domain import QUESTIONS
from trainer.topics import queries as topics

KINDS: TextKinds = {
    COURSE: TextKind(
        code=COURSE,
        name=KIND_NAME,
        prepare=service.prepare_course,
        home="courses.course",
        begin="courses.begin",
        hint=HINT,
        is_read=True,
        by_section=True,
        warnings=queries.warnings,
    )
}
"""What the desk is told of courses."""


@dataclass(frozen=True, slots=True)
class SheetPage(Page):
    """A text of a course for those who write and approve."""

    template = "courses/outline.html"
    sheet: Sheet
    tier: str
    codes: Codes
    may_edit: bool
    names: CourseNames = COURSE_NAMES


@dataclass(frozen=True, slots=True)
class BeginPage(Page):
    """The header of a new course."""

    template = "courses/outline_new.html"
    form: HeaderForm
    hint: str = HINT
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class OutlineFormPage(Page):
    """The form of a course; ``targets`` are titles by slug, of what steps lead to."""

    template = "courses/outline_form.html"
    form: OutlineForm
    desk: Desk
    outcome: Outcome
    targets: Mapping[str, str]
    courses: Mapping[str, str]


def show_sheet(slug: str, key: int | None) -> str:
    """Show a text of a course to those who write and approve."""
    reader = current.actor()
    with current.reading() as session:
        sheet = queries.sheet(session, slug, key, current.today(), reader=reader)
        known, tiers = codes(session), _tiers(session)
    tier = tiers.get(sheet.course.tier, sheet.course.tier)
    return render(SheetPage(sheet, tier, known, reader.may(Permission.EDIT)))


@bp.get("/new/<kind>")
def begin(kind: str) -> str:
    """Ask what a new course is called, whose it is, what one learns."""
    _must_be_known(kind)
    known = {"effective_from": current.today(), "source": SOURCE, "evidence": "C"}
    return _show_new(HeaderForm(data=known))


@bp.post("/new/<kind>")
def create(kind: str) -> Answer:
    """Keep a new course as a draft."""
    _must_be_known(kind)
    form, by = HeaderForm(request.form), current.actor()
    if not form.validate():
        return _show_new(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.reading() as session:
            ready = changing.prepared(session, form.text(), service.OWN)
        with current.writing() as session:
            slug = words(form.slug.data)
            draft = texts.begin(session, slug, ready, by=by, at=current.now())
    except TrainerError as error:
        return _show_new(form, error.message), STATUS[error.kind]
    flash(N_("课程建好了，还是草稿；现在一步一步写"))
    return redirect(url_for(".edit", slug=draft.slug, revision=draft.id))


@bp.get("/<slug>/edit")
def edit(slug: str) -> str:
    """Show a course in its form."""
    with current.reading() as session:
        revision = _text_for(session, slug)
    data = OutlineForm.data_of(read_back(revision.facets), revision.header.line)
    begun = changing.remembered(revision, current.today())
    return _show(OutlineForm(data={**data, **begun}), _desk(revision))


@bp.post("/<slug>/edit")
def change(slug: str) -> Answer:
    """Keep a course, or show its form again with its rows moved or what is wrong."""
    with current.reading() as session:
        revision = _text_for(session, slug)
    form, move = OutlineForm(request.form), Move.of(request.form.get("do", ""))
    if move.verb:
        return _show(OutlineForm(data=form.moved(move)), _desk(revision))
    if not form.validate():
        return _show(form, _desk(revision)), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        draft = _save(slug, form, revision.header.line)
    except TrainerError as error:
        again, now = _refused(slug, form)
        return _show(again, _desk(now), Outcome.of(error, _theirs(now))), STATUS[
            error.kind
        ]
    return redirect(url_for(".course", slug=slug, revision=draft.id))


def _save(slug: str, form: OutlineForm, line: str) -> Revision:
    """Keep a change in a draft.

    Raises:
        TrainerError: it was not kept; the sentence says why.
    """
    place = changing.Place(
        slug=slug,
        draft=form.draft.data or 0,
        based_on=form.based_on.data or 0,
        first_day=form.first_day.data or current.today(),
        note=words(form.change_note.data) or N_("修改课程内容"),
    )
    by, body = current.actor(), form.body(line)
    with current.reading() as session:
        ready = changing.changed(
            session, place, lambda text: with_body(text, body), service.OWN, by=by
        )
        warned = queries.warnings(session, ready.manuscript)
    with current.writing() as session:
        revision = changing.keep(session, place, ready, by=by, at=current.now())
    flash(N_("已保存为草稿；改完请到“看变化、送审”里送审"))
    for mistake in warned:
        flash(mistake.message)
    return revision


def _refused(slug: str, form: OutlineForm) -> tuple[OutlineForm, Revision]:
    """Set a form on the text as it is now, so that saving again goes there."""
    with current.reading() as session:
        now = _text_for(session, slug, form.draft.data or None)
    fields = changing.remembered(now, current.today())
    del fields["first_day"]
    return OutlineForm(data={**form.data, **fields}), now


def _theirs(now: Revision) -> str:
    with current.reading() as session:
        return publishing.text(session, now)


def _text_for(session: Session, slug: str, key: int | None = None) -> Revision:
    """Find the text that a change goes into."""
    asked = key or request.args.get("revision", type=int)
    return changing.to_change(session, slug, asked, service.OWN, reader=current.actor())


def _desk(revision: Revision) -> Desk:
    key = request.args.get("revision", type=int)
    action = url_for(".change", slug=revision.slug, revision=key)
    return Desk(revision=revision, action=action)


def _show(form: OutlineForm, desk: Desk, outcome: Outcome | None = None) -> str:
    reader, on = current.actor(), max(current.today(), desk.revision.effective_from)
    with current.reading() as session:
        known, tiers = codes(session), _tiers(session)
        held = publishing.in_force(session, on, reader=reader)
    form.offer(tiers, known.lines, known.posts)
    titles = {r.slug: r.header.title for r in held if r.kind != QUESTIONS}
    courses = {r.slug: r.header.title for r in held if r.kind == COURSE}
    return render(OutlineFormPage(form, desk, outcome or Outcome(), titles, courses))


def _must_be_known(kind: str) -> None:
    """Stop here unless somebody who may begins something that there is."""
    current.actor().must(Permission.EDIT)
    if kind != COURSE:
        raise NotFoundError(N_("这里只能新建课程；请从“课程”重新选择"))


def _show_new(form: HeaderForm, refusal: str = "") -> str:
    with current.reading() as session:
        known, tiers = codes(session), _tiers(session)
    evidence = {level.value: name for level, name in EVIDENCE_NAMES.items()}
    form.offer(known.lines, known.posts, evidence)
    form.tier.choices = dict(tiers)
    return render(BeginPage(form, refusal=refusal))


def _tiers(session: Session) -> Mapping[str, str]:
    framework = topics.competencies(session)
    return {tier.code: tier.name for tier in framework.tiers} if framework else {}
