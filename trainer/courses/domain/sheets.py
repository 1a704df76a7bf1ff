"""One text of a course for those who write and approve; what its author must know."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass

from trainer.checklists.domain import CHECKLIST
from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.courses.domain.outline import COURSE
from trainer.courses.domain.outline import STEP_NAMES
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import StepKind
from trainer.courses.domain.outline import circle
from trainer.publishing.domain.revision import Revision
from trainer.quizzes import domain as quizzes
from trainer.scenarios.domain import SCENARIO

STRUCTURED = frozenset({CHECKLIST, SCENARIO, *quizzes.KINDS, COURSE})
"""Kinds of texts that are no articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A text of a course.

    Attributes:
        revision: Which.
        course: The same, read.
        holds: Whether it is what learners see today.
        drafts: The texts of it that somebody works on.
        findings: What is wrong with it, though it may be saved.
        titles: What the texts are called that steps lead to, by slug.
        stale: Ids of the steps whose cited clause has changed since somebody looked.
    """

    revision: Revision
    course: Course
    holds: bool
    drafts: tuple[Revision, ...]
    findings: tuple[Mistake, ...]
    titles: Mapping[str, str]
    stale: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to lead to.

    Attributes:
        kinds: Kind of each text, by slug.
        exams: Slugs of the quizzes that are passed or failed; practices are not.
        leads: By slug of a course the courses it cannot be completed without.
    """

    kinds: Mapping[str, str]
    exams: frozenset[str]
    leads: Mapping[str, tuple[str, ...]]


def findings(slug: str, course: Course, known: Known) -> Iterator[Mistake]:
    """Find steps that lead to a text of another kind, and courses in a circle.

    What leads nowhere is found where citations are checked.
    """
    for step in course.steps:
        kind = known.kinds.get(step.target)
        if kind is not None and not _fits(step.kind, kind):
            told = N_(
                "“{title}”是{kind}，但“{target}”不是这一类内容；请改种类或换一篇",
                title=step.title,
                kind=STEP_NAMES[step.kind],
                target=step.target,
            )
            yield Mistake(step.line, told)
        elif step.kind is StepKind.QUIZ and kind and step.target not in known.exams:
            told = N_("“{target}”是练习，没有及格；请换一份考试", target=step.target)
            yield Mistake(step.line, told)
    for before in course.prerequisites:
        if known.kinds.get(before, COURSE) != COURSE:
            told = N_("先学的“{slug}”不是课程；请换一门", slug=before)
            yield Mistake(0, told)
    way = circle(slug, {**known.leads, slug: course.leads_to})
    if way:
        told = N_("课程互相要求，谁也学不完：{way}；请去掉其中一处", way=[*way])
        yield Mistake(0, told)


def _fits(step: StepKind, kind: str) -> bool:
    return kind not in STRUCTURED if step is StepKind.ARTICLE else kind == step.value
