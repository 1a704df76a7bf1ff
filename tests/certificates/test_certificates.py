"""What a certificate rests on and what it is worth; codes and veiled names."""

from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime

import pytest

from trainer.certificates.domain.certificates import CODE_BYTES
from trainer.certificates.domain.certificates import Certificate
from trainer.certificates.domain.certificates import Ground
from trainer.certificates.domain.certificates import Kind
from trainer.certificates.domain.certificates import NoReasonError
from trainer.certificates.domain.certificates import State
from trainer.certificates.domain.certificates import code_of
from trainer.certificates.domain.certificates import course_state
from trainer.certificates.domain.certificates import in_groups
from trainer.certificates.domain.certificates import line_ground
from trainer.certificates.domain.certificates import line_state
from trainer.certificates.domain.certificates import must_give_reason
from trainer.certificates.domain.certificates import read_code
from trainer.certificates.domain.certificates import to_issue
from trainer.certificates.domain.certificates import worth
from trainer.certificates.domain.naming import veiled
from trainer.competence.domain.authorising import Act
from trainer.competence.domain.authorising import Authorisation
from trainer.competence.domain.authorising import Event
from trainer.competence.domain.authorising import State as Granted

TODAY = date(2026, 11, 22)
UNTIL = date(2027, 11, 22)
BOSS = 7


def event(act: Act, day: str = "2026-11-01", *, until: date | None = None) -> Event:
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return Event(act=act, by=BOSS, at=at, reason="", until=until)


def auth(state: Granted, *acts: Act) -> Authorisation:
    events = tuple(map(event, acts))
    return Authorisation(state=state, since=None, until=UNTIL, why="", events=events)


GROUND = Ground(
    person=1,
    kind=Kind.LINE,
    subject="withdraw",
    rests_on=1,
    until=UNTIL,
    approved_by=BOSS,
)


def test_a_certificate_rests_on_the_grant_and_names_who_gave_it() -> None:
    assert line_ground(1, "withdraw", auth(Granted.ALONE, Act.GRANTED)) == GROUND


def test_after_a_lapse_it_rests_on_that_so_there_is_a_new_one() -> None:
    back = auth(Granted.ALONE, Act.GRANTED, Act.LAPSED, Act.RETURNED)
    again = line_ground(1, "withdraw", back)
    assert again
    assert again.rests_on == 2
    not_noted_yet = auth(Granted.ALONE, Act.GRANTED, Act.LAPSED)
    assert line_ground(1, "withdraw", not_noted_yet) == again


@pytest.mark.parametrize("state", sorted(set(Granted) - {Granted.ALONE}))
def test_who_may_not_work_alone_gets_none(state: Granted) -> None:
    assert line_ground(1, "withdraw", auth(state, Act.GRANTED)) is None


@pytest.mark.parametrize(
    ("found", "worth"),
    [
        (auth(Granted.ALONE, Act.GRANTED), State.VALID),
        (auth(Granted.LAPSED, Act.GRANTED), State.LAPSED),
        (auth(Granted.LAPSED, Act.GRANTED, Act.LAPSED), State.LAPSED),
        (auth(Granted.ALONE, Act.GRANTED, Act.LAPSED, Act.RETURNED), State.LAPSED),
        (auth(Granted.SUSPENDED, Act.GRANTED, Act.SUSPENDED), State.SUSPENDED),
        (auth(Granted.ALONE, Act.GRANTED, Act.SUSPENDED, Act.RESTORED), State.VALID),
        (auth(Granted.REVOKED, Act.GRANTED, Act.REVOKED), State.REVOKED),
        (auth(Granted.ALONE, Act.GRANTED, Act.REVOKED, Act.GRANTED), State.REVOKED),
        (auth(Granted.LIMITED, Act.GRANTED, Act.LIMITED), State.REPLACED),
        (auth(Granted.EXPIRED, Act.GRANTED), State.EXPIRED),
        (auth(Granted.ALONE, Act.GRANTED, Act.OBJECTED, Act.ANSWERED), State.VALID),
    ],
)
def test_what_a_certificate_is_worth(found: Authorisation, worth: State) -> None:
    assert line_state(GROUND, found, TODAY) is worth


