"""A small exam, and somebody to take it, for tests that need a database."""

from __future__ import annotations

from datetime import UTC
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from tests.factories import SETUP
from tests.quizzes.published import QUIZ
from tests.quizzes.published import asked
from tests.quizzes.published import bank_of
from tests.quizzes.published import put_in_force
from tests.quizzes.published import put_rules
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.people import queries as people_queries
from trainer.people import service as people
from trainer.people.domain.accounts import Account
from trainer.people.domain.roles import Role
from trainer.quizzes.domain.answers import Dice

MORNING = datetime(2026, 10, 12, 1, tzinfo=UTC)
"""9:00 in the centre, 12 October 2026: the quiz holds, nothing in it is stale."""

CHOICES = """\
- id: which
  type: single
  competency: P6
  difficulty: 1
  asks: rule
  stem: 哪一样是 **必须** 带的？
  options:
    - {text: 身份证, correct: true}
    - {text: 户口簿, why: 不用带}
    - {text: 水费单}
  explanation: 只要身份证。
  cites: [rules#papers]
- id: ranks
  type: order
  competency: P6
  difficulty: 2
  asks: rule
  stem: 先做什么？
  items: [核验身份, 受理, 审核]
  explanation: 先核验。
  cites: [rules#papers]
- id: fee
  type: blanks
  competency: P6
  difficulty: 2
  asks: rule
  stem: 应在 {{1}} 日内办结，收费 {{2}} 元。
  blanks: [["15", 十五], ["0", 零]]
  explanation: 免费。
  cites: [rules#papers]
- id: say
  type: essay
  competency: C1
  difficulty: 2
  asks: rule
  stem: 怎么向李某解释？
  points:
    - {text: 先道歉, marks: 1}
    - {text: 讲清期限, marks: 2}
  explanation: 要说期限。
  cites: [rules#papers]
"""
ITEMS = ("days", "which", "ranks", "fee", "say")
BANK = bank_of(asked("days"), CHOICES)
RULES = "".join(f"  - rent#{item}\n" for item in ITEMS)
EXAM = QUIZ.partition("minutes")[0] + (
    f"minutes: 30\nattempts: 2\npass: 60\nquestions:\n{RULES}"
)
AUTOMATIC = EXAM.replace("  - rent#say\n", "")
"""The same without the question that a person grades."""


def put_exam(session: Session, text: str = EXAM, slug: str = "first") -> None:
    """Put the rules, the bank and an exam in force."""
    put_rules(session)
    put_in_force(session, BANK)
    put_in_force(session, text, slug)


def put_person(session: Session, login: str = "taker") -> Actor:
    """Make somebody who takes quizzes."""
    account = Account(login=login, name="答题人（虚构）", roles=frozenset({Role.CLERK}))
    people.add_person(session, account, "window-2026", by=SETUP, at=MORNING)
    found = people_queries.person_by_login(session, login, reader=SETUP)
    assert found is not None
    return Actor(found.id, found.name, frozenset({Permission.READ}))


def dice(seed: int = 1) -> Dice:
    """Give chance that is always the same."""
    return Random(seed).randrange  # noqa: S311  (no secret)
