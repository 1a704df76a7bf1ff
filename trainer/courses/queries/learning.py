"""Courses as whoever learns them sees them: the shelf, one course, a step to read."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.courses.domain.audience import Work
from trainer.courses.domain.completing import Progress
from trainer.courses.domain.completing import State
from trainer.courses.domain.completing import progress_of
from trainer.courses.domain.duties import MOST_ASKED
from trainer.courses.domain.lapsing import Head
from trainer.courses.domain.lapsing import under
from trainer.courses.domain.learning import NoStepError
from trainer.courses.domain.learning import Reading
from trainer.courses.domain.learning import Shelved
from trainer.courses.domain.learning import Taught
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import Rule
from trainer.courses.domain.outline import Step
from trainer.courses.models import StepReadRow
from trainer.courses.queries.offer import Offered
from trainer.courses.queries.offer import offered
from trainer.courses.queries.progress import progress
from trainer.courses.queries.read_texts import asking
from trainer.courses.queries.read_texts import titles_on
from trainer.courses.queries.works import own_works
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.revision import StoredSection
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.queries.practising import own_last
from trainer.quizzes.queries.withheld import practisable


def shelf(
    session: Session,
    at: datetime,
    *,
    reader: Actor,
    slugs: Collection[str] | None = None,
) -> list[Shelved]:
    """Give the courses in force, with how far whoever asks is, by title."""
    on = day_of(at)
    found = offered(session, on, reader=reader, slugs=slugs)
    known = _own(session, found, at, reader)
    works = own_works(session, on, reader=reader)
    return [
        Shelved(
            slug=each.slug,
            course=each.course,
            progress=known[each.slug],
            is_mine=_is_for(each.course, works)
            or known[each.slug].state is not State.NEW,
        )
        for each in found
    ]


def taught(session: Session, slug: str, at: datetime, *, reader: Actor) -> Taught:
    """Give one course in force to whoever learns it.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    held = held_course(session, slug, day_of(at), reader=reader)
    before = shelf(session, at, reader=reader, slugs=held.prerequisites)
    leads = {step.target for step in held.steps if step.target}
    return Taught(
        revision=held.revision,
        course=held.course,
        progress=_own(session, [held], at, reader)[slug],
        before={each.slug: each for each in before},
        titles=titles_on(session, leads, day_of(at), reader=reader),
    )


def held_course(session: Session, slug: str, on: date, *, reader: Actor) -> Offered:
    """Give a course that holds on a day.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    found = offered(session, on, reader=reader, slugs=[slug])
    if not found:
        raise NotFoundError(N_("没有这门课程：{slug}", slug=slug))
    return found[0]


def reading(
    session: Session, slug: str, key: str, at: datetime, *, reader: Actor
) -> Reading:
    """Give what a step leads to, and how far whoever asks is with it.

    Raises:
        NotFoundError: there is no such course or text in force for this reader.
        NoStepError: the course has no such step to read.
    """
    on = day_of(at)
    step = held_course(session, slug, on, reader=reader).course.step(key)
    if step is None or not step.is_read:
        raise NoStepError
    text = publishing.revision_on(session, step.target, on, reader=reader)
    sections = _meant(step, publishing.sections(session, text))
    if not sections:
        raise NoStepError
    digest = sections[0].tree_hash if step.section else text.content_hash
    reads = _reads(session, slug, key, reader)
    same = [row for row in reads if row.content_hash == digest]
    asked, right = 0, 0
    if same and step.rule is Rule.CHECKED:
        asked = same[-1].asked
        right = len(_right(session, step, same[-1].read_at, on, reader))
    older = [row.revision_id for row in reads if row.content_hash != digest]
    return Reading(
        step=step,
        revision=text,
        sections=sections,
        digest=digest,
        read_on=same[-1].on if same else None,
        before=_number(session, older, text, reader) if not same else None,
        asked=asked,
        right=min(asked, right),
    )


def about_step(
    session: Session, step: Step, at: datetime, *, reader: Actor
) -> list[Place]:
    """Give the questions on what a step leads to that may be asked now, in order.

    Those not yet answered right come first.
    """
    place = (step.target, step.section)
    items = asking(session, [place])[place]
    last = own_last(session, day_of(at), reader=reader)
    free = [
        each.place
        for each in practisable(session, at, reader=reader)
        if f"{each.place.bank}#{each.place.id}" in items
    ]
    return sorted(free, key=lambda p: (p in last and last[p].share == 1, p))


def how_many(places: Sequence[Place]) -> int:
    """Give how many questions a step asks, of those there are."""
    return min(MOST_ASKED, len(places))


def _own(
    session: Session, found: Sequence[Offered], at: datetime, reader: Actor
) -> Mapping[str, Progress]:
    """Give how far whoever asks is; who is nobody has begun nothing."""
    slugs = [each.slug for each in found]
    known = progress(session, [reader.person] if reader.person else [], slugs, at)
    nothing = {each.slug: progress_of(each.course, (), day_of(at)) for each in found}
    return nothing | {slug: told for (_, slug), told in known.items()}


def _is_for(course: Course, works: Sequence[Work]) -> bool:
    return any(
        (not course.posts or work.post in course.posts)
        and not work.lines.isdisjoint(course.lines)
        for work in works
    )


def _meant(step: Step, sections: Sequence[StoredSection]) -> tuple[StoredSection, ...]:
    heads = [Head(each.id, each.level, each.tree_hash) for each in sections]
    wanted = frozenset(under(step.section, heads))
    return tuple(each for each in sections if each.id in wanted)


def _reads(
    session: Session, slug: str, step: str, reader: Actor
) -> Sequence[StepReadRow]:
    row = StepReadRow
    query = select(row).where(
        row.person_id == reader.person, row.course == slug, row.step == step
    )
    return session.scalars(query.order_by(row.read_at, row.id)).all()


def _right(
    session: Session, step: Step, since: datetime, on: date, reader: Actor
) -> list[Place]:
    """Give the questions on a step whose last answer since a moment was right."""
    place = (step.target, step.section)
    items = asking(session, [place])[place]
    last = own_last(session, on, reader=reader)
    return [
        each
        for each, seen in last.items()
        if f"{each.bank}#{each.id}" in items and seen.share == 1 and seen.at >= since
    ]


def _number(
    session: Session, keys: Sequence[int], text: Revision, reader: Actor
) -> int | None:
    """Give the number of the last version read, of those still there for a reader."""
    found = publishing.revisions(session, keys, reader=reader)
    numbers = [each.number for each in found.values() if each.slug == text.slug]
    return max((n for n in numbers if n and n < (text.number or 0)), default=None)