def test_it_ends_on_its_own_day() -> None:
    found = auth(Granted.ALONE, Act.GRANTED)
    assert line_state(GROUND, found, date(2027, 11, 21)) is State.VALID
    assert line_state(GROUND, found, UNTIL) is State.EXPIRED


def test_one_that_had_ended_before_the_next_was_granted_has_ended() -> None:
    events = (event(Act.GRANTED), event(Act.GRANTED, "2027-12-01"))
    found = Authorisation(
        state=Granted.ALONE, since=None, until=None, why="", events=events
    )
    assert line_state(GROUND, found, date(2027, 12, 2)) is State.EXPIRED


COURSE = Ground(
    person=1,
    kind=Kind.COURSE,
    subject="first-week",
    rests_on=date(2026, 11, 1).toordinal(),
    until=UNTIL,
)


@pytest.mark.parametrize(
    ("completed_on", "holds", "on", "worth"),
    [
        (date(2026, 11, 1), True, TODAY, State.VALID),
        (date(2026, 11, 1), False, TODAY, State.LAPSED),
        (date(2026, 11, 9), True, TODAY, State.REPLACED),
        (None, False, TODAY, State.LAPSED),
        (date(2026, 11, 1), True, UNTIL, State.EXPIRED),
    ],
)
def test_what_the_certificate_of_a_course_is_worth(
    completed_on: date | None, *, holds: bool, on: date, worth: State
) -> None:
    assert course_state(COURSE, completed_on, on, holds=holds) is worth


def paper(**more: object) -> Certificate:
    given = {
        "id": 1,
        "year": 2026,
        "serial": 123,
        "code": "A" * 26,
        "ground": GROUND,
        "name": "林小雨",
        "issued_on": TODAY,
        **more,
    }
    return Certificate(**given)  # type: ignore[arg-type]  # by name


def test_a_number_says_the_year_and_which_one() -> None:
    assert paper().number == "2026-000123"
    assert "A" * 26 not in repr(paper()), "a code is no word for a log"


def test_who_has_left_has_no_valid_certificate_and_a_revoked_one_stays_so() -> None:
    assert worth(paper(), State.VALID, has_left=False) is State.VALID
    assert worth(paper(), State.VALID, has_left=True) is State.LEFT
    assert worth(paper(), State.EXPIRED, has_left=True) is State.EXPIRED
    revoked = paper(revoked_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert worth(revoked, State.VALID, has_left=False) is State.REVOKED


def test_nobody_is_offered_what_he_has() -> None:
    other = Ground(person=1, kind=Kind.LINE, subject="loan", rests_on=1, until=None)
    assert to_issue([GROUND, other], [paper()]) == [other]


def test_codes_have_128_bits_and_survive_being_copied_by_hand() -> None:
    code = code_of(bytes(range(CODE_BYTES)))
    assert len(code) == 26
    written = in_groups(code)
    assert written.count("-") == 6
    assert read_code(f" {written.lower()} ") == code
    wrong = ("", "abc", code[:-1], f"{code}A", code.replace(code[0], "1"), "证" * 26)
    assert [*map(read_code, wrong)] == [None] * len(wrong)


def test_codes_differ_in_every_bit() -> None:
    chances = [bytes([n]) * CODE_BYTES for n in range(256)]
    assert len(set(map(code_of, chances))) == 256


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("林小雨", "林某"),
        ("欧阳雨", "欧阳某"),
        ("欧阳", "欧某"),
        ("李窗口（虚构）", "李某"),
        ("clerk（虚构）", "c***"),
        ("（虚构）", "某"),
    ],
)
def test_a_stranger_gets_the_family_name(name: str, shown: str) -> None:
    assert veiled(name) == shown


@pytest.mark.parametrize("reason", ["", "   ", "错了", "a b"])
def test_a_reason_says_something(reason: str) -> None:
    with pytest.raises(NoReasonError):
        must_give_reason(reason)
    assert must_give_reason("  印错了 名字\n") == "印错了 名字"
