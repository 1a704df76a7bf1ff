"""Whether courses of a pack lead to texts of the right kind, and not in a circle."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.core.document import Mistake
from trainer.courses.domain.manuscripts import read_back
from trainer.courses.domain.outline import COURSE
from trainer.courses.domain.sheets import Known as Leads
from trainer.courses.domain.sheets import findings
from trainer.library.domain.claims import Known
from trainer.publishing.domain.manuscript import Manuscript
from trainer.quizzes.domain import QUIZ
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.quiz import parse


def misled(
    slug: str, text: Manuscript, pack: Mapping[str, Manuscript], known: Known
) -> list[Mistake]:
    """Find what is wrong with where a course leads; nothing for other texts.

    Args:
        slug: Of the text.
        text: The text.
        pack: All texts of the pack, the latest of each, by slug.
        known: What the database holds; what it says is replaced by the pack.
    """
    if text.kind != COURSE:
        return []
    kinds = {**known.kinds, **{each: pack[each].kind for each in pack}}
    leads = {
        each: read_back(held.facets).leads_to
        for each, held in pack.items()
        if held.kind == COURSE
    }
    exams = frozenset(
        each
        for each, kind in kinds.items()
        if kind == QUIZ and (each not in pack or _is_exam(pack[each]))
    )
    course = read_back(text.facets)
    return [*findings(slug, course, Leads(kinds=kinds, exams=exams, leads=leads))]


def _is_exam(text: Manuscript) -> bool:
    quiz = parse(text.text).quiz
    return quiz is not None and quiz.mode is Mode.EXAM
