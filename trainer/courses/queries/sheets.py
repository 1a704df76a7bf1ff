"""Courses for those who write them: one text, what is wrong with it, the drafts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.document import Mistake
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.courses.domain.manuscripts import read_back
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import StepKind
from trainer.courses.domain.sheets import Known
from trainer.courses.domain.sheets import Sheet
from trainer.courses.domain.sheets import findings
from trainer.courses.queries.offer import KINDS
from trainer.courses.queries.offer import offered
from trainer.courses.queries.read_texts import REGISTRAR
from trainer.courses.queries.read_texts import titles_on
from trainer.publishing import queries as publishing
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.domain.revision import Revision
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.queries.shelf import quiz_of


def unpublished(session: Session, *, reader: Actor) -> list[Revision]:
    """Give the texts of courses that somebody works on; none for readers."""
    return publishing.unpublished(session, reader=reader, kinds=KINDS)


def sheet(
    session: Session, slug: str, key: int | None, on: date, *, reader: Actor
) -> Sheet:
    """Give a text of a course to those who write and approve.

    Args:
        session: A session.
        slug: Which course.
        key: Key of the text; None is what holds on the day, else the newest.
        on: The day.
        reader: Who asks.

    Raises:
        DeniedError: this reader knows of no drafts.
        NotFoundError: there is none.
    """
    if not reader.sees_drafts:
        reader.must(Permission.EDIT)
    found = publishing.chosen(session, slug, key, on, reader=reader, kinds=KINDS)
    if found is None:
        raise NotFoundError(N_("没有这门课程：{slug}", slug=slug))
    shown = found.revision
    course = read_back(shown.facets)
    day = max(on, shown.effective_from)
    return Sheet(
        revision=shown,
        course=course,
        holds=found.holds,
        drafts=found.drafts,
        findings=tuple(findings(slug, course, _known(session, course, day))),
        titles=_titles(session, course, day, reader),
        stale=_stale(session, shown, on, reader) if found.holds else frozenset(),
    )


def warnings(session: Session, manuscript: Manuscript) -> tuple[Mistake, ...]:
    """Give what the author of a text must know, though it may be saved."""
    course, day = read_back(manuscript.facets), manuscript.header.effective_from
    # Which course it is, a manuscript does not say; a circle through it is found on
    # the page of the draft and by ``content check``.
    return tuple(findings("", course, _known(session, course, day)))


def _known(session: Session, course: Course, on: date) -> Known:
    """Give what there is to lead to on a day."""
    slugs = {*course.leads_to, *(step.target for step in course.steps)}
    held = publishing.in_force(session, on, reader=REGISTRAR, slugs=slugs)
    quizzes = [r for r in held if r.kind == StepKind.QUIZ]
    texts = publishing.texts(session, quizzes)
    others = offered(session, on, reader=REGISTRAR)
    return Known(
        kinds={each.slug: each.kind for each in held},
        exams=frozenset(
            each.slug for each in quizzes if quiz_of(texts[each.id]).mode is Mode.EXAM
        ),
        leads={each.slug: each.course.leads_to for each in others},
    )


def _titles(
    session: Session, course: Course, on: date, reader: Actor
) -> Mapping[str, str]:
    slugs = {*course.leads_to, *(step.target for step in course.steps)}
    return titles_on(session, slugs, on, reader=reader)


def _stale(
    session: Session, revision: Revision, on: date, reader: Actor
) -> frozenset[str]:
    return frozenset(
        entry.reference.item
        for entry in publishing.stale(session, on, reader=reader)
        if entry.revision.id == revision.id
    )
