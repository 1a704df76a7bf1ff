"""Playing by two: who may, the script, the marks, the facts, and what is shown."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.databases import Databases
from tests.databases import statements
from tests.factories import NOON
from tests.people.places import TODAY
from tests.people.places import make_person
from tests.scenarios.graphs import example
from tests.scenarios.live_plays import FULL
from tests.scenarios.live_plays import Cast
from tests.scenarios.live_plays import finish
from tests.scenarios.live_plays import planned
from tests.scenarios.live_plays import set_up
from tests.scenarios.live_plays import the_cast
from tests.scenarios.live_plays import with_cast
from trainer.core.actor import Actor
from trainer.core.anonymity import NotAnonymousError
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.evidence import queries as evidence
from trainer.evidence.domain import FactKind
from trainer.evidence.domain import standing
from trainer.people.domain.accounts import Person
from trainer.scenarios.domain.engine import NotOfferedError
from trainer.scenarios.domain.live import Judge
from trainer.scenarios.domain.live import Live
from trainer.scenarios.domain.live import LiveState
from trainer.scenarios.domain.live import Part
from trainer.scenarios.domain.live import Said
from trainer.scenarios.domain.live import Say
from trainer.scenarios.domain.live import entry
from trainer.scenarios.domain.live import score
from trainer.scenarios.domain.live import walk
from trainer.scenarios.domain.live_errors import CommentChangedError
from trainer.scenarios.domain.live_errors import LiveOverError
from trainer.scenarios.domain.live_errors import NobodyError
from trainer.scenarios.domain.live_errors import NothingSaidError
from trainer.scenarios.domain.live_errors import NothingTypedError
from trainer.scenarios.domain.live_errors import NotObserverError
from trainer.scenarios.domain.live_errors import OldScriptError
from trainer.scenarios.domain.live_errors import OutsiderError
from trainer.scenarios.domain.live_errors import ReasonMissingError
from trainer.scenarios.domain.live_errors import SamePersonError
from trainer.scenarios.domain.live_errors import UnmarkedError
from trainer.scenarios.domain.reading import parse
from trainer.scenarios.domain.scenario import RUBRIC
from trainer.scenarios.domain.scenario import Mark
from trainer.scenarios.models import LiveRow
from trainer.scenarios.queries import live as queries
from trainer.scenarios.queries import live_data
from trainer.scenarios.service import live
from trainer.scenarios.service import live_going

LATER = NOON + timedelta(hours=1)
NUMBER = "他的电话13800000000"
MOST_OF_A_LIST = 1
LEVELS = st.fixed_dictionaries(
    {mark.id: st.integers(0, len(mark.levels) - 1) for mark in RUBRIC}
)


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    engine = databases.fresh(with_cast)
    yield engine
    databases.drop(engine)


@pytest.fixture
def cast(session: Session) -> Cast:
    return the_cast(session)


@pytest.fixture
def row(session: Session, cast: Cast) -> LiveRow:
    return set_up(session, cast)


def seen(session: Session, key: int, person: Person) -> Live:
    return queries.live(session, key, TODAY, reader=person.actor())


def say(session: Session, row: LiveRow, cast: Cast, **more: object) -> None:
    command = Say(**more)  # type: ignore[arg-type]  # by name
    live_going.say(session, row.id, command, by=cast.friend.actor(), at=NOON)


def judge(session: Session, row: LiveRow, cast: Cast, **more: object) -> None:
    command = Judge(**{"marks": {}, **more})  # type: ignore[arg-type]  # by name
    live_going.judge(session, row.id, command, by=cast.trainer.actor(), at=NOON)


# The rules by themselves


@given(LEVELS)
def test_the_mark_is_the_share_of_the_highest_levels(marks: dict[str, int]) -> None:
    found = score(RUBRIC, marks)
    assert 0 <= found <= 1
    assert found == Fraction(sum(marks.values()), 8)


def test_lines_with_more_levels_weigh_more() -> None:
    long = Mark(id="a", competency="C1", name="甲", levels=("0", "1", "2", "3"))
    short = Mark(id="b", competency="C1", name="乙", levels=("0", "1"))
    assert score((long, short), {"a": 3, "b": 0}) == Fraction(3, 4)


def test_without_every_level_there_is_no_mark() -> None:
    with pytest.raises(UnmarkedError):
        score(RUBRIC, {"policy": 2})


@given(st.lists(st.integers(0, 3), max_size=8))
def test_a_script_sent_twice_is_the_script_sent_once(places: list[int]) -> None:
    scenario = parse(example()).scenario
    assert scenario
    said: list[Said] = []
    for place in places:
        note = "" if place else "说了别的"
        command = Say(number=len(said) + 1, place=place, note=note)
        try:
            made = entry(scenario, "spouse-home", said, command)
        except NotOfferedError:
            continue
        assert made
        said.append(made)
        assert entry(scenario, "spouse-home", said, command) is None
    steps = [each for each in said if each.choice]
    assert len(walk(scenario, "spouse-home", said).taken) == len(steps)


# Who may


def test_a_colleague_sets_it_up_and_the_case_is_drawn(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    found = seen(session, row.id, cast.friend)
    assert found.parts == {Part.CITIZEN}
    assert found.people[Part.CLERK] == cast.clerk.id
    assert found.case == "spouse-home"
    assert "租着" in found.told


def test_the_same_form_twice_is_one_play(session: Session, cast: Cast) -> None:
    first = set_up(session, cast)
    assert set_up(session, cast).id == first.id
    assert set_up(session, cast, once="b").id != first.id


def test_a_case_is_chosen_unless_the_clerk_chooses(
    session: Session, cast: Cast
) -> None:
    chosen = set_up(session, cast, case="no-home")
    assert chosen.situation == "no-home"
    command = planned(cast, case="no-home")
    own = live.set_up(
        session, command, by=cast.clerk.actor(), at=NOON, dice=lambda _: 1
    )
    assert own.situation == "spouse-home"
    with pytest.raises(NotFoundError):
        set_up(session, cast, case="no-such", once="c")


@pytest.mark.parametrize("observer", ["trainer", "boss", "beside"])
def test_who_looks_after_the_clerk_or_trains_beside_him_observes(
    session: Session, cast: Cast, observer: str
) -> None:
    assert cast
    assert set_up(session, cast, observer=observer).observer_id


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"observer": "rival"}, NotObserverError),
        ({"observer": "wu"}, NotObserverError),
        ({"observer": "nobody"}, NotObserverError),
        ({"observer": ""}, NotObserverError),
        ({"citizen": "lin"}, SamePersonError),
        ({"clerk": "trainer"}, NobodyError),
        ({"clerk": "far"}, NobodyError),
        ({"citizen": "far"}, NobodyError),
        ({"clerk": "nobody"}, NobodyError),
        ({"citizen": "beside"}, OutsiderError),
        ({"slug": "rent-withdrawal"}, NotFoundError),
        ({"slug": "no-such"}, NotFoundError),
    ],
)
def test_others_may_not(
    session: Session, cast: Cast, changed: dict[str, str], error: type[TrainerError]
) -> None:
    with pytest.raises(error):
        set_up(session, cast, **changed)


def test_a_clerk_is_no_observer_of_himself(session: Session, cast: Cast) -> None:
    with pytest.raises(SamePersonError):
        set_up(session, cast, observer=cast.clerk.login)


def test_a_supervisor_sets_it_up_for_others(session: Session, cast: Cast) -> None:
    command = planned(cast, citizen="beside", observer="beside")
    row = live.set_up(session, command, by=cast.boss.actor(), at=NOON, dice=lambda _: 0)
    assert row.citizen_id == row.observer_id == cast.mentor.id


def test_nobody_in_particular_sets_up_nothing(session: Session, cast: Cast) -> None:
    reader = Actor(0, "访客", cast.clerk.actor().permissions)
    with pytest.raises(DeniedError):
        live.set_up(session, planned(cast), by=reader, at=NOON, dice=lambda _: 0)


# The script


def test_the_script_goes_on_by_the_nearest_choice(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    say(session, row, cast, number=1, note="问我是不是本市户口")
    found = seen(session, row.id, cast.friend)
    assert found.walk.at == "hello"
    say(session, row, cast, number=2, place=2)
    found = seen(session, row.id, cast.friend)
    assert found.walk.at == "home"
    assert [each.note for each in found.said] == ["问我是不是本市户口", ""]


def test_a_form_sent_again_or_from_an_old_page_is_harmless(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    say(session, row, cast, number=1, place=2)
    say(session, row, cast, number=1, place=2)
    assert len(seen(session, row.id, cast.friend).said) == 1
    for old in ({"number": 1, "place": 1}, {"number": 3, "place": 1}, {"number": 0}):
        with pytest.raises(OldScriptError):
            say(session, row, cast, **old)


def test_the_last_entry_is_taken_back_once(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    by = cast.friend.actor()
    say(session, row, cast, number=1, place=1)
    live_going.take_back(session, row.id, 1, by=by)
    say(session, row, cast, number=2, place=2)
    live_going.take_back(session, row.id, 1, by=by)
    found = seen(session, row.id, cast.friend)
    assert [each.choice for each in found.walk.taken] == ["ask-home"]
    say(session, row, cast, number=3, place=3)
    for number in (2, 9):
        with pytest.raises(OldScriptError):
            live_going.take_back(session, row.id, number, by=by)


def test_a_note_needs_words_and_no_number_of_a_citizen(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    with pytest.raises(NothingTypedError):
        say(session, row, cast, number=1, note="  ")
    with pytest.raises(NotAnonymousError):
        say(session, row, cast, number=1, note=NUMBER)
    with pytest.raises(NotOfferedError):
        say(session, row, cast, number=1, place=9)


@pytest.mark.parametrize("who", ["clerk", "trainer", "boss", "mentor"])
def test_only_the_citizen_writes_the_script(
    session: Session, cast: Cast, row: LiveRow, who: str
) -> None:
    by = getattr(cast, who).actor()
    with pytest.raises(NotFoundError):
        live_going.say(session, row.id, Say(number=1, place=1), by=by, at=NOON)
    with pytest.raises(NotFoundError):
        queries.with_part(session, row.id, Part.CITIZEN, TODAY, reader=by)


# The marks


def test_marks_stay_until_they_are_changed(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    judge(session, row, cast, marks={"policy": 2})
    judge(session, row, cast, marks={"risk": 0})
    judge(session, row, cast, marks={"policy": 1})
    assert seen(session, row.id, cast.trainer).marks == {"policy": 1, "risk": 0}


@pytest.mark.parametrize("wrong", [{"no-such": 1}, {"policy": 3}, {"policy": -1}])
def test_there_is_no_such_level(
    session: Session, cast: Cast, row: LiveRow, wrong: dict[str, int]
) -> None:
    with pytest.raises(NotFoundError):
        judge(session, row, cast, marks=wrong)


def test_two_telephones_of_the_observer_lose_no_comment(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    judge(session, row, cast, comment="问得好")
    judge(session, row, cast, marks={"policy": 2})  # a page from before the comment
    assert seen(session, row.id, cast.trainer).comment == "问得好"
    with pytest.raises(CommentChangedError):
        judge(session, row, cast, comment="另一句")
    judge(session, row, cast, comment="另一句", was="问得好")
    judge(session, row, cast, comment="另一句", was="问得好")  # the same form again
    assert seen(session, row.id, cast.trainer).comment == "另一句"


def test_a_comment_holds_no_number_of_a_citizen(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    with pytest.raises(NotAnonymousError):
        judge(session, row, cast, comment=NUMBER)


def test_only_the_observer_marks(session: Session, cast: Cast, row: LiveRow) -> None:
    for person in (cast.clerk, cast.friend, cast.boss):
        with pytest.raises(NotFoundError):
            live_going.judge(
                session, row.id, Judge(marks=FULL), by=person.actor(), at=NOON
            )


# The end


def test_it_is_finished_when_both_agree(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    citizen, observer = cast.friend.actor(), cast.trainer.actor()
    with pytest.raises(NothingSaidError):
        live_going.agree(session, row.id, Part.CITIZEN, by=citizen, at=NOON)
    say(session, row, cast, number=1, place=2)
    assert not live_going.agree(session, row.id, Part.CITIZEN, by=citizen, at=NOON)
    with pytest.raises(UnmarkedError):
        live_going.agree(session, row.id, Part.OBSERVER, by=observer, at=NOON)
    judge(session, row, cast, marks={**FULL, "process": 1})
    assert live_going.agree(session, row.id, Part.OBSERVER, by=observer, at=LATER)
    assert live_going.agree(session, row.id, Part.OBSERVER, by=observer, at=LATER)
    found = seen(session, row.id, cast.clerk)
    assert (found.state, found.score) == (LiveState.FINISHED, Fraction(7, 8))
    assert found.ended_at == LATER


def test_one_thinks_better_of_it_while_the_other_has_not_agreed(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    citizen = cast.friend.actor()
    say(session, row, cast, number=1, place=2)
    live_going.agree(session, row.id, Part.CITIZEN, by=citizen, at=NOON)
    with pytest.raises(LiveOverError):
        say(session, row, cast, number=2, place=1)
    live_going.reconsider(session, row.id, Part.CITIZEN, by=citizen, at=NOON)
    live_going.reconsider(session, row.id, Part.CITIZEN, by=citizen, at=NOON)
    say(session, row, cast, number=2, place=3)
    assert not seen(session, row.id, cast.friend).walked


def test_what_is_finished_is_changed_no_more(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    finish(session, cast, row.id)
    citizen, observer = cast.friend.actor(), cast.trainer.actor()
    acts: tuple[Callable[[], object], ...] = (
        lambda: say(session, row, cast, number=3, note="再说一句"),
        lambda: live_going.take_back(session, row.id, 2, by=citizen),
        lambda: judge(session, row, cast, marks={"policy": 0}),
        lambda: live_going.reconsider(
            session, row.id, Part.OBSERVER, by=observer, at=NOON
        ),
        lambda: live.call_off(session, row.id, by=citizen, at=NOON),
    )
    for act in acts:
        with pytest.raises(LiveOverError):
            act()


def test_each_line_is_a_fact_about_the_clerk(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    finish(session, cast, row.id, at=LATER)
    found = evidence.facts(session, [cast.clerk.id], TODAY, reader=cast.clerk.actor())
    told = {fact.source: (fact.competency, fact.outcome) for fact in found}
    assert told == {
        f"live:{row.id}:policy": ("P1", 1.0),
        f"live:{row.id}:process": ("R1", 0.5),
        f"live:{row.id}:communication": ("C2", 1.0),
        f"live:{row.id}:risk": ("R4", 1.0),
    }
    assert {fact.kind for fact in found} == {FactKind.OBSERVATION}
    assert {fact.happened_at for fact in found} == {LATER}
    assert {fact.revision for fact in found} == {row.revision_id}


def test_a_result_that_is_void_takes_its_facts_back(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    finish(session, cast, row.id)
    reader = cast.clerk.actor()
    with pytest.raises(ReasonMissingError):
        live.void(session, row.id, "错", by=cast.boss.actor(), at=LATER)
    with pytest.raises(NotAnonymousError):
        live.void(session, row.id, NUMBER, by=cast.boss.actor(), at=LATER)
    for _ in range(2):
        live.void(session, row.id, "打错了人", by=cast.boss.actor(), at=LATER)
    facts = evidence.facts(session, [cast.clerk.id], TODAY, reader=reader)
    assert len(facts) == 8
    assert standing(facts) == []
    found = seen(session, row.id, cast.clerk)
    assert (found.state, found.void_reason) == (LiveState.VOIDED, "打错了人")


@pytest.mark.parametrize(
    ("who", "error"),
    [
        ("clerk", DeniedError),
        ("friend", DeniedError),
        ("mentor", NotFoundError),
        ("rival", NotFoundError),
    ],
)
def test_only_who_judges_makes_a_result_void(
    session: Session, cast: Cast, row: LiveRow, who: str, error: type[TrainerError]
) -> None:
    finish(session, cast, row.id)
    with pytest.raises(error):
        live.void(session, row.id, "我不服气", by=getattr(cast, who).actor(), at=LATER)


def test_what_is_open_is_called_off_and_counts_nothing(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    with pytest.raises(LiveOverError):
        live.void(session, row.id, "打错了人", by=cast.boss.actor(), at=NOON)
    say(session, row, cast, number=1, place=2)
    for _ in range(2):
        live.call_off(session, row.id, by=cast.clerk.actor(), at=NOON)
    with pytest.raises(LiveOverError):
        live_going.agree(session, row.id, Part.CITIZEN, by=cast.friend.actor(), at=NOON)
    reader = cast.clerk.actor()
    assert evidence.facts(session, [cast.clerk.id], TODAY, reader=reader) == []


# Who sees


def test_the_result_is_for_clerk_observer_and_who_looks_after_him(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    finish(session, cast, row.id)
    for person in (cast.clerk, cast.trainer, cast.boss):
        assert seen(session, row.id, person).shows_result
    assert not seen(session, row.id, cast.friend).shows_result
    for person in (cast.mentor, cast.rival, cast.far):
        with pytest.raises(NotFoundError):
            seen(session, row.id, person)


def test_lists_hold_ones_own_and_those_one_looks_after(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    finish(session, cast, row.id)
    other = set_up(session, cast, once="b")

    def own(person: Person) -> list[tuple[int, Fraction | None]]:
        found = queries.own_lives(session, reader=person.actor())
        return [(each.id, each.score) for each in found.items]

    def overseen(person: Person) -> list[int]:
        found = queries.overseen_lives(session, TODAY, reader=person.actor())
        return [each.id for each in found.items]

    assert own(cast.clerk) == [(other.id, None), (row.id, Fraction(7, 8))]
    assert own(cast.friend) == [(other.id, None), (row.id, None)]
    assert own(cast.far) == []
    assert overseen(cast.boss) == overseen(cast.trainer) == [other.id, row.id]
    for person in (cast.clerk, cast.mentor, cast.rival):
        assert overseen(person) == []


def test_a_list_asks_the_database_once_however_long_it_is(
    session: Session, cast: Cast
) -> None:
    for once in "abcdef":
        set_up(session, cast, once=once)
    with statements(session.get_bind()) as asked:  # type: ignore[arg-type]  # an engine
        found = queries.overseen_lives(session, TODAY, reader=cast.boss.actor())
    assert found.total == 6
    assert len(asked) == MOST_OF_A_LIST


def test_a_stranger_with_the_role_alone_looks_after_nobody(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    assert cast
    other = make_person(session, "other")
    assert queries.overseen_lives(session, TODAY, reader=other.actor()).total == 0
    with pytest.raises(NotFoundError):
        seen(session, row.id, other)


def test_ones_own_data_has_the_marks_for_the_clerk_alone(
    session: Session, cast: Cast, row: LiveRow
) -> None:
    finish(session, cast, row.id)
    played, marked, said = live_data.own_data(session, NOON, cast.clerk.actor())
    assert [row[2:4] + row[6:8] for row in played.rows] == [
        ("演窗口人员", "完成", "7/8", "先问了住房，很好")
    ]
    assert len(marked.rows) == 4
    assert [row[3] for row in said.rows] == ["ask-home", "explain"]
    played, marked, said = live_data.own_data(session, NOON, cast.friend.actor())
    assert [row[2:4] + row[6:8] for row in played.rows] == [("演群众", "完成", "", "")]
    assert (marked.rows, said.rows) == ((), ())
