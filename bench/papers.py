"""Papers of fictitious people, so that the pictures of grading and analysis show some.

Forty sit a small exam about rent, each question harder than the one before; two more
have handed in an exam with essays, which wait to be graded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy.orm import Session

from bench.site import PASSWORD
from tests.factories import SETUP
from tests.quizzes.handed_in import hand_in
from tests.quizzes.published import QUIZ
from tests.quizzes.published import put_in_force
from trainer import settings
from trainer.core.actor import Actor
from trainer.core.clock import now
from trainer.kit import db
from trainer.people import queries
from trainer.people import service as people
from trainer.people.domain.accounts import Account
from trainer.people.domain.roles import Role

PEOPLE = 40
BANK = "rent-withdrawal-cases"
ITEMS = (
    "rent-share-after",
    "rent-share-before",
    "public-rental",
    "parents-home",
    "rent-materials-commercial",
    "spouse-home-elsewhere",
)
PLACES = "".join(f"  - {BANK}#{item}\n" for item in ITEMS)
EXAM = QUIZ.partition("minutes")[0].replace("上岗前测验", "租房提取随堂测验") + (
    f"minutes: 15\npass: 60\nshuffle: [options]\nquestions:\n{PLACES}"
)
WITH_ESSAYS = "ready-for-withdrawals"
WORDS = (
    "任先生，剩下的房款您打算怎么付？要是想用公积金贷款，先别急着提："
    "余额提走了，能贷的数可能变少。我把提和不提两种算给您看，您定了再办。"
)


def put_papers(data: Path) -> None:
    """Put the exam and the papers into a demo site."""
    with _session(data) as session:
        by = _person(session, "editor"), _person(session, "approver")
        put_in_force(session, EXAM, "rent-check", by=by, at=now())
        chance = Random(1)  # noqa: S311  (no secret)
        for number in range(PEOPLE):
            login, ability = f"p{number}", chance.random()
            wrong = [
                item
                for hard, item in enumerate(ITEMS)
                if chance.random() < (1 - ability) * (0.2 + 0.2 * hard)
            ]
            taker = _newcomer(session, login)
            hand_in(
                session, taker, at=now(), slug="rent-check", wrong=wrong, seed=number
            )
        for login in ("clerk", "mentor"):
            taker, at = _person(session, login), now() - timedelta(hours=20)
            hand_in(session, taker, at=at, slug=WITH_ESSAYS, words=WORDS)


@contextmanager
def _session(data: Path) -> Iterator[Session]:
    read = settings.load(data, environment={})
    engine = db.open_engine(read.database_url, read.secret_key)
    with db.writing(engine) as session:
        yield session
    engine.dispose()


def _person(session: Session, login: str) -> Actor:
    found = queries.person_by_login(session, login, reader=SETUP)
    assert found is not None
    return found.actor()


def _newcomer(session: Session, login: str) -> Actor:
    account = Account(login=login, name="答题人（虚构）", roles=frozenset({Role.CLERK}))
    people.add_person(session, account, PASSWORD, by=SETUP, at=now())
    return _person(session, login)
