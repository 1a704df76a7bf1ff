"""Courses as values: what to learn in which order, and what completes each step; pure.

Terms:
    course: steps in order, for a stage of a career; a text like every other.
    path: a course that has other courses among its steps. It is no kind of its own: one
        format, one page and one rule of completion serve both.
    step: something to read, to pass, to be seen doing, to attend, or a course to
        complete; known by its id across revisions.

The format is described in ``docs/course-format.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum

from trainer.core.wording import N_

COURSE = "course"
"""The kind of text; also that of a step that is a course."""

MOST_STEPS = 40
MINUTES = range(1, 481)
COUNT = range(1, 31)
DAYS = range(1, 91)
VALID_DAYS = range(30, 1096)
LONGEST_TITLE = 40


class StepKind(StrEnum):
    """What a step is about."""

    ARTICLE = "article"
    CHECKLIST = "checklist"
    SCENARIO = "scenario"
    QUIZ = "quiz"
    OBSERVED = "observed"
    SESSION = "session"
    COURSE = "course"


class Rule(StrEnum):
    """What completes a step."""

    READ = "read"
    CHECKED = "checked"
    PASSED = "passed"
    SEEN = "seen"
    SIGNED = "signed"
    COMPLETED = "completed"


RULES: Mapping[StepKind, tuple[Rule, ...]] = {
    StepKind.ARTICLE: (Rule.READ, Rule.CHECKED),
    StepKind.CHECKLIST: (Rule.READ, Rule.CHECKED),
    StepKind.SCENARIO: (Rule.PASSED,),
    StepKind.QUIZ: (Rule.PASSED,),
    StepKind.OBSERVED: (Rule.SEEN,),
    StepKind.SESSION: (Rule.SIGNED,),
    StepKind.COURSE: (Rule.COMPLETED,),
}
"""The rules a kind of step may have; the first holds unsaid."""

READING = frozenset({StepKind.ARTICLE, StepKind.CHECKLIST})
"""Steps that are texts to read, or a section of one."""

TARGETED = frozenset({*StepKind} - {StepKind.OBSERVED, StepKind.SESSION})
"""Steps that lead to a text."""

STEP_NAMES = {
    StepKind.ARTICLE: N_("读政策"),
    StepKind.CHECKLIST: N_("读易错清单"),
    StepKind.SCENARIO: N_("情景演练"),
    StepKind.QUIZ: N_("测验"),
    StepKind.OBSERVED: N_("在窗口办给老师看"),
    StepKind.SESSION: N_("面授"),
    StepKind.COURSE: N_("课程"),
}

RULE_NAMES = {
    Rule.READ: N_("读完登记"),
    Rule.CHECKED: N_("读完登记，再答对几道题"),
    Rule.PASSED: N_("及格"),
    Rule.SEEN: N_("带教老师记下办对了"),
    Rule.SIGNED: N_("主管或带教老师签字"),
    Rule.COMPLETED: N_("学完那门课"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a course.

    Attributes:
        id: Stable id, unique in the course; the identity across revisions.
        kind: What it is about.
        title: What people call it.
        about: What to look out for; perhaps empty.
        target: Slug of the text it leads to; empty where it leads to none.
        section: Id of the section of an article, or of the item of a checklist, that
            is meant; empty is the whole text.
        competencies: Codes. Of an observed step: what must be seen. Of a step to read
            or to pass: who has proved all of these need not do it; empty is nobody.
        count: How often it must be seen; 1 for every other kind.
        minutes: How long it takes, about.
        day: The day since the arrival on which it is meant to be done, 1 is the first;
            None is any day.
        rule: What completes it.
        line: Where it begins in the text, from 1; no part of what it is.
    """

    id: str
    kind: StepKind
    title: str
    about: str = ""
    target: str = ""
    section: str = ""
    competencies: tuple[str, ...] = ()
    count: int = 1
    minutes: int
    day: int | None = None
    rule: Rule
    line: int = field(default=0, compare=False)

    @property
    def address(self) -> str:
        """The target as it is written in a text."""
        return f"{self.target}#{self.section}" if self.section else self.target

    @property
    def is_read(self) -> bool:
        """Whether it is a text to read."""
        return self.kind in READING


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course as it is written.

    Attributes:
        title: What people call it.
        tier: Code of the stage of a career, see ``competencies.yaml``.
        about: What one can do after it.
        lines: Codes of the business lines it is for, at least one.
        posts: Codes of the posts it is for; empty is every one.
        competencies: Codes of what it trains.
        valid_days: Days it is valid once completed; None is for ever.
        expires_with_clauses: Whether a completed course must be taken up again when a
            clause it reads changes in substance.
        prerequisites: Slugs of the courses to complete before.
        steps: In order, at least one.
    """

    title: str
    tier: str
    about: str
    lines: tuple[str, ...]
    posts: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()
    valid_days: int | None = None
    expires_with_clauses: bool = False
    prerequisites: tuple[str, ...] = ()
    steps: tuple[Step, ...]

    @property
    def is_path(self) -> bool:
        """Whether it has other courses among its steps."""
        return any(step.kind is StepKind.COURSE for step in self.steps)

    @property
    def minutes(self) -> int:
        """How long all steps take, about."""
        return sum(step.minutes for step in self.steps)

    @property
    def leads_to(self) -> tuple[str, ...]:
        """Slugs of the courses it cannot be completed without."""
        inner = (s.target for s in self.steps if s.kind is StepKind.COURSE)
        return (*self.prerequisites, *inner)

    def step(self, key: str) -> Step | None:
        """Give the step with an id."""
        return next((step for step in self.steps if step.id == key), None)


def circle(slug: str, leads: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Give a way from a course back to itself; empty when there is none.

    Args:
        slug: The course.
        leads: By slug the courses that each cannot be completed without.
    """
    ways: list[tuple[str, ...]] = [(slug, each) for each in leads.get(slug, ())]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        if way[-1] == slug:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [(*way, each) for each in leads.get(way[-1], ())]
    return ()
