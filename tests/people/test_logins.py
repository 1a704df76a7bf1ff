"""Logins: begun, refused, braked, ended."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta

import pytest
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Engine
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import NOON
from tests.factories import SETUP
from tests.factories import make_actor
from tests.people.places import TODAY
from tests.people.places import make_places
from tests.people.places import make_secondment
from trainer.audit import queries as audit
from trainer.core.clock import start_of
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.kit import db
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Account
from trainer.people.domain.accounts import Person
from trainer.people.domain.logins import FAILURE_WINDOW
from trainer.people.domain.logins import IDLE
from trainer.people.domain.logins import LIFETIME
from trainer.people.domain.logins import MOST_FAILURES
from trainer.people.domain.logins import REMEMBERED
from trainer.people.domain.logins import LoginFailedError
from trainer.people.domain.logins import LoginRules
from trainer.people.domain.logins import OnlyAdministratorsError
from trainer.people.domain.logins import TooManyFailuresError
from trainer.people.domain.logins import TooManyFromAddressError
from trainer.people.domain.logins import UnusedAccountError
from trainer.people.domain.logins import Visit
from trainer.people.domain.logins import WorkOverError
from trainer.people.domain.roles import Role
from trainer.people.models import LoginBrakeRow
from trainer.people.service import accounts
from trainer.people.service import brake
from trainer.people.service import logins
from trainer.people.service import passwords

PASSWORD = "counter-2026"  # noqa: S105  (fictitious)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HOUR = timedelta(hours=1)


class CountingHasher:
    """Refuses every password and keeps what each check would have cost."""

    def __init__(self) -> None:
        self.costs: list[str] = []

    def verify(self, kept: str, _typed: str) -> bool:
        self.costs.append("$".join(kept.split("$")[:4]))
        raise VerifyMismatchError


@pytest.fixture
def person(session: Session) -> Person:
    return make_person(session)


def make_person(session: Session) -> Person:
    account = Account(login="w1", name="虚构", roles=frozenset({Role.CLERK}))
    return service.add_person(
        session, account, PASSWORD, by=SETUP, at=NOON, must_change=False
    )


def log_in(
    session: Session,
    password: str = PASSWORD,
    *,
    login: str = "w1",
    at: datetime = NOON,
    instead_of: str = "",
) -> str | TrainerError:
    checked = service.check_password(session, login, password)
    return service.log_in(session, checked, at=at, visit=Visit(instead_of=instead_of))


def token_of(outcome: str | TrainerError) -> str:
    assert isinstance(outcome, str)
    return outcome


@pytest.mark.usefixtures("person")
def test_unknown_wrong_and_closed_are_told_alike(session: Session) -> None:
    account = Account(
        login="gone", name="虚构", roles=frozenset({Role.CLERK}), active=False
    )
    service.add_person(session, account, PASSWORD, by=SETUP, at=NOON)
    told = {
        str(log_in(session, "wrong")),
        str(log_in(session, login="nobody")),
        str(log_in(session, login="gone")),
    }
    assert told == {str(LoginFailedError())}


def test_an_unknown_login_costs_one_hash_as_a_known_one_does(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work is counted, not timed: each attempt checks exactly one digest."""
    # The real ones: other tests make do with cheaper digests.
    monkeypatch.setattr(accounts, "HASHER", passwords.HASHER)
    monkeypatch.setattr(logins, "NOBODY", passwords.NOBODY)
    person = make_person(session)
    counting = CountingHasher()
    monkeypatch.setattr(passwords, "HASHER", counting)
    for login in (person.login, "nobody"):
        log_in(session, "wrong", login=login)
    assert counting.costs == ["$argon2id$v=19$m=19456,t=2,p=1"] * 2


@pytest.mark.parametrize("login", ["w1", "nobody"])
@pytest.mark.usefixtures("person")
def test_after_five_failures_a_login_waits(session: Session, login: str) -> None:
    told = [log_in(session, "wrong", login=login) for _ in range(MOST_FAILURES + 1)]
    assert [type(t) for t in told] == [LoginFailedError] * 5 + [TooManyFailuresError]
    late = NOON + FAILURE_WINDOW - SECOND
    assert isinstance(log_in(session, login=login, at=late), TooManyFailuresError)


@pytest.mark.usefixtures("person")
def test_the_wait_ends_and_trying_on_does_not_make_it_longer(session: Session) -> None:
    for minute in range(9):
        log_in(session, "wrong", at=NOON + timedelta(minutes=minute))
    assert isinstance(log_in(session, at=NOON + FAILURE_WINDOW), str)


