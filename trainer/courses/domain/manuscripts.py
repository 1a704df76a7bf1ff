"""From a course to what publishing takes: sections, citations, facets.

A step is a section, so that a new text of a course is compared, reviewed and judged
stale step by step. The facets hold the whole course: lists and progress of many people
need no text.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from trainer.core.wording import N_
from trainer.courses.domain.outline import COURSE
from trainer.courses.domain.outline import RULE_NAMES
from trainer.courses.domain.outline import STEP_NAMES
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import Rule
from trainer.courses.domain.outline import Step
from trainer.courses.domain.outline import StepKind
from trainer.publishing.domain.header import Header
from trainer.publishing.domain.manuscript import Citation
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.domain.manuscript import Section

WHOLE = ".course"
"""Id of the section with what the course says as a whole; no step's id has a dot."""

LEVEL = 2


def manuscript(head: Header, course: Course, text: str) -> Manuscript:
    """Turn a course into a manuscript."""
    return Manuscript(
        kind=COURSE,
        header=head,
        sections=tuple(_sections(course)),
        citations=tuple(_citations(course)),
        facets=kept(course),
        text=text,
    )


def kept(course: Course) -> dict[str, Any]:
    """Give the form in which publishing keeps a course."""
    return asdict(course)


def read_back(stored: Mapping[str, Any]) -> Course:
    """Read what :func:`kept` gave, also after it was JSON."""
    plural = ("lines", "posts", "competencies", "prerequisites")
    lists = {key: tuple(stored[key]) for key in plural}
    steps = tuple(_step(each) for each in stored["steps"])
    return Course(**{**stored, **lists, "steps": steps})


def course_in_words(course: Course) -> str:
    """Say in Markdown what a course says as a whole."""
    said = [
        course.about,
        N_("阶段：{code}", code=course.tier),
        N_("业务线：{codes}", codes=[*course.lines]),
        N_("岗位：{codes}", codes=[*course.posts]) if course.posts else "",
        N_("能力项：{codes}", codes=[*course.competencies])
        if course.competencies
        else "",
        N_("先学：{codes}", codes=[*course.prerequisites])
        if course.prerequisites
        else "",
        N_("有效 {n} 天", n=course.valid_days) if course.valid_days else "",
        N_("所引条款有实质变化时要补学") if course.expires_with_clauses else "",
    ]
    return "\n\n".join(str(words) for words in said if words)


def step_in_words(step: Step) -> str:
    """Say in Markdown what a step asks."""
    said = [
        N_("{kind}，约 {n} 分钟", kind=STEP_NAMES[step.kind], n=step.minutes),
        N_("内容：{address}", address=step.address) if step.target else "",
        step.about,
        N_("能力项：{codes}", codes=[*step.competencies]) if step.competencies else "",
        N_("要看到 {n} 次", n=step.count) if step.kind is StepKind.OBSERVED else "",
        N_("怎样算完成：{rule}", rule=RULE_NAMES[step.rule]),
    ]
    return "\n\n".join(str(words) for words in said if words)


def _sections(course: Course) -> Iterator[Section]:
    words = course_in_words(course)
    yield Section(WHOLE, LEVEL, "", N_("这门课"), words, 1)
    for number, step in enumerate(course.steps, start=1):
        label = N_("第{n}步", n=number)
        words = step_in_words(step)
        yield Section(step.id, LEVEL, label, step.title, words, step.line)


def _citations(course: Course) -> Iterator[Citation]:
    """Give what each step leads to, and the courses to complete before."""
    for slug in course.prerequisites:
        yield Citation(WHOLE, slug, "", 1, slug)
    for step in course.steps:
        if step.target:
            words = step.address
            yield Citation(step.id, step.target, step.section, step.line, words)


def _step(stored: Mapping[str, Any]) -> Step:
    told = {
        "kind": StepKind(stored["kind"]),
        "rule": Rule(stored["rule"]),
        "competencies": tuple(stored["competencies"]),
    }
    return Step(**{**stored, **told})
