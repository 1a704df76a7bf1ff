"""The growth record of a person: what he has reached, from every feature below."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.certificates.domain.certificates import KIND_NAMES
from trainer.certificates.domain.certificates import Ground
from trainer.certificates.domain.certificates import Kind
from trainer.certificates.domain.certificates import Standing
from trainer.certificates.domain.certificates import State
from trainer.certificates.domain.growing import Step
from trainer.certificates.domain.growing import StepKind
from trainer.certificates.domain.growing import in_order
from trainer.certificates.domain.honours import Honour
from trainer.certificates.queries.honours import own_honours
from trainer.certificates.queries.sources import end_of
from trainer.certificates.queries.standings import certificates
from trainer.certificates.queries.standings import issuable
from trainer.certificates.queries.standings import subject_names
from trainer.competence import queries as competence
from trainer.competence.domain.authorising import Act
from trainer.competence.models import AuthorisationEventRow
from trainer.competence.queries import Subject
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.wording import N_
from trainer.courses.queries import progress
from trainer.people import queries as people
from trainer.publishing.models import RevisionRow
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.models import AttemptRow
from trainer.scenarios.models import PlayRow

GRANTS = {
    Act.GRANTED.value: N_("可独立办理"),
    Act.LIMITED.value: N_("可在共同签字下办理"),
}
SHOWN = frozenset({State.VALID, State.EXPIRED, State.REPLACED, State.LEFT})
"""What a certificate must be to stand in the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """A growth record.

    Attributes:
        subject: Whose it is.
        steps: What was reached, the newest first.
        certificates: All of his, the newest first, whatever they are worth.
        issuable: What he could get a certificate for.
        honours: His honours.
        names: What lines and courses are called, by kind and code.
    """

    subject: Subject
    steps: Sequence[Step]
    certificates: Sequence[Standing]
    issuable: Sequence[Ground]
    honours: Sequence[Honour]
    names: Mapping[tuple[Kind, str], str]


def growth(session: Session, person: int, on: date, *, reader: Actor) -> Growth:
    """Give the record of a person on a day.

    Raises:
        NotFoundError: there is no such person, or not for this reader.
    """
    subject = competence.subject(session, person, on, reader=reader)
    papers = certificates(session, [person], on, reader=reader)
    honours = own_honours(session, person, on, reader=reader)
    names = subject_names(session)
    steps = [
        *_works(session, person, on, reader),
        *_quizzes(session, person),
        *_plays(session, person),
        *_courses(session, person, on, names),
        *_authorised(session, person, names),
        *_papers(papers, names),
        *_honours(honours),
    ]
    return Growth(
        subject=subject,
        steps=in_order(steps),
        certificates=papers,
        issuable=issuable(session, person, on),
        honours=honours,
        names=names,
    )


def _works(session: Session, person: int, on: date, reader: Actor) -> Iterator[Step]:
    """Give where somebody began and ended to work, and whom he trained: no names."""
    for each in people.involving(session, person, on, reader=reader):
        work = each.secondment
        placed = work.placement
        if placed.begins_on > on:
            continue
        place = {"site": each.site, "bank": each.organisation}
        if work.person == person:
            what = N_("到{site}任职，{bank}派驻", **place)
            yield Step(placed.begins_on, StepKind.WORK, what)
            if work.ends_on is not None and work.ends_on <= on:
                what = N_("结束在{site}的任职", site=each.site)
                yield Step(work.ends_on, StepKind.WORK, what)
        elif placed.arrangement.mentor == person:
            what = N_("在{site}带教一名同事", site=each.site)
            yield Step(placed.begins_on, StepKind.MENTOR, what)


def _quizzes(session: Session, person: int) -> Iterator[Step]:
    """Give the exams that were passed, each once."""
    row = AttemptRow
    rows = session.execute(
        select(row.quiz, func.min(row.ended_at), func.max(RevisionRow.title))
        .join(RevisionRow, RevisionRow.id == row.revision_id)
        .where(row.person_id == person, row.mode == Mode.EXAM, row.passed.is_(True))
        .group_by(row.quiz)
    )
    for _slug, at, title in rows:
        if at is not None:
            yield Step(day_of(at), StepKind.QUIZ, N_("通过“{title}”", title=title))


def _plays(session: Session, person: int) -> Iterator[Step]:
    """Give the scenarios that were played well, each once."""
    row = PlayRow
    rows = session.execute(
        select(row.slug, func.min(row.ended_at), func.max(RevisionRow.title))
        .join(RevisionRow, RevisionRow.id == row.revision_id)
        .where(row.person_id == person, row.passed.is_(True))
        .group_by(row.slug)
    )
    for _slug, at, title in rows:
        if at is not None:
            told = N_("演练过关“{title}”", title=title)
            yield Step(day_of(at), StepKind.PLAY, told)


def _courses(
    session: Session, person: int, on: date, names: Mapping[tuple[Kind, str], str]
) -> Iterator[Step]:
    """Give the courses that were completed, each the last time."""
    found = progress(session, [person], None, end_of(on))
    for (_person, slug), each in found.items():
        if each.completed_on is not None:
            told = N_("学完《{title}》", title=names.get((Kind.COURSE, slug), slug))
            yield Step(each.completed_on, StepKind.COURSE, told)


def _authorised(
    session: Session, person: int, names: Mapping[tuple[Kind, str], str]
) -> Iterator[Step]:
    row = AuthorisationEventRow
    rows = session.execute(
        select(row.line, row.act, row.at).where(
            row.person_id == person, row.act.in_(GRANTS)
        )
    )
    for line, act, at in rows:
        told = N_("{line}：{act}", line=names[Kind.LINE, line], act=GRANTS[act])
        yield Step(day_of(at), StepKind.AUTHORISED, told)


def _papers(
    papers: Sequence[Standing], names: Mapping[tuple[Kind, str], str]
) -> Iterator[Step]:
    for each in papers:
        ground = each.certificate.ground
        if each.state in SHOWN:
            told = N_(
                "{kind}“{subject}”，编号 {number}",
                kind=KIND_NAMES[ground.kind],
                subject=names[ground.kind, ground.subject],
                number=each.certificate.number,
            )
            yield Step(each.certificate.issued_on, StepKind.CERTIFICATE, told)


def _honours(honours: Sequence[Honour]) -> Iterator[Step]:
    for each in honours:
        told = N_("{quarter}{title}", quarter=each.quarter.name, title=each.title)
        yield Step(day_of(each.given_at), StepKind.HONOUR, told)