@pytest.mark.usefixtures("person")
def test_the_right_password_forgets_the_failures(session: Session) -> None:
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            log_in(session, "wrong")
        assert isinstance(log_in(session), str)


@pytest.mark.usefixtures("person")
def test_failures_long_past_are_cleared_away(session: Session) -> None:
    for n in range(20):
        log_in(session, "wrong", login=f"nobody{n}")
    log_in(session, at=NOON + FAILURE_WINDOW)
    assert session.scalar(select(func.count()).select_from(LoginBrakeRow)) == 0


def test_thirty_guesses_at_once_get_five_answers(engine: Engine) -> None:
    def guess(_: int) -> bool:
        with db.writing(engine) as session:
            return brake.take(session, "w1", at=NOON)

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(guess, range(30)))
    assert sum(answers) == MOST_FAILURES


@pytest.mark.usefixtures("person")
def test_each_further_round_waits_longer_up_to_two_hours(session: Session) -> None:
    wrong, right = (
        service.check_password(session, "w1", typed) for typed in ("wrong", PASSWORD)
    )
    at, waited, told = NOON, [], ""
    for _ in range(7):
        for _ in range(MOST_FAILURES):
            failed = service.log_in(session, wrong, at=at)
            assert isinstance(failed, LoginFailedError)
        refused = service.log_in(session, right, at=at)
        assert isinstance(refused, TooManyFailuresError)
        waited.append(refused.wait // 60)
        told = refused.message
        at += timedelta(seconds=refused.wait)
        early = service.log_in(session, right, at=at - SECOND)
        assert isinstance(early, TooManyFailuresError)
    assert waited == [10, 20, 40, 80, 120, 120, 120]
    assert "120 分钟" in told


@pytest.mark.usefixtures("person")
def test_the_right_password_and_a_quiet_day_make_the_wait_short_again(
    session: Session,
) -> None:
    def waits_after_a_round(at: datetime) -> int:
        for _ in range(MOST_FAILURES):
            log_in(session, "wrong", at=at)
        refused = log_in(session, at=at)
        assert isinstance(refused, TooManyFailuresError)
        return refused.wait // 60

    assert waits_after_a_round(NOON) == 10
    assert waits_after_a_round(NOON + FAILURE_WINDOW) == 20
    assert waits_after_a_round(NOON + 2 * REMEMBERED) == 10
    assert isinstance(log_in(session, at=NOON + 3 * REMEMBERED), str)
    assert waits_after_a_round(NOON + 3 * REMEMBERED) == 10


@pytest.mark.usefixtures("person")
def test_somebody_elses_login_does_not_shorten_a_wait(session: Session) -> None:
    for _ in range(MOST_FAILURES):
        log_in(session, "wrong", login="target")
    later = NOON + FAILURE_WINDOW
    assert isinstance(log_in(session, at=later), str)
    for _ in range(MOST_FAILURES):
        log_in(session, "wrong", login="target", at=later)
    refused = log_in(session, "wrong", login="target", at=later)
    assert isinstance(refused, TooManyFailuresError)
    assert refused.wait == 20 * 60


def spray(session: Session, count: int, at: datetime = NOON) -> list[object]:
    """Try one password on many logins, from one address; give what came of each."""
    return [
        service.log_in(
            session,
            service.Checked(login=f"w{n}", person=None, kept="", matches=False),
            at=at,
            visit=Visit(address="10.0.0.9"),
            rules=FEW,
        )
        for n in range(count)
    ]


FEW = LoginRules(address_failures=20)


def from_address(session: Session, address: str, at: datetime) -> object:
    checked = service.check_password(session, "w1", PASSWORD)
    visit = Visit(address=address)
    return service.log_in(session, checked, at=at, visit=visit, rules=FEW)


@pytest.mark.usefixtures("person")
def test_an_address_that_tries_many_logins_waits(session: Session) -> None:
    told = [type(outcome) for outcome in spray(session, 22)]
    assert told == [LoginFailedError] * 20 + [TooManyFromAddressError] * 2
    refused = from_address(session, "10.0.0.9", NOON)
    assert isinstance(refused, TooManyFromAddressError)
    assert isinstance(from_address(session, "10.0.0.8", NOON), str)
    assert isinstance(from_address(session, "10.0.0.9", NOON + FAILURE_WINDOW), str)


@pytest.mark.usefixtures("person")
def test_who_may_not_ask_locks_nobody_out(session: Session) -> None:
    spray(session, 20)
    checked = service.check_password(session, "w1", "wrong")
    visit = Visit(address="10.0.0.9")
    for _ in range(MOST_FAILURES):
        service.log_in(session, checked, at=NOON, visit=visit, rules=FEW)
    assert isinstance(log_in(session), str)


@pytest.mark.usefixtures("person")
def test_a_window_full_of_right_passwords_is_never_told_to_wait(
    session: Session,
) -> None:
    checked = service.check_password(session, "w1", PASSWORD)
    visit = Visit(address="10.0.0.9")
    for _ in range(3 * FEW.address_failures):
        begun = service.log_in(session, checked, at=NOON, visit=visit, rules=FEW)
        assert isinstance(begun, str)
    assert len(spray(session, 20)) == 20
    assert isinstance(spray(session, 1)[0], TooManyFromAddressError)


def test_a_login_typed_like_an_address_counts_for_no_address(
    session: Session,
) -> None:
    for _ in range(MOST_FAILURES):
        log_in(session, "wrong", login="address 10.0.0.9")
    assert LoginFailedError in map(type, spray(session, 1))
    assert session.scalar(select(func.count()).select_from(LoginBrakeRow)) == 3


def test_thirty_sprays_at_once_get_twenty_answers(engine: Engine) -> None:
    def guess(_: int) -> bool:
        with db.writing(engine) as session:
            return brake.take_address(session, "10.0.0.9", at=NOON, most=20)

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(guess, range(30))) == 20


