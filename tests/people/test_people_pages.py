"""The list of people and the page of one, from the browser's side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta
from unittest import mock

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy import insert
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.databases import statements
from tests.factories import SETUP
from tests.people.offices import Office
from tests.people.offices import give
from tests.people.places import add_accounts
from tests.people.places import make_person
from tests.people.places import make_secondment
from tests.sites import TOKEN
from tests.sites import Site
from tests.sites import post
from trainer.audit import queries as audit
from trainer.core.actor import Scope
from trainer.kit import db
from trainer.kit.web import current
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.posts import Post
from trainer.people.domain.roles import Role
from trainer.people.domain.secondments import Arrangement
from trainer.people.models import SecondmentRow

LIST = "/people"
MOST_QUESTIONS = 6
MOST_OF_A_PERSON = 11
"""To the database, for one page; a person's page gathers what many lists hold."""


@pytest.fixture
def boss(site: Site, office: Office) -> FlaskClient:
    """The supervisor of the eastern office."""
    assert office
    return site.browser("supervisor")


def questions(engine: Engine, browser: FlaskClient, path: str) -> int:
    """Count what a page asks of the database."""
    with statements(engine) as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


def verbs(site: Site, verb: str) -> list[tuple[int, str, str]]:
    with db.reading(site.engine) as session:
        return [
            (entry.person, entry.object, entry.detail)
            for entry in audit.entries(session)
            if entry.verb == verb
        ]


def test_the_list_says_who_is_where(admin: FlaskClient) -> None:
    page = admin.get(LIST).text
    assert "共 10 人" in page
    for word in ("甲银行（虚构）", "城东管理部", "剩 9 天", "即将到期", "没有任职"):
        assert word in page


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        ("administrator", {"east", "west", "editor"}, set[str]()),
        ("manager", {"east", "west", "editor"}, set[str]()),
        ("supervisor", {"east", "supervisor"}, {"west", "editor"}),
        ("mentor", {"east", "mentor"}, {"west", "editor"}),
    ],
)
@pytest.mark.usefixtures("office")
def test_each_sees_his_own_people(
    site: Site, role: str, shown: set[str], hidden: set[str]
) -> None:
    page = site.browser(role).get(LIST).text
    for login in shown:
        assert f">{login}</td>" in page
    for login in hidden:
        assert f">{login}</td>" not in page


@pytest.mark.usefixtures("office")
def test_a_bank_sees_the_people_it_has_sent(site: Site, office: Office) -> None:
    scope = Scope(organisations=frozenset({office.places.other_bank}))
    with db.writing(site.engine) as session:
        give(session, site, "supervisor", scope=scope)
    page = site.browser("supervisor").get(LIST).text
    assert ">west</td>" in page
    assert ">east</td>" not in page


@pytest.mark.parametrize("role", ["clerk", "editor", "approver", "auditor"])
def test_who_looks_after_nobody_has_no_list(site: Site, role: str) -> None:
    browser = site.browser(role)
    assert browser.get(LIST).status_code == 403
    assert 'href="/people"' not in browser.get("/").text


def test_the_menu_leads_who_looks_after_people_to_the_list(boss: FlaskClient) -> None:
    page = boss.get("/").text
    assert 'href="/people"' in page
    assert "机构与网点" not in page


@pytest.mark.parametrize(
    ("asked", "shown", "hidden"),
    [
        ("q=EAS", "east", "west"),
        ("work=ending", "west", "east"),
        ("work=idle&role=editor", "editor", "east"),
        ("role=clerk&state=open", "east", "editor"),
        ("site={site}", "east", "west"),
        ("bank={bank}", "east", "west"),
    ],
)
def test_the_list_is_narrowed(
    admin: FlaskClient, office: Office, asked: str, shown: str, hidden: str
) -> None:
    asked = asked.format(site=office.places.site, bank=office.places.bank)
    page = admin.get(f"{LIST}?{asked}").text
    assert f">{shown}</td>" in page
    assert f">{hidden}</td>" not in page


@pytest.mark.parametrize("asked", ["q=%25", "q=_", "state=closed", "part=9"])
def test_a_list_without_matches_says_so(admin: FlaskClient, asked: str) -> None:
    page = admin.get(f"{LIST}?{asked}")
    assert page.status_code == 200
    assert "没有符合条件的人" in page.text


