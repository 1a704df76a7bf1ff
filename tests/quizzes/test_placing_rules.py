"""Which questions a line has, when a test stops, and what it advises: pure rules."""

from __future__ import annotations

import pytest

from tests.quizzes.placements import BANK
from trainer.competence.domain.facets import Change
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.ledger import Part
from trainer.competence.domain.ledger import Trace
from trainer.competence.domain.placement import Candidate as Asking
from trainer.competence.domain.readying import Need
from trainer.competence.domain.records import Record
from trainer.competence.domain.records import Tally
from trainer.competence.domain.records import judge
from trainer.competence.domain.sitting import Advice
from trainer.competence.domain.sitting import Sitting
from trainer.competence.domain.sitting import advice
from trainer.competence.domain.sitting import sitting
from trainer.quizzes.domain.bank import parse
from trainer.quizzes.domain.drawing import Candidate
from trainer.quizzes.domain.listing import listed
from trainer.quizzes.domain.placing import Ending
from trainer.quizzes.domain.placing import Figure
from trainer.quizzes.domain.placing import kept
from trainer.quizzes.domain.placing import of_line
from trainer.quizzes.domain.placing import reached
from trainer.quizzes.domain.placing import read_back
from trainer.quizzes.domain.taking import line_of
from trainer.quizzes.domain.taking import quiz_of

CORE, GENERAL = Need(code="P5", core=True), Need(code="P1", core=False)


def pool() -> list[Candidate]:
    bank = parse(BANK).bank
    assert bank is not None
    return [Candidate("rent", listed(question)) for question in bank.questions]


def ids(line: str, *needs: Need) -> set[str]:
    return {each.question.id for each in of_line(pool(), needs, line)}


def test_a_line_has_its_own_questions_and_the_general_ones() -> None:
    own = {f"q{n}" for n in range(30)} | {"stale"}
    assert ids("withdraw", CORE) == own
    assert ids("withdraw", CORE, GENERAL) == own | {"g0", "g1", "g2"}
    assert ids("nowhere", CORE) == own  # whatever the questions are about
    assert ids("nowhere", GENERAL) == {"g0", "g1", "g2"}  # as there are no others
    assert ids("withdraw") == set()


def test_of_a_general_competency_those_about_the_line_come_alone() -> None:
    general = [Need(code="P5", core=False)]
    there = [each.question.topic for each in of_line(pool(), general, "withdraw")]
    assert set(there) == {"withdraw"}


def test_a_test_stops_when_precise_or_full_or_without_questions() -> None:
    assert reached(0.9, 1, is_left=True) is None
    assert reached(0.69, 1, is_left=True) is Ending.PRECISE
    assert reached(0.9, 24, is_left=True) is Ending.ITEMS
    assert reached(0.9, 1, is_left=False) is Ending.NOTHING


@pytest.mark.parametrize(
    ("mean", "expected"),
    [(3.0, Advice.SKIP), (0.0, Advice.UNSURE), (-3.0, Advice.LEARN)],
)
def test_what_is_advised_follows_from_the_probability(
    mean: float, expected: Advice
) -> None:
    there = sitting(Record(Ledger().newcomer()), [], judge(Ledger(), ()), 0.0)
    assert advice(there.standing("P5")) is Advice.UNASKED
    there.record.tallies["P5"] = Tally(count=1)
    there.record.person.general = Part(mean, 0.3)
    assert advice(there.standing("P5")) is expected


def test_a_changed_rule_is_learned_and_asked_as_its_facet() -> None:
    change = Change(
        competency="P5", since=5.0, items=frozenset({"rent#days"}), share=0.5
    )
    by = judge(Ledger(), (change,))
    record = Record(by.ledger.newcomer(), first={"P5": 1.0})
    record.tallies["P5"] = Tally(count=9)
    record.person.general = Part(4.0, 0.1)
    record.person.skills["P5"] = Trace(2.0, 0.1, 9, 6.0)
    record.person.skills[change.code] = Trace(-6.0, 0.1, 1, 6.0)
    there = Sitting(by, record, 6.0)
    assert advice(there.standing("P5")) is Advice.LEARN
    asked = Asking(item="rent#days", competency="P5")
    assert there.placed(asked, 2).competency == change.code
    other = Asking(item="rent#papers", competency="P5")
    assert there.placed(other, 2).competency == "P5"


def test_names_and_figures_are_read_back_as_they_were_kept() -> None:
    assert line_of(quiz_of("withdraw")) == "withdraw"
    assert line_of("@daily") == line_of("rent") == ""
    figure = Figure(
        code="P5", percent=72, low=60, high=83, advice=Advice.UNSURE, asked=3
    )
    assert read_back(kept([figure])) == (figure,)