@pytest.mark.usefixtures("person")
def test_a_lock_is_audited_once_for_login_and_address(session: Session) -> None:
    visit = Visit(address="10.0.0.9")
    rules = LoginRules(address_failures=6)
    for _ in range(8):
        checked = service.check_password(session, "w1", "wrong")
        service.log_in(session, checked, at=NOON, visit=visit, rules=rules)
    for n in range(3):
        checked = service.check_password(session, f"n{n}", "wrong")
        service.log_in(session, checked, at=NOON, visit=visit, rules=rules)
    verbs = [entry.verb for entry in audit.entries(session)]
    assert verbs.count("login.locked") == 1
    assert verbs.count("login.address_locked") == 1
    assert verbs.count("login.refused") == 11


@pytest.mark.parametrize("days", [90, 0])
def test_an_account_nobody_uses_must_be_opened_again(
    session: Session, person: Person, days: int
) -> None:
    rules = LoginRules(unused_days=days)

    def at(day: int) -> object:
        checked = service.check_password(session, "w1", PASSWORD)
        moment = NOON + timedelta(days=day)
        return service.log_in(session, checked, at=moment, rules=rules)

    assert isinstance(at(89), str)
    assert isinstance(at(89 + 89), str)
    late = at(89 + 89 + 90)
    assert isinstance(late, UnusedAccountError if days else str)
    service.open_unused(session, person.id, by=SETUP, at=NOON + timedelta(days=270))
    assert isinstance(at(300), str)


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR])
def test_whose_last_secondment_has_ended_is_not_let_in(
    session: Session, person: Person, role: Role
) -> None:
    places = make_places(session)
    changed = replace(person.account(), roles=frozenset({role}))
    service.change_person(session, person.id, changed, by=SETUP, at=NOON)
    held = make_secondment(session, person, places).secondment

    def at(day: date) -> object:
        checked = service.check_password(session, "w1", PASSWORD)
        return service.log_in(session, checked, at=start_of(day) + 9 * HOUR)

    assert isinstance(at(TODAY), str)
    ends, again = TODAY + timedelta(days=3), TODAY + timedelta(days=9)
    service.end_secondment(session, held.id, ends, "期满", by=SETUP, at=NOON)
    assert isinstance(at(ends - timedelta(days=1)), str)
    stays = role is Role.ADMINISTRATOR
    assert isinstance(at(ends), str if stays else WorkOverError)
    make_secondment(session, person, places, begins_on=again)
    assert isinstance(at(ends), str)


def test_where_passwords_are_for_administrators_others_are_told_alike(
    session: Session, person: Person
) -> None:
    boss = Account(login="boss", name="虚构", roles=frozenset({Role.ADMINISTRATOR}))
    service.add_person(session, boss, PASSWORD, by=SETUP, at=NOON, must_change=False)
    rules = LoginRules(everybody=False)

    def tried(login: str, password: str) -> object:
        checked = service.check_password(session, login, password)
        return service.log_in(session, checked, at=NOON, rules=rules)

    told = {
        str(tried(*attempt))
        for attempt in (
            (person.login, PASSWORD),
            (person.login, "wrong"),
            ("nobody", "wrong"),
            ("boss", "wrong"),
        )
    }
    assert told == {str(OnlyAdministratorsError())}
    assert isinstance(tried("boss", PASSWORD), str)