def test_nonsense_in_a_filter_narrows_nothing(admin: FlaskClient) -> None:
    asked = "role=x&state=y&work=z&site=99&bank=-1&part=-1"
    assert "共 10 人" in admin.get(f"{LIST}?{asked}").text


def test_many_people_come_in_parts_for_as_many_questions_as_few(
    site: Site, office: Office, admin: FlaskClient
) -> None:
    few = questions(site.engine, admin, LIST)
    with db.writing(site.engine) as session:
        fill(session, office)
    assert questions(site.engine, admin, LIST) == few <= MOST_QUESTIONS
    assert "第 1 页，共 2 页" in admin.get(LIST).text
    assert "w1059" in admin.get(f"{LIST}?part=2").text


def fill(session: Session, office: Office) -> None:
    """Add sixty people with work."""
    work = [
        {
            "person_id": key,
            "organisation_id": office.places.bank,
            "site_id": office.places.site,
            "begins_on": date(2026, 1, 1),
            "reason": "",
            "end_reason": "",
        }
        for key in add_accounts(session, 60)
    ]
    session.execute(insert(SecondmentRow), work)


def test_the_list_shows_present_work_before_coming_and_past(
    site: Site, office: Office, admin: FlaskClient
) -> None:
    key = office.east.secondment.id
    with db.writing(site.engine) as session:
        service.end_secondment(session, key, date(2027, 1, 1), "期满", by=SETUP, at=NOW)
        key = office.east.secondment.person
        make_secondment(
            session,
            queries.person(session, key, reader=SETUP),
            office.places,
            site=office.places.other_site,
            begins_on=date(2027, 1, 1),
            planned_to=date(2028, 1, 1),
        )
    page = admin.get(f"{LIST}?q=east").text
    assert "共 1 人" in page
    assert "<td>城东管理部</td>" in page
    assert "<td>城西管理部</td>" not in page


def test_a_page_tells_who_somebody_is(site: Site, office: Office) -> None:
    with db.writing(site.engine) as session:
        service.save_posts(session, [Post("loan-desk", "贷款业务科")], by=SETUP, at=NOW)
        held = {"posts": frozenset({"loan-desk"}), "phone": "13800001234"}
        give(session, site, "supervisor", **held)
    admin = site.browser("administrator")
    page = admin.get(office.east_page).text
    for word in ("甲银行（虚构）", "城东管理部", "2026-12-31", "mentor（虚构）"):
        assert word in page
    page = admin.get(f"/people/{site.actors['supervisor'].person}").text
    for word in ("主管", "城东管理部", "贷款业务科", "负责的内容（0 篇）"):
        assert word in page
    assert "138****1234" in page
    assert "13800001234" not in page


def test_a_mentor_has_trainees_and_a_successor_somebody_to_follow(
    site: Site, office: Office, admin: FlaskClient
) -> None:
    arranged = Arrangement(
        mentor=site.actors["mentor"].person,
        successor=office.west.secondment.person,
    )
    with db.writing(site.engine) as session:
        key = office.east.secondment.id
        service.arrange_secondment(session, key, arranged, by=SETUP, at=NOW)
    assert "在带的人" in admin.get(f"/people/{site.actors['mentor'].person}").text
    page = admin.get(office.west_page).text
    assert f'<a href="{office.east_page}">east（虚构）</a>（城东管理部' in page
    assert "在带的人" not in page


@pytest.mark.parametrize("role", ["supervisor", "mentor", "clerk", "editor"])
def test_a_foreign_person_and_a_missing_one_look_the_same(
    site: Site, office: Office, role: str
) -> None:
    browser = site.browser(role)
    foreign, missing = browser.get(office.west_page), browser.get("/people/9999")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    shown, own = (TOKEN.sub("", answer.text) for answer in (foreign, missing))
    assert shown == own.replace("/people/9999", office.west_page)
    phone = post(browser, f"{office.west_page}/phone", {}, "/people/me")
    assert phone.status_code == 404


def test_a_look_is_noted_once_an_hour(
    site: Site, office: Office, boss: FlaskClient
) -> None:
    looked = (
        site.actors["supervisor"].person,
        f"person/{office.east.secondment.person}",
    )
    boss.get(office.east_page)
    boss.get(office.east_page)
    assert verbs(site, "person.looked") == [(*looked, "")]
    site.browser("mentor").get(office.east_page)
    assert len(verbs(site, "person.looked")) == 2
    later = NOW + timedelta(minutes=61)
    site.app.extensions["clock"] = lambda: later
    site.browser("supervisor").get(office.east_page)
    assert len(verbs(site, "person.looked")) == 3


