"""Everything there is of one person on a day, for his page and for who trains him."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from sqlalchemy.orm import Session

from trainer.competence.domain.standing import Level as Reached
from trainer.competence.domain.standing import Standing
from trainer.competence.domain.telling import next_step
from trainer.competence.queries.authorisations import Held
from trainer.competence.queries.authorisations import overview
from trainer.competence.queries.judging import Bench
from trainer.competence.queries.judging import bench
from trainer.competence.queries.knowing import judged
from trainer.competence.queries.knowing import records
from trainer.competence.queries.people import Subject
from trainer.competence.queries.people import subject
from trainer.competence.queries.refreshing import days_left
from trainer.core.actor import Actor
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.topics import queries as topics
from trainer.topics.domain.competencies import ALL
from trainer.topics.domain.competencies import Competencies
from trainer.topics.domain.competencies import Competency
from trainer.topics.domain.competencies import Dimension
from trainer.topics.domain.competencies import Level
from trainer.topics.domain.lines import Risk
from trainer.topics.domain.lines import Topics

TREND_DAYS = 30
"""A figure is compared with that of so many days ago."""

RISKS = (Risk.LOW, Risk.NORMAL, Risk.HIGH)


class FutureDayError(TrainerError):
    """Nothing is known of a day to come."""

    def __init__(self, on: date) -> None:
        super().__init__(N_("{on} 还没有到；请选今天或以前的一天", on=on))


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A change of policy not shown yet: why, since when, and in which texts."""

    why: str
    since: date
    share: float
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """One competency of a person.

    Attributes:
        competency: The competency.
        standing: What is believed of it.
        level: The level, for the riskiest line that needs it.
        before: The figure :data:`TREND_DAYS` ago, None when nothing was known then.
        due: Days until it must be practised, None when nothing is known.
        changed: Changes of policy not shown yet.
    """

    competency: Competency
    standing: Standing
    level: Reached
    before: float | None
    due: float | None
    changed: tuple[Changed, ...]

    @property
    def trend(self) -> int | None:
        """Points won since then, None when there is nothing to compare with."""
        if self.before is None:
            return None
        return round(100 * self.standing.expected) - round(100 * self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person on a day.

    Attributes:
        subject: Who.
        on: The day.
        groups: Competencies by dimension, in the order of the framework.
        held: What holds by business line, in their order.
        levels: Levels by code.
        lines: Names of lines by code.
        names: Names of competencies by code.
    """

    subject: Subject
    on: date
    groups: Sequence[tuple[Dimension, Sequence[Skill]]]
    held: Sequence[Held]
    levels: Mapping[str, Level]
    lines: Mapping[str, str]
    names: Mapping[str, str]

    @property
    def skills(self) -> tuple[Skill, ...]:
        """All competencies."""
        return tuple(skill for _, skills in self.groups for skill in skills)

    @property
    def is_new(self) -> bool:
        """Whether nothing was seen of the person yet."""
        return not any(skill.standing.is_seen for skill in self.skills)

    @property
    def due(self) -> tuple[Skill, ...]:
        """What must be practised now."""
        return tuple(skill for skill in self.skills if skill.due == 0)

    @property
    def changed(self) -> tuple[Skill, ...]:
        """What a change of policy made new and nobody has shown yet."""
        return tuple(skill for skill in self.skills if skill.changed)

    @property
    def next_step(self) -> str:
        """What to do today, in one sentence."""
        return next_step(
            is_new=self.is_new,
            changed=[skill.competency.name for skill in self.changed],
            due=[skill.competency.name for skill in self.nearest],
        )

    @property
    def nearest(self) -> tuple[Skill, ...]:
        """What must be practised now, the nearest to its line first."""
        return tuple(sorted(self.due, key=lambda s: -s.standing.main.expected))


def profile(
    session: Session, key: int, on: date, today: date, *, reader: Actor
) -> Profile:
    """Give everything there is of a person on a day.

    Raises:
        NotFoundError: there is none, or not for this reader.
        FutureDayError: the day is to come.
    """
    found = subject(session, key, today, reader=reader)
    must_not_be_future(on, today)
    framework = topics.competencies(session)
    spine = topics.topics(session)
    lines = {line.code: line.name for line in spine.lines}
    if framework is None:
        return Profile(
            subject=found, on=on, groups=(), held=(), levels={}, lines=lines, names={}
        )
    skills = _skills(session, key, on, (framework, spine), reader=reader)
    return Profile(
        subject=found,
        on=on,
        groups=[
            (dimension, [s for s in skills if s.competency.dimension == dimension.code])
            for dimension in framework.dimensions
        ],
        held=overview(session, [key], on, reader=reader).held,
        levels={level.code: level for level in framework.levels},
        lines=lines,
        names={c.code: c.name for c in framework.competencies},
    )


def must_not_be_future(on: date, today: date) -> None:
    """Check a day that somebody asks about.

    Raises:
        FutureDayError: it is to come.
    """
    if on > today:
        raise FutureDayError(on)


def _skills(
    session: Session,
    key: int,
    on: date,
    spine: tuple[Competencies, Topics],
    *,
    reader: Actor,
) -> list[Skill]:
    framework, lines = spine
    codes = [c.code for c in framework.competencies]
    by = bench(session, on)
    record = records(session, by, [key], reader=reader)[key]
    now = judged(session, by, [key], codes, reader=reader)[key]
    then = bench(session, on - timedelta(days=TREND_DAYS))
    before = judged(session, then, [key], codes, reader=reader)[key]
    return [
        Skill(
            competency=c,
            standing=now[c.code],
            level=now[c.code].level(risk_of(c, lines)),
            before=before[c.code].expected if before[c.code].is_seen else None,
            due=days_left(now[c.code], record, by.judge, by.at),
            changed=changed_in(now[c.code], by),
        )
        for c in framework.competencies
    ]


def changed_in(standing: Standing, by: Bench) -> tuple[Changed, ...]:
    """Give the changes of policy that were not shown yet."""
    known = {change.code: change for change in by.judge.changes}
    return tuple(
        Changed(
            why=facet.why,
            since=by.day_of(facet.since),
            share=facet.share,
            texts=known[facet.estimate.code].texts,
        )
        for facet in standing.open_facets
    )


def risk_of(competency: Competency, spine: Topics) -> Risk:
    """Give the risk by which a competency is judged where no line is asked about.

    The riskiest of its own lines; what every line needs is judged as usual.
    """
    if competency.lines == (ALL,):
        return Risk.NORMAL
    found = [line.risk for line in spine.lines if line.code in competency.lines]
    return max(found, key=RISKS.index, default=Risk.NORMAL)