def test_shorter_sessions_can_be_set(session: Session, person: Person) -> None:
    rules = LoginRules(idle=timedelta(minutes=5), lifetime=timedelta(hours=1))
    token = token_of(log_in(session))
    reader = person.actor()
    for at, there in ((NOON + 5 * MINUTE - SECOND, 1), (NOON + 5 * MINUTE, 0)):
        assert (queries.opened(session, token, at, rules) is not None) == there
        own = queries.own_logins(session, token, at, reader=reader, rules=rules)
        assert len(own) == there
    for minutes in range(4, 64, 4):
        service.note_use(session, token, at=NOON + timedelta(minutes=minutes))
    assert queries.opened(session, token, NOON + timedelta(hours=1), rules) is None


def test_one_of_ones_own_sessions_is_ended_and_nobody_elses(
    session: Session, person: Person
) -> None:
    token = token_of(log_in(session))
    own = queries.own_logins(session, token, NOON, reader=person.actor())[0]
    stranger = make_actor(999)
    with pytest.raises(NotFoundError):
        service.end_login(session, own.id, by=stranger, at=NOON)
    assert queries.opened(session, token, NOON) is not None
    service.end_login(session, own.id, by=person.actor(), at=NOON)
    assert queries.opened(session, token, NOON) is None
    with pytest.raises(NotFoundError):
        service.end_login(session, own.id, by=person.actor(), at=NOON)


def test_a_password_reset_lets_the_person_try_at_once(
    session: Session, person: Person
) -> None:
    for _ in range(MOST_FAILURES):
        log_in(session, "wrong")
    service.reset_password(session, person.id, "another-2026", by=SETUP, at=NOON)
    assert isinstance(log_in(session, "another-2026"), str)


def test_a_password_changed_after_the_check_does_not_open(
    session: Session, person: Person
) -> None:
    checked = service.check_password(session, "w1", PASSWORD)
    service.reset_password(session, person.id, "another-2026", by=SETUP, at=NOON)
    assert isinstance(service.log_in(session, checked, at=NOON), LoginFailedError)


@pytest.mark.usefixtures("person")
def test_each_login_has_its_own_token_and_ends_the_earlier_of_its_browser(
    session: Session,
) -> None:
    first = token_of(log_in(session))
    second = token_of(log_in(session, instead_of=first))
    assert first != second
    assert queries.opened(session, first, NOON) is None
    assert queries.opened(session, second, NOON) is not None


def test_the_table_keeps_no_token(session: Session, person: Person) -> None:
    token = token_of(log_in(session))
    assert queries.opened(session, queries.digest(token), NOON) is None
    own = queries.own_logins(session, token, NOON, reader=person.actor())
    assert [login.this for login in own] == [True]


@pytest.mark.usefixtures("person")
def test_a_session_idles_out_and_use_keeps_it(session: Session) -> None:
    token = token_of(log_in(session))
    used = NOON + IDLE - SECOND
    assert queries.opened(session, token, used) is not None
    assert queries.opened(session, token, NOON + IDLE) is None
    service.note_use(session, token, at=used)
    assert queries.opened(session, token, NOON + IDLE) is not None


@pytest.mark.usefixtures("person")
def test_a_session_ends_after_half_a_day_however_busy(session: Session) -> None:
    token = token_of(log_in(session))
    for minutes in range(10, 12 * 60 + 10, 10):
        service.note_use(session, token, at=NOON + timedelta(minutes=minutes))
    assert queries.opened(session, token, NOON + LIFETIME - SECOND) is not None
    assert queries.opened(session, token, NOON + LIFETIME) is None


def test_a_clock_that_jumps_back_does_not_end_sessions(
    session: Session, person: Person
) -> None:
    token = token_of(log_in(session))
    found = queries.opened(session, token, NOON - timedelta(hours=2))
    assert found is not None
    assert found.person == person


@pytest.mark.usefixtures("person")
def test_the_audit_keeps_logins_and_refusals(session: Session) -> None:
    log_in(session, "secret typed", login="typed into the wrong field")
    log_in(session, "wrong")
    service.log_out(session, token_of(log_in(session)), at=NOON)
    entries = audit.entries(session)[1:]
    assert [(entry.verb, entry.detail) for entry in entries] == [
        ("login.refused", "LoginFailedError"),
        ("login.refused", "LoginFailedError"),
        ("login.begun", ""),
        ("login.ended", ""),
    ]
    assert [entry.person > 0 for entry in entries] == [False, True, True, True]
    assert "typed" not in str(entries)
    assert "wrong field" not in str(entries)
