"""Passwords renewed: history, expiry, and the warning before it."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.factories import NOON
from tests.factories import SETUP
from tests.sites import PASSWORD
from tests.sites import Site
from tests.sites import post
from trainer.audit import queries as audit
from trainer.core.errors import TrainerError
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Account
from trainer.people.domain.accounts import Person
from trainer.people.domain.logins import Hindrance
from trainer.people.domain.logins import LoginRules
from trainer.people.domain.logins import WrongPasswordError
from trainer.people.domain.passwords import REMEMBERED
from trainer.people.domain.passwords import UsedPasswordError
from trainer.people.domain.passwords import WeakPasswordError
from trainer.people.domain.roles import Role
from trainer.people.models import PastPasswordRow

FIRST = "counter-0"
DAY = timedelta(days=1)


@pytest.fixture
def person(session: Session) -> Person:
    account = Account(
        login="w1",
        name="曾丽（虚构）",
        roles=frozenset({Role.CLERK}),
        phone="13800001111",
    )
    return service.add_person(
        session, account, "counter-2020", by=SETUP, at=NOON, must_change=False
    )


def change(session: Session, person: Person, old: str, new: str) -> TrainerError | None:
    by = person.actor()
    checked = service.check_change(session, old, new, by=by)
    return service.change_password(session, checked, by=by, at=NOON)


def test_the_last_passwords_are_not_taken_again_and_older_ones_are(
    session: Session, person: Person
) -> None:
    used = [f"counter-202{n}" for n in range(REMEMBERED + 2)]
    for old, new in pairwise(used):
        assert change(session, person, old, new) is None
    now, oldest = used[-1], used[0]
    for again in used[1:-1]:
        assert isinstance(change(session, person, now, again), UsedPasswordError)
    assert "和原密码一样" in str(change(session, person, now, now))
    assert change(session, person, now, oldest) is None
    kept = session.scalar(select(func.count()).select_from(PastPasswordRow))
    assert kept == REMEMBERED


def test_a_reset_password_is_remembered_too(session: Session, person: Person) -> None:
    service.reset_password(session, person.id, "another-2026", by=SETUP, at=NOON)
    refusal = change(session, person, "another-2026", "counter-2020")
    assert isinstance(refusal, UsedPasswordError)


@pytest.mark.parametrize("new", ["zengli-2026", "x13800001111", "Gongjijin@2026"])
def test_name_number_and_the_commonest_are_refused(
    session: Session, person: Person, new: str
) -> None:
    refusal = change(session, person, "counter-2020", new)
    assert isinstance(refusal, WeakPasswordError)
    with pytest.raises(WeakPasswordError):
        service.reset_password(session, person.id, new, by=SETUP, at=NOON)


def test_a_wrong_old_password_tells_nothing_of_the_new_one(
    session: Session, person: Person
) -> None:
    checked = service.check_change(session, "wrong", "short", by=person.actor())
    assert (checked.matches, checked.refusal, checked.new) == (False, None, "")
    refusal = change(session, person, "wrong", "counter-2020")
    assert isinstance(refusal, WrongPasswordError)
    assert audit.entries(session)[-1].verb == "account.password_refused"


def test_a_password_reset_in_between_makes_a_change_fail(
    session: Session, person: Person
) -> None:
    by = person.actor()
    checked = service.check_change(session, "counter-2020", "counter-2027", by=by)
    service.reset_password(session, person.id, "another-2026", by=SETUP, at=NOON)
    refusal = service.change_password(session, checked, by=by, at=NOON)
    assert isinstance(refusal, WrongPasswordError)


def test_an_expired_password_opens_a_session_that_waits_for_a_new_one(
    session: Session, person: Person
) -> None:
    rules = LoginRules(password_days=30)
    at = NOON + 30 * DAY
    checked = service.check_password(session, person.login, "counter-2020")
    token = service.log_in(session, checked, at=at, rules=rules)
    assert isinstance(token, str)
    found = queries.opened(session, token, at, rules)
    assert found is not None
    assert found.hindrance is Hindrance.EXPIRED
    for days, hindrance in ((31, None), (0, None)):
        lasting = LoginRules(password_days=days)
        found = queries.opened(session, token, at, lasting)
        assert found is not None
        assert found.hindrance is hindrance


def log_in_at(site: Site, days: int) -> tuple[int, str, str]:
    """Log the clerk in after some days; give status, where to, and the next page."""
    site.set_clock(NOW + days * DAY)
    browser = site.app.test_client()
    form: dict[str, object] = {"login": "clerk", "password": PASSWORD}
    answer = post(browser, "/people/login", form)
    page = browser.get("/people/me")
    return answer.status_code, page.headers.get("Location", ""), page.text


def test_people_are_warned_for_two_weeks_and_then_led_to_the_form(site: Site) -> None:
    for days in (80, 160):
        assert "天到期" not in log_in_at(site, days)[2]
    assert "还有 14 天到期" in log_in_at(site, 166)[2]
    assert "今天到期" not in log_in_at(site, 179)[2]
    assert log_in_at(site, 180)[:2] == (302, "/people/password")
    browser = site.app.test_client()
    form: dict[str, object] = {"login": "clerk", "password": PASSWORD}
    post(browser, "/people/login", form)
    assert "您的密码已到期" in browser.get("/people/password").text
    new = {"old": PASSWORD, "new": "counter-2027", "again": "counter-2027"}
    changed = post(browser, "/people/password", dict(new))
    assert changed.headers["Location"] == "/people/login"
    post(browser, "/people/login", {**form, "password": new["new"]})
    page = browser.get("/people/me").text
    assert re.search(r"密码到期</dt><dd>2027-11-17", page)
