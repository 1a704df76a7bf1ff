"""From the text of a course to a draft; publishing does the rest."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.core import document
from trainer.core.document import Document
from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.courses.domain.manuscripts import manuscript
from trainer.courses.domain.outline import COURSE
from trainer.courses.domain.outline import Course
from trainer.courses.domain.parsing import parse
from trainer.kit import markup
from trainer.publishing.domain.vocabulary import Vocabulary
from trainer.publishing.domain.vocabulary import unknown_in_header
from trainer.publishing.domain.vocabulary import unregistered
from trainer.publishing.service import Prepared
from trainer.publishing.service.changing import Owned

EVERYTHING = Vocabulary()
"""No code is checked."""


def prepare(text: str, vocabulary: Vocabulary = EVERYTHING) -> Prepared:
    """Parse a course and make the safe HTML of its steps.

    Raises:
        MistakesError: the text has mistakes, each with its line.
        MarkupError: a step cannot be rendered within its limits.
    """
    read, parsed = document.parse(text), parse(text)
    wrong = unknown_in_header(read, vocabulary)
    if parsed.course:
        wrong += _unknown_codes(parsed.course, read, vocabulary)
    if parsed.header is None or parsed.course is None or wrong:
        raise MistakesError(sorted({*parsed.mistakes, *wrong}))
    made = manuscript(parsed.header, parsed.course, text)
    pages = markup.render([section.text for section in made.sections])
    html = {s.id: page for s, page in zip(made.sections, pages, strict=True)}
    return Prepared(manuscript=made, html=html)


OWN = Owned((COURSE,), prepare)
"""What the forms of courses change."""


def _unknown_codes(
    course: Course, read: Document, known: Vocabulary
) -> Iterator[Mistake]:
    """Find codes that nobody registered."""
    whole = (
        ("tier", known.tiers, (course.tier,)),
        ("lines", known.lines, course.lines),
        ("posts", known.posts, course.posts),
        ("competencies", known.competencies, course.competencies),
    )
    for name, codes, used in whole:
        for code in used:
            if codes and code not in codes:
                yield unregistered(name, code, read.body_line)
    for step in course.steps:
        for code in step.competencies:
            if known.competencies and code not in known.competencies:
                yield unregistered("competencies", code, step.line)
