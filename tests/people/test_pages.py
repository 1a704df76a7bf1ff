"""Pages of accounts, from the browser's side."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.factories import NOON
from tests.factories import SETUP
from tests.people.offices import make_office
from tests.sites import PASSWORD
from tests.sites import Site
from tests.sites import post
from trainer.core.actor import Scope
from trainer.kit import db
from trainer.people import queries
from trainer.people import service as people
from trainer.people.domain.posts import Post
from trainer.people.domain.roles import ROLE_HELP
from trainer.people.domain.roles import Role

LIST = "/people/accounts"
NEW: dict[str, object] = {
    "login": "w1001",
    "name": "陈窗口（虚构）",
    "roles": ["clerk"],
}
TOLD = re.compile(r"<output[^>]*>([^<]+)</output>")


@pytest.fixture
def admin(site: Site) -> FlaskClient:
    return site.browser("administrator")


def account_of(site: Site, role: str) -> str:
    return f"{LIST}/{site.actors[role].person}"


def log_in(site: Site, login: str, password: str) -> tuple[FlaskClient, int]:
    browser = site.app.test_client()
    data: dict[str, object] = {"login": login, "password": password}
    return browser, post(browser, "/people/login", data).status_code


def test_a_new_account_gets_a_first_password_told_once(
    site: Site, admin: FlaskClient
) -> None:
    answer = post(admin, LIST, NEW, f"{LIST}/new")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    password = TOLD.findall(answer.text)[0]
    assert password not in admin.get("/people?q=w1001").text

    browser, status = log_in(site, "w1001", password)
    assert status == 302
    assert browser.get("/").headers["Location"] == "/people/password"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"login": ""}, "请填写工号"),
        ({"login": "有空 格"}, "工号用 2 到 32 位"),
        ({"login": "w1\n"}, "工号用 2 到 32 位"),
        ({"login": "CLERK"}, "已有账号"),
        ({"name": ""}, "请填写姓名"),
        ({"roles": []}, "请至少选一个角色"),
        ({"roles": ["root"]}, "root"),
        ({"posts": ["nowhere"]}, "nowhere"),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(
    admin: FlaskClient, wrong: dict[str, object], sentence: str
) -> None:
    answer = post(admin, LIST, NEW | wrong, f"{LIST}/new")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "陈窗口" in answer.text or "name" in wrong


def test_one_box_is_needed_and_not_every_box(admin: FlaskClient) -> None:
    boxes = re.findall(
        r'<input[^>]*type="checkbox"[^>]*>', admin.get(f"{LIST}/new").text
    )
    assert len(boxes) >= 5
    assert not [box for box in boxes if "required" in box]


def test_an_account_is_changed(site: Site, admin: FlaskClient) -> None:
    path = account_of(site, "clerk")
    saved = post(admin, path, {"name": "新名字", "roles": ["editor", "clerk"]})
    assert saved.headers["Location"] == path
    page = admin.get("/people?role=editor").text
    assert "新名字" in page


def test_an_account_without_a_role_is_refused(site: Site, admin: FlaskClient) -> None:
    answer = post(admin, account_of(site, "clerk"), {"name": "新名字", "roles": []})
    assert answer.status_code == 422
    assert "新名字" in answer.text


def test_a_password_that_was_reset_opens_and_the_old_one_does_not(
    site: Site, admin: FlaskClient
) -> None:
    path = account_of(site, "clerk")
    answer = post(admin, f"{path}/password", {}, path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert log_in(site, "clerk", PASSWORD)[1] == 422
    assert log_in(site, "clerk", TOLD.findall(answer.text)[0])[1] == 302


def test_an_account_is_closed_and_opened_again(site: Site, admin: FlaskClient) -> None:
    path = account_of(site, "clerk")
    post(admin, f"{path}/close", {}, path)
    assert "已停用 clerk" in admin.get(path).text
    assert log_in(site, "clerk", PASSWORD)[1] == 422

    post(admin, f"{path}/open", {}, path)
    assert log_in(site, "clerk", PASSWORD)[1] == 302


def test_an_administrator_cannot_shut_himself_out(
    site: Site, admin: FlaskClient
) -> None:
    path = account_of(site, "administrator")
    assert "停用账号" not in admin.get(path).text
    closed = post(admin, f"{path}/close", {}, path)
    assert closed.status_code == 422
    assert "另一位管理员" in closed.text
    demoted = post(admin, path, {"name": "我", "roles": ["clerk"]})
    assert demoted.status_code == 422
    assert "另一位管理员" in demoted.text


@pytest.mark.parametrize("role", ["clerk", "supervisor", "editor", "approver"])
@pytest.mark.parametrize("path", ["/new", "/1", "/999"])
def test_only_administrators_see_accounts(site: Site, role: str, path: str) -> None:
    answer = site.browser(role).get(LIST + path)
    assert answer.status_code == 403
    assert "系统管理" in answer.text


def test_a_missing_account_is_missing(admin: FlaskClient) -> None:
    assert admin.get(f"{LIST}/999").status_code == 404


def test_ones_own_page_shows_roles_and_this_login(site: Site) -> None:
    page = site.browser("clerk").get("/people/me").text
    assert "窗口人员" in page
    assert "2026-11-22 10:00" in page
    assert "只有本次登录" in page


def test_other_sessions_end_and_this_one_stays(site: Site) -> None:
    here, there = site.browser("clerk"), site.browser("clerk")
    assert "其他电脑或浏览器" in here.get("/people/me").text
    answer = post(here, "/people/me/logins", {}, "/people/me")
    assert answer.headers["Location"] == "/people/me"
    assert "已让其他 1 处登录退出" in here.get("/people/me").text
    assert "/people/login" in there.get("/people/me").headers["Location"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"old": "wrong"}, "原密码不对"),
        ({"new": "short-1", "again": "short-1"}, "密码至少 10 位"),
        ({"new": "clerk-2026-x", "again": "clerk-2026-x"}, "不能含有工号"),
        ({"new": PASSWORD, "again": PASSWORD}, "和原密码一样"),
        ({"again": "another-2026"}, "两次输入的新密码不一样"),
        ({"old": ""}, "请填写原密码"),
    ],
)
def test_a_password_that_cannot_be_is_refused(
    site: Site, typed: dict[str, object], sentence: str
) -> None:
    right = {"old": PASSWORD, "new": "counter-2027", "again": "counter-2027"}
    answer = post(site.browser("clerk"), "/people/password", {**right, **typed})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_guessing_at_the_old_password_is_braked(site: Site) -> None:
    browser = site.browser("clerk")
    guess: dict[str, object] = {"old": "x", "new": "y", "again": "y"}
    statuses = [post(browser, "/people/password", guess).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]


def test_the_form_explains_each_role(admin: FlaskClient) -> None:
    page = admin.get(f"{LIST}/new").text
    assert set(ROLE_HELP) == set(Role)
    for sentence in ROLE_HELP.values():
        assert sentence in page


def test_scope_posts_deputies_and_phone_are_kept(
    site: Site, admin: FlaskClient
) -> None:
    office = make_office(site)
    with db.writing(site.engine) as session:
        desks = [Post("loan-desk", "贷款业务科"), Post("risk-desk", "风险管理科")]
        people.save_posts(session, desks, by=SETUP, at=NOON)
    path = account_of(site, "clerk")
    form: dict[str, object] = {
        "name": "陈主管（虚构）",
        "phone": "0571-12345678",
        "roles": ["supervisor"],
        "sites": [office.places.site],
        "organisations": [office.places.bank],
        "posts": ["loan-desk"],
        "deputies": ["risk-desk"],
    }
    assert post(admin, path, form).status_code == 302
    with db.reading(site.engine) as session:
        key = site.actors["clerk"].person
        account = queries.person(session, key, reader=SETUP).account()
    assert account.scope == Scope(
        sites=frozenset({office.places.site}),
        organisations=frozenset({office.places.bank}),
    )
    assert account.posts == {"loan-desk"}
    assert account.deputies == {"risk-desk"}
    assert account.phone == "0571-12345678"
    shown = admin.get(path).text
    assert shown.count("checked") == 5


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"phone": "call me"}, "电话用 6 到 20 位数字"),
        ({"sites": ["99"]}, "99"),
        ({"roles": ["auditor", "supervisor"]}, "不能自己审计自己"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    site: Site, admin: FlaskClient, wrong: dict[str, object], sentence: str
) -> None:
    answer = post(
        admin,
        account_of(site, "clerk"),
        {"name": "新名字", "roles": ["clerk"], **wrong},
    )
    assert answer.status_code == 422
    assert sentence in answer.text
