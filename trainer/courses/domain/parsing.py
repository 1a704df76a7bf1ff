"""From the text of a course to its steps, or to mistakes with lines; and back.

Writing is canonical: reading what was written gives the same course. The header of a
text stays as its author wrote it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from trainer.core import document
from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.courses.domain.outline import COUNT
from trainer.courses.domain.outline import COURSE
from trainer.courses.domain.outline import DAYS
from trainer.courses.domain.outline import LONGEST_TITLE
from trainer.courses.domain.outline import MINUTES
from trainer.courses.domain.outline import MOST_STEPS
from trainer.courses.domain.outline import READING
from trainer.courses.domain.outline import RULES
from trainer.courses.domain.outline import TARGETED
from trainer.courses.domain.outline import VALID_DAYS
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import Step
from trainer.courses.domain.outline import StepKind
from trainer.publishing.domain import structured
from trainer.publishing.domain.header import Header
from trainer.topics.domain.outline import Record
from trainer.topics.domain.outline_text import Style
from trainer.topics.domain.outline_text import Written
from trainer.topics.domain.outline_text import dumped

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
TARGET = re.compile(rf"({SLUG})(?:#({SLUG}))?")

KEYS = (
    *("tier", "about", "lines", "posts", "competencies"),
    *("valid_days", "expires_with_clauses", "requires", "steps"),
)
STEP_KEYS = (
    *("id", "kind", "title", "about", "target"),
    *("competencies", "count", "minutes", "day", "rule"),
)

STYLE = Style(
    short=frozenset({"lines", "posts", "competencies", "requires"}),
    long=frozenset({"steps"}),
)

Body = dict[str, Written]
"""The keys of a course behind its header, as they are written; no empty ones."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """Outcome of parsing: header and course, or why there is none."""

    header: Header | None
    course: Course | None
    mistakes: tuple[Mistake, ...]


def parse(text: str) -> Parsed:
    """Parse the text of a course; never raises."""
    read, head, mistakes = structured.opened(text, COURSE)
    if not read.meta:
        return Parsed(None, None, tuple(mistakes))
    record = structured.mapped(read, KEYS)
    course = _course(head, record) if record.readable and head else None
    mistakes += record.mistakes
    if mistakes or course is None:
        return Parsed(None, None, tuple(sorted(set(mistakes))))
    return Parsed(head, course, ())


def with_body(text: str, body: Body) -> str:
    """Write what a course says behind its header anew; the header stays."""
    head = text.splitlines(keepends=True)[: document.parse(text).body_line - 1]
    return "".join((*head, dumped_body(body)))


def dumped_body(body: Body) -> str:
    """Write what a course says behind its header."""
    return dumped(body, STYLE)


def body_of(course: Course, line: str) -> Body:
    """Give a course as it is written.

    Args:
        course: The course.
        line: Code of the business line that its header names.
    """
    said: Body = {
        "tier": course.tier,
        "about": course.about,
        "lines": [] if course.lines == (line,) else [*course.lines],
        "posts": [*course.posts],
        "competencies": [*course.competencies],
        "valid_days": str(course.valid_days or ""),
        "expires_with_clauses": "true" if course.expires_with_clauses else "",
        "requires": [*course.prerequisites],
        "steps": [_step_body(step) for step in course.steps],
    }
    return {key: value for key, value in said.items() if value}


def _step_body(step: Step) -> Body:
    said: Body = {
        "id": step.id,
        "kind": step.kind.value,
        "title": step.title,
        "about": step.about,
        "target": step.address,
        "competencies": [*step.competencies],
        "count": str(step.count) if step.kind is StepKind.OBSERVED else "",
        "minutes": str(step.minutes),
        "day": str(step.day or ""),
        "rule": "" if step.rule is RULES[step.kind][0] else step.rule.value,
    }
    return {key: value for key, value in said.items() if value}


def _course(head: Header, record: Record) -> Course:
    ids: dict[str, int] = {}
    steps = tuple(_step(each, ids) for each in record.records("steps", STEP_KEYS))
    if len(steps) > MOST_STEPS:
        told = N_(
            "一门课最多 {most} 步；请拆成几门，再用学习路径串起来", most=MOST_STEPS
        )
        record.wrong(told, "steps")
    valid = record.whole("valid_days", VALID_DAYS) if record.has("valid_days") else None
    return Course(
        title=head.title,
        tier=record.text("tier"),
        about=record.text("about"),
        lines=_once(record, "lines") or (head.line,),
        posts=_once(record, "posts"),
        competencies=_once(record, "competencies"),
        valid_days=valid,
        expires_with_clauses=record.flag("expires_with_clauses"),
        prerequisites=_once(record, "requires", re.compile(SLUG)),
        steps=steps,
    )


def _step(record: Record, ids: dict[str, int]) -> Step:
    kind = record.choice("kind", tuple(StepKind), None)
    title = record.text("title")
    if len(title) > LONGEST_TITLE:
        told = N_("“title”超过 {most} 个字；请写短些", most=LONGEST_TITLE)
        record.wrong(told, "title")
    record.only(keys_of(kind))
    observed = kind is StepKind.OBSERVED
    target, section = _target(record, kind)
    return Step(
        id=record.code("id", ids),
        kind=kind,
        title=title,
        about=record.text("about", required=False),
        target=target,
        section=section,
        competencies=_once(record, "competencies", required=observed),
        count=record.whole("count", COUNT, 1) if observed else 1,
        minutes=record.whole("minutes", MINUTES),
        day=record.whole("day", DAYS) if record.has("day") else None,
        rule=record.choice("rule", RULES[kind], RULES[kind][0]),
        line=record.line,
    )


def keys_of(kind: StepKind) -> frozenset[str]:
    """Give the keys that a step of a kind may have."""
    unused = {
        *(() if kind in TARGETED else ("target",)),
        *(() if kind is StepKind.OBSERVED else ("count",)),
        *(("competencies",) if kind in {StepKind.SESSION, StepKind.COURSE} else ()),
    }
    return frozenset(STEP_KEYS) - unused


def _target(record: Record, kind: StepKind) -> tuple[str, str]:
    """Read where a step leads: slug, and section where one is meant."""
    if kind not in TARGETED:
        return "", ""
    words = record.text("target")
    parts = TARGET.fullmatch(words)
    if parts is None or (parts[2] and kind not in READING):
        if words:
            wanted = (
                N_("文章标识，或 文章标识#小节标识")
                if kind in READING
                else N_("那篇内容的标识")
            )
            told = N_("“{words}”应写作{wanted}", words=words, wanted=wanted)
            record.wrong(told, "target")
        return "", ""
    return parts[1], parts[2] or ""


def _once(
    record: Record,
    key: str,
    pattern: re.Pattern[str] | None = None,
    *,
    required: bool = False,
) -> tuple[str, ...]:
    """Read a list of codes, each named once."""
    found = [text.words for text in record.texts(key, required=required)]
    for words in found:
        if pattern and not pattern.fullmatch(words):
            told = N_(
                "“{words}”不是标识；标识由小写字母、数字和连字符组成", words=words
            )
            record.wrong(told, key)
    if len({*found}) < len(found):
        record.wrong(N_("“{key}”里有写了两次的；请保留一处", key=key), key)
    return tuple(dict.fromkeys(found))
