"""Papers that were handed in, and who grades them, for tests of what comes after."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from datetime import timedelta

from sqlalchemy.orm import Session

from tests.quizzes.exams import MORNING
from tests.quizzes.exams import dice
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.actor import Scope
from trainer.quizzes import queries
from trainer.quizzes import service
from trainer.quizzes.domain.regrading import Asked
from trainer.quizzes.domain.taking import AskedItem
from trainer.quizzes.domain.taking import Save
from trainer.quizzes.models import PaperRow

EVERYBODY = Scope(everybody=True)
GRADER = Actor(
    9001, "主管", frozenset({Permission.READ, Permission.SUPERVISE}), scope=EVERYBODY
)
APPROVER = Actor(9002, "审批人", frozenset({Permission.READ, Permission.APPROVE}))
WORDS = "对不起，15 日内办结。"
"""What everybody writes who answers the essay."""


def hand_in(  # noqa: PLR0913  (each test names what it is about)
    session: Session,
    by: Actor,
    *,
    at: datetime = MORNING,
    slug: str = "first",
    wrong: Collection[str] = (),
    words: str = WORDS,
    seed: int = 1,
) -> int:
    """Take a quiz: everything right, but for some questions; give the attempt.

    ``words`` is the answer to an essay; without them it is left empty. ``seed`` decides
    what chance does.
    """
    row = service.begin(session, slug, by=by, at=at, dice=dice(seed))
    asked = queries.paper(session, row.id, at, reader=by).items
    items = queries.papers(session, [row.id])
    banks = queries.open_banks(session, {item.revision_id for item in items})
    for shown, item in zip(asked, items, strict=True):
        solution = queries.solution_of(item, banks[item.revision_id], shown)
        given = solution.answer if shown.type != "essay" else (words,)
        if item.item in wrong:
            given = mistaken(shown, given)
        command = Save(position=item.position, given=given, number=1, seconds=30)
        if any(given):
            moment = at + timedelta(minutes=1)
            service.save(session, row.id, command, by=by, at=moment)
    service.submit(session, row.id, by=by, at=at + timedelta(minutes=5))
    return row.id


def mistaken(shown: AskedItem, right: tuple[str, ...]) -> tuple[str, ...]:
    """Give an answer that is wrong."""
    if shown.face.blanks:
        return ("九",) * shown.face.blanks
    if not shown.face.choices:
        return ("-1",)
    if len(right) > 1:
        return right[::-1]
    return ("B",) if right == ("A",) else ("A",)


def item_of(session: Session, key: int, item: str) -> PaperRow:
    """Give a question of an attempt."""
    found = queries.papers(session, [key])
    return next(each for each in found if each.item == item)


def asked_in(session: Session, key: int, item: str) -> Asked:
    """Give a question of an attempt in its wording."""
    row = item_of(session, key, item)
    return Asked(row.bank, row.item, row.wording)
