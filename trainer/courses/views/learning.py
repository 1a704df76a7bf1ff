"""Courses as whoever learns them sees them: all, one, a step to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import SystemRandom

from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.actor import Permission
from trainer.core.errors import ConflictError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.courses import queries
from trainer.courses import service
from trainer.courses.domain.learning import Reading
from trainer.courses.domain.learning import Shelved
from trainer.courses.domain.learning import Taught
from trainer.courses.domain.learning import nearest_first
from trainer.courses.domain.names import COURSE_NAMES
from trainer.courses.domain.names import CourseNames
from trainer.courses.domain.outline import StepKind
from trainer.courses.queries.sessions import LOOK_AFTER
from trainer.courses.views.courses_blueprint import bp
from trainer.courses.views.outline import show_sheet
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.knowledge import queries as knowledge
from trainer.knowledge.domain.comparison import Difference
from trainer.knowledge.domain.names import NAMES
from trainer.knowledge.domain.names import Names
from trainer.publishing.domain.revision import Revision
from trainer.publishing.queries.codes import Codes
from trainer.publishing.queries.codes import codes
from trainer.topics import queries as topics

DICE = SystemRandom().randrange


@dataclass(frozen=True, slots=True)
class CoursesPage(Page):
    """All courses: one's own, then by stage of a career.

    ``others`` are with the name of their stage; ``drafts`` are for authors.
    """

    template = "courses/courses.html"
    mine: Sequence[Shelved]
    others: Sequence[tuple[str, Sequence[Shelved]]]
    drafts: Sequence[Revision]
    codes: Codes
    may_edit: bool
    names: CourseNames = COURSE_NAMES


@dataclass(frozen=True, slots=True)
class CoursePage(Page):
    """One course, and how far whoever looks is with it."""

    template = "courses/course.html"
    taught: Taught
    tier: str
    codes: Codes
    today: date
    may_edit: bool
    may_sign: bool
    names: CourseNames = COURSE_NAMES


@dataclass(frozen=True, slots=True)
class StepPage(Page):
    """What a step leads to, and the receipt; ``difference`` since one's last."""

    template = "courses/step.html"
    slug: str
    title: str
    reading: Reading
    difference: Difference | None
    course_names: CourseNames = COURSE_NAMES
    names: Names = NAMES


@bp.get("")
def courses() -> str:
    """List the courses: one's own first, then by stage."""
    reader = current.actor()
    reader.must(Permission.READ)
    with current.reading() as session:
        found = queries.shelf(session, current.now(), reader=reader)
        drafts = queries.unpublished(session, reader=reader)
        known, framework = codes(session), topics.competencies(session)
    tiers = framework.tiers if framework else ()
    names = {tier.code: tier.name for tier in tiers}
    others: dict[str, list[Shelved]] = {code: [] for code in names}
    for each in found:
        if not each.is_mine:
            others.setdefault(each.course.tier, []).append(each)
    shown = [(names.get(code, code), here) for code, here in others.items() if here]
    mine = nearest_first([each for each in found if each.is_mine], [*names])
    may_edit = reader.may(Permission.EDIT)
    return render(CoursesPage(mine, shown, drafts, known, may_edit))


@bp.get("/<slug>")
def course(slug: str) -> str:
    """Show a course; to those who write, the text they ask for."""
    reader = current.actor()
    key = request.args.get("revision", type=int)
    if key is not None and reader.sees_drafts:
        return show_sheet(slug, key)
    try:
        return render(_course_page(slug))
    except NotFoundError:
        if reader.sees_drafts:
            return show_sheet(slug, None)
        raise


def _course_page(slug: str) -> CoursePage:
    reader = current.actor()
    with current.reading() as session:
        found = queries.taught(session, slug, current.now(), reader=reader)
        known, framework = codes(session), topics.competencies(session)
    tiers = framework.tiers if framework else ()
    names = {tier.code: tier.name for tier in tiers}
    sessions = any(s.kind is StepKind.SESSION for s in found.course.steps)
    return CoursePage(
        taught=found,
        tier=names.get(found.course.tier, found.course.tier),
        codes=known,
        today=current.today(),
        may_edit=reader.may(Permission.EDIT),
        may_sign=sessions and bool(LOOK_AFTER & reader.permissions),
    )


@bp.get("/<slug>/steps/<step>")
def step(slug: str, step: str) -> str:
    """Show what a step leads to, and what changed since one's last reading."""
    reader, at = current.actor(), current.now()
    with current.reading() as session:
        held = queries.offered(session, current.today(), reader=reader, slugs=[slug])
        found = queries.reading(session, slug, step, at, reader=reader)
        difference = None
        if found.before and found.revision.number:
            pair = (found.before, found.revision.number)
            target = found.revision.slug
            difference = knowledge.difference(session, target, pair, reader=reader)
    return render(StepPage(slug, held[0].title, found, difference))


@bp.post("/<slug>/steps/<step>")
def read_step(slug: str, step: str) -> Response:
    """Keep the receipt; when another text holds by now, show what changed."""
    by, shown = current.actor(), request.form.get("shown", "")
    try:
        with current.writing() as session:
            service.read_step(session, slug, step, shown, by=by, at=current.now())
    except ConflictError as error:
        flash(error.message)
        return redirect(url_for(".step", slug=slug, step=step))
    with current.reading() as session:
        now = queries.reading(session, slug, step, current.now(), reader=by)
    if now.is_left:
        flash(N_("已登记：这一步您读过了；再答几道题就完成"))
        return redirect(url_for(".step", slug=slug, step=step))
    flash(N_("已登记：这一步您读过了"))
    return redirect(url_for(".course", slug=slug))


@bp.post("/<slug>/steps/<step>/questions")
def begin_questions(slug: str, step: str) -> Response:
    """Begin the questions on what a step leads to, or go on with them."""
    with current.writing() as session:
        attempt = service.begin_step_questions(
            session, slug, step, by=current.actor(), at=current.now(), dice=DICE
        )
    return redirect(url_for("quizzes.paper", key=attempt))
