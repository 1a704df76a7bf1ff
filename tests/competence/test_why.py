"""Why a figure is what it is: whoever it is of, on any day, the parts make it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.competence.worlds import MANAGER
from tests.competence.worlds import learned
from tests.competence.worlds import make_fact
from tests.competence.worlds import put_framework
from tests.competence.worlds import see
from tests.people.places import make_person
from tests.quizzes.published import BANK
from tests.quizzes.published import put_in_force
from tests.quizzes.published import put_rules
from trainer.competence import queries
from trainer.competence.queries import Why
from trainer.evidence.domain import Fact
from trainer.evidence.domain import FactKind

TODAY = date(2026, 12, 20)


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody, a day, and words that stand in what is told of him then."""

    login: str
    on: date
    words: tuple[str, ...]


CASES = (
    Case("newcomer", TODAY, ("还没有任何记录，先按一般同事来估",)),
    Case("able", date(2026, 10, 10), ("今天练过",)),
    Case("able", date(2026, 11, 30), ("比一般同事强", "天没有练")),
    Case("able", TODAY, ("规定变了", "新规定还没有考过")),
    Case("weak", date(2026, 10, 20), ("比一般同事弱",)),
    Case("returned", date(2026, 10, 20), ("次记录，比各项平均差",)),
    Case("elsewhere", date(2026, 10, 20), ("比一般同事强",)),
)


def answers(person: int, most: int, code: str = "P5", **more: object) -> list[Fact]:
    return [
        make_fact(
            person,
            f"2026-10-{n + 1:02}",
            f"x#{n}",
            competency=code,
            source=f"{code}/{person}/{n}",
            **more,
        )
        for n in range(most)
    ]


@pytest.fixture
def people(session: Session) -> dict[str, int]:
    put_framework(session)
    put_rules(session)
    bank = put_in_force(session, BANK)
    keys = {login: make_person(session, login).id for login in {c.login for c in CASES}}
    see(session, *learned(keys["able"], bank.id))
    see(session, *answers(keys["weak"], 12, outcome=0.0))
    see(session, *answers(keys["returned"], 12, "P1"))
    came_back = {"kind": FactKind.RETURNED_FILE, "outcome": 0.0}
    see(session, *answers(keys["returned"], 8, "P5", **came_back))
    see(session, *answers(keys["elsewhere"], 14, "C5"))
    return keys


def explained(session: Session, people: dict[str, int], case: Case, code: str) -> Why:
    key = people[case.login]
    return queries.why(session, key, code, case.on, TODAY, reader=MANAGER)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.login} {case.on}")
@pytest.mark.parametrize("code", ["P5", "P1", "C5"])
def test_the_parts_make_the_figure(
    session: Session, people: dict[str, int], case: Case, code: str
) -> None:
    found = explained(session, people, case, code)
    first, *rest = found.steps
    assert first.points is None
    total = first.total
    for step in rest:
        total += step.points or 0
        assert step.total == total
    assert total == found.standing.percent


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.login} {case.on}")
def test_each_is_told_what_concerns_him(
    session: Session, people: dict[str, int], case: Case
) -> None:
    told = "\n".join(s.words for s in explained(session, people, case, "P5").steps)
    for words in case.words:
        assert words in told
