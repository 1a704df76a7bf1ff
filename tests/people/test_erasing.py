"""One's own data, erasing a person, and how long particulars are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.commands import Terminal
from tests.databases import statements
from tests.factories import CLERK
from tests.factories import NOON
from tests.factories import SETUP
from tests.people.offices import make_office
from tests.people.places import make_person
from tests.people.places import make_places
from tests.people.places import make_secondment
from tests.sites import Site
from tests.sites import post
from trainer.audit import queries as audit
from trainer.core.errors import DeniedError
from trainer.core.errors import TrainerError
from trainer.features import OWN_DATA
from trainer.kit import db
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Person
from trainer.people.domain.erasing import ErasedError
from trainer.people.domain.erasing import NotReadyError
from trainer.people.domain.erasing import Why
from trainer.people.domain.logins import Visit
from trainer.people.models import LoginRow
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentRow

YEAR = timedelta(days=365)
MOST_A_SOURCE = 4
"""Questions to the database, on average, for the data of one feature: accounts and
courses keep many tables, most of the others one or two."""


def closed(session: Session, person: Person, at: datetime = NOON) -> None:
    account = replace(person.account(), active=False)
    service.change_person(session, person.id, account, by=SETUP, at=at)


def somebody(session: Session, *, left: date = date(2026, 6, 1)) -> Person:
    """A person with everything that can be held, who has left and is closed."""
    person = make_person(session, "leaver-7")
    account = replace(person.account(), phone="13800001234")
    service.change_person(session, person.id, account, by=SETUP, at=NOON)
    checked = service.check_password(session, "leaver-7", "window-2026")
    service.log_in(session, checked, at=NOON, visit=Visit(address="10.0.0.7"))
    places = make_places(session)
    held = make_secondment(session, person, places, reason="因病替班")
    key = held.secondment.id
    service.end_secondment(session, key, left, "回家照顾老人", by=SETUP, at=NOON)
    closed(session, person)
    return person


def test_particulars_go_and_keys_stay(session: Session) -> None:
    person = somebody(session)
    service.erase_person(session, person.id, Why.ASKED, by=SETUP, at=NOON)
    row = session.get_one(PersonRow, person.id)
    session.refresh(row)
    assert (row.name, row.login) == ("已注销人员", f"erased-{person.id}")
    assert (row.phone, row.sso_subject, row.erased_at) == ("", None, NOON)
    work = session.scalars(select(SecondmentRow)).one()
    session.refresh(work)
    assert (work.person_id, work.reason, work.end_reason) == (person.id, "", "")
    assert (work.begins_on, work.ends_on) == (date(2026, 1, 1), date(2026, 6, 1))
    logins = session.scalars(select(LoginRow)).all()
    for login in logins:
        session.refresh(login)
    assert {(login.address, login.agent) for login in logins} == {("", "")}
    found = queries.person(session, person.id, reader=SETUP)
    assert (found.erased, found.roles, found.posts) == (True, frozenset(), frozenset())


def test_no_word_of_the_person_is_left_in_people(session: Session) -> None:
    person = somebody(session)
    service.erase_person(session, person.id, Why.ASKED, by=SETUP, at=NOON)
    session.flush()
    for row in (PersonRow, SecondmentRow, LoginRow):
        for values in session.execute(select(*row.__table__.columns)):
            told = str(tuple(values))
            assert "leaver-7" not in told
            for word in ("13800001234", "10.0.0.7", "因病", "老人"):
                assert word not in told


def test_it_is_audited_with_its_reason_and_no_name(session: Session) -> None:
    person = somebody(session)
    service.erase_person(session, person.id, Why.ASKED, by=SETUP, at=NOON)
    entry = audit.entries(session)[-1]
    assert (entry.verb, entry.object) == ("person.erased", f"person/{person.id}")
    assert entry.detail == "asked"


def test_who_works_or_can_log_in_is_not_erased(session: Session) -> None:
    places = make_places(session)
    person = make_person(session, "w1")
    with pytest.raises(NotReadyError, match="先停用"):
        service.erase_person(session, person.id, Why.ASKED, by=SETUP, at=NOON)
    make_secondment(session, person, places)
    closed(session, person)
    with pytest.raises(NotReadyError, match="先登记离开"):
        service.erase_person(session, person.id, Why.ASKED, by=SETUP, at=NOON)


def test_what_is_erased_cannot_come_back(session: Session) -> None:
    person = somebody(session)
    service.erase_person(session, person.id, Why.ASKED, by=SETUP, at=NOON)
    account = replace(person.account(), active=True)
    with pytest.raises(ErasedError):
        service.change_person(session, person.id, account, by=SETUP, at=NOON)
    with pytest.raises(ErasedError):
        service.reset_password(session, person.id, "counter-2026", by=SETUP, at=NOON)
    with pytest.raises(ErasedError):
        service.erase_person(session, person.id, Why.ASKED, by=SETUP, at=NOON)


def test_a_login_of_the_erased_cannot_be_taken(session: Session) -> None:
    with pytest.raises(TrainerError, match="工号用"):
        make_person(session, "Erased-9")


def test_only_administrators_erase(session: Session) -> None:
    with pytest.raises(DeniedError):
        service.erase_person(session, 1, Why.ASKED, by=CLERK, at=NOON)


@pytest.mark.parametrize(
    ("days", "over"),
    [(81, True), (82, True), (83, False)],
)
def test_the_time_counts_from_the_last_day_of_work(
    session: Session, days: int, *, over: bool
) -> None:
    """He left on 1 June and logged in last on that day; it is 22 August."""
    person = make_person(session, "w1")
    row = session.get_one(PersonRow, person.id)
    row.created_at = NOON - YEAR
    places = make_places(session)
    key = make_secondment(session, person, places).secondment.id
    left = date(2026, 6, 1)
    service.end_secondment(session, key, left, "期满", by=SETUP, at=NOON)
    closed(session, person)
    found = queries.kept_too_long(session, NOON, days=days, reader=SETUP)
    assert bool(found) is over


def test_open_accounts_late_logins_and_new_ones_are_kept(session: Session) -> None:
    person = somebody(session)
    assert queries.kept_too_long(session, NOON, days=1, reader=SETUP) == []
    later = NOON + timedelta(days=2)
    (found,) = queries.kept_too_long(session, later, days=1, reader=SETUP)
    assert found.id == person.id
    account = replace(person.account(), active=True)
    service.change_person(session, person.id, account, by=SETUP, at=NOON)
    assert queries.kept_too_long(session, later, days=1, reader=SETUP) == []


def test_the_command_lists_first_and_erases_then(terminal: Terminal) -> None:
    with db.writing(terminal.engine) as session:
        somebody(session)
        make_person(session, "w8")
        long_ago = datetime(2020, 1, 1, tzinfo=UTC)
        session.execute(update(PersonRow).values(created_at=long_ago))
        session.execute(update(LoginRow).values(seen_at=long_ago))
        session.execute(
            update(SecondmentRow).values(
                begins_on=date(2020, 1, 1), ends_on=date(2020, 6, 1)
            )
        )
    listed = terminal.run("people", "retire", "--dry-run")
    assert listed.exit_code == 0
    assert "leaver-7\tleaver-7（虚构）" in listed.stdout
    assert "将注销 1 人" in listed.stdout
    assert "已注销 1 人" in terminal.run("people", "retire").stdout
    assert "已注销 0 人" in terminal.run("people", "retire").stdout
    with db.reading(terminal.engine) as session:
        rows = queries.everybody(session, reader=SETUP)
        assert sorted(row.erased for row in rows) == [False, True]


@pytest.fixture
def admin(site: Site) -> FlaskClient:
    with db.writing(site.engine) as session:
        found = queries.person_by_login(session, "clerk", reader=SETUP)
        assert found is not None
        closed(session, found)
    return site.browser("administrator")


def test_erasing_takes_two_steps(site: Site, admin: FlaskClient) -> None:
    path = f"/people/{site.actors['clerk'].person}"
    assert "不能撤销" in admin.get(f"{path}/erase").text
    first = post(admin, f"{path}/erase", {"why": "asked", "step": "why"})
    assert first.status_code == 200
    assert "再输一次工号" in first.text
    assert "clerk（虚构）" in admin.get(path).text
    form = {"why": "asked", "step": "login", "login": "clerk"}
    assert post(admin, f"{path}/erase", form).headers["Location"] == path
    page = admin.get(path).text
    assert "已注销人员" in page
    assert "clerk（虚构）" not in page


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"why": "", "step": "why"}, "请选择原因"),
        ({"why": "bored", "step": "why"}, "原因"),
        ({"why": "asked", "step": "login", "login": "other"}, "和此人的工号不一样"),
        ({"why": "asked", "step": "login"}, "和此人的工号不一样"),
    ],
)
def test_a_step_that_is_not_whole_is_refused(
    site: Site, admin: FlaskClient, form: dict[str, object], sentence: str
) -> None:
    path = f"/people/{site.actors['clerk'].person}/erase"
    answer = post(admin, path, form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not queries_person(site).erased


def queries_person(site: Site) -> Person:
    with db.reading(site.engine) as session:
        key = site.actors["clerk"].person
        return queries.person(session, key, reader=SETUP)


def test_an_open_account_is_led_to_where_it_is_closed(
    site: Site, admin: FlaskClient
) -> None:
    path = f"/people/{site.actors['editor'].person}/erase"
    assert "去停用账号" in admin.get(path).text
    form = {"why": "asked", "step": "login", "login": "editor"}
    answer = post(admin, path, form)
    assert answer.status_code == 422
    assert "请先停用账号" in answer.text


def test_ones_own_data_is_one_page_and_one_file(site: Site) -> None:
    make_office(site)
    browser = site.browser("mentor")
    page = browser.get("/people/me/data").text
    for title in ("账号", "任职", "登录", "有误反馈", "搜索", "学习记录"):
        assert f">{title}</h2>" in page
    answer = browser.get("/people/me/data.json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.get_json()
    chapters = {chapter["title"]: chapter["rows"] for chapter in told["chapters"]}
    assert chapters["账号"][0]["工号"] == "mentor"
    assert len(chapters["登录"]) == 1
    assert "east" not in answer.text, "a trainee is somebody else"


def test_the_own_data_of_a_busy_person_take_as_many_questions(site: Site) -> None:
    browser = site.browser("clerk")

    def asked() -> int:
        with statements(site.engine) as seen:
            browser.get("/people/me/data")
        return len(seen)

    asked()  # the changes of policy are read once in the life of a process
    few = asked()
    for _ in range(3):
        site.browser("clerk")
    assert asked() == few <= MOST_A_SOURCE * len(OWN_DATA)