@pytest.mark.parametrize("page", ["accounts/{}", "accounts/{}/access", "{}/erase"])
def test_a_look_at_an_account_is_noted_too(
    site: Site, office: Office, admin: FlaskClient, page: str
) -> None:
    key = office.east.secondment.person
    assert admin.get(f"/people/{page.format(key)}").status_code == 200
    looked = (site.actors["administrator"].person, f"person/{key}", "")
    assert verbs(site, "person.looked") == [looked]


def test_ones_own_page_is_nobodys_business(site: Site, boss: FlaskClient) -> None:
    own = f"/people/{site.actors['supervisor'].person}"
    assert own in boss.get("/people/me").text
    assert boss.get(own).status_code == 200
    assert verbs(site, "person.looked") == []


def test_a_look_that_cannot_be_noted_is_not_given(
    office: Office, boss: FlaskClient
) -> None:
    with mock.patch.object(current, "writing", side_effect=RuntimeError):
        answer = boss.get(office.east_page)
    assert answer.status_code == 500
    assert "甲银行" not in answer.text


def test_a_number_is_shown_when_asked_for_and_each_time_noted(
    site: Site, office: Office
) -> None:
    with db.writing(site.engine) as session:
        person = make_person(session, "ring")
        make_secondment(session, person, office.places)
        account = replace(person.account(), phone="13800001234")
        service.change_person(session, person.id, account, by=SETUP, at=NOW)
    boss = site.browser("supervisor")
    page = f"/people/{person.id}"
    assert "13800001234" not in boss.get(page).text
    for _ in range(2):
        answer = post(boss, f"{page}/phone", {}, page)
        assert "13800001234" in answer.text
    noted = verbs(site, "person.looked")
    assert [detail for _, _, detail in noted] == ["", "phone", "phone"]


def test_a_page_asks_as_much_of_a_person_with_many_ties_as_of_one_with_few(
    site: Site, office: Office, admin: FlaskClient
) -> None:
    mentor = site.actors["mentor"].person
    path = f"/people/{mentor}"
    admin.get(path)  # the look is noted
    few = questions(site.engine, admin, path)
    with db.writing(site.engine) as session:
        for n in range(5):
            trained = Arrangement(mentor=mentor)
            person = make_person(session, f"t{n}", Role.CLERK)
            make_secondment(session, person, office.places, arrangement=trained)
    assert questions(site.engine, admin, path) == few <= MOST_OF_A_PERSON


@pytest.fixture
def lent(site: Site, office: Office) -> Site:
    """A supervisor of bank A, whose person is trained by somebody of bank B."""
    with db.writing(site.engine) as session:
        rival = office.west.secondment.person
        arranged = Arrangement(mentor=rival, successor=rival)
        key = office.east.secondment.id
        service.arrange_secondment(session, key, arranged, by=SETUP, at=NOW)
        account = queries.person(session, office.east.secondment.person, reader=SETUP)
        changed = replace(account.account(), phone="13800001234")
        service.change_person(session, account.id, changed, by=SETUP, at=NOW)
        scope = Scope(organisations=frozenset({office.places.bank}))
        give(session, site, "supervisor", scope=scope)
    return site


def test_a_bank_gets_the_agreed_fields_of_its_people_only(
    lent: Site, office: Office
) -> None:
    browser = lent.browser("supervisor")
    for path in (LIST, office.east_page):
        page = browser.get(path).text.partition("<main")[2]  # the menu has 带教
        assert "甲银行（虚构）" in page
        for word in ("west（虚构）", "带教", "接替", "窗口人员", "电话", "1234"):
            assert word not in page
    assert "没有符合条件的人" not in browser.get(f"{LIST}?role=mentor").text
    own = browser.get(f"/people/{lent.actors['supervisor'].person}").text
    assert "督导范围" in own


def test_a_bank_is_not_told_a_telephone_number_and_the_try_is_kept(
    lent: Site, office: Office
) -> None:
    browser = lent.browser("supervisor")
    answer = post(browser, f"{office.east_page}/phone", {}, "/people/me")
    assert answer.status_code == 403
    assert "13800001234" not in answer.text
    key = office.east.secondment.person
    supervisor = lent.actors["supervisor"].person
    assert verbs(lent, "access.refused") == [
        (supervisor, "route/people.phone", f"DeniedError {key}")
    ]
    assert verbs(lent, "person.looked") == []
