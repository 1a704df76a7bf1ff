"""Who cannot log in, and what an administrator does about it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy import update

from tests.apps import NOW
from tests.commands import Terminal
from tests.databases import statements
from tests.factories import CLERK
from tests.factories import NOON
from tests.people.places import add_accounts
from tests.sites import PASSWORD
from tests.sites import Site
from tests.sites import make_site
from tests.sites import post
from trainer.core.errors import DeniedError
from trainer.kit import db
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.logins import MOST_FAILURES
from trainer.people.domain.logins import LoginRules
from trainer.people.models import PersonRow

LIST = "/people"
ACCOUNTS = "/people/accounts"
MOST_QUESTIONS = 6
LOGIN: dict[str, object] = {"login": "clerk", "password": PASSWORD}
LATE = NOW + timedelta(days=91)


@pytest.fixture
def admin(site: Site) -> FlaskClient:
    return site.browser("administrator")


def log_in(site: Site, login: str, password: str = PASSWORD) -> int:
    browser = site.app.test_client()
    form: dict[str, object] = {"login": login, "password": password}
    return post(browser, "/people/login", form).status_code


def lock(site: Site, login: str) -> None:
    assert [log_in(site, login, "wrong") for _ in range(MOST_FAILURES)] == [422] * 5
    assert log_in(site, login) == 429


def path_of(site: Site, role: str) -> str:
    return f"{ACCOUNTS}/{site.actors[role].person}"


def verbs(site: Site) -> list[str]:
    return [entry.verb for entry in site.audited()]


def test_a_lock_is_seen_and_released(site: Site, admin: FlaskClient) -> None:
    lock(site, "clerk")
    path = path_of(site, "clerk")
    assert "输错密码被锁" in admin.get(f"{LIST}?q=clerk").text
    assert path in admin.get(f"{ACCOUNTS}/barred").text
    assert "锁到 2026-11-22 10:10" in admin.get(f"{path}/access").text

    released = post(admin, f"{path}/release", {}, f"{path}/access")
    assert released.headers["Location"] == f"{path}/access"
    assert "锁到" not in admin.get(f"{path}/access").text
    assert "输错密码被锁" not in admin.get(f"{LIST}?q=clerk").text
    assert log_in(site, "clerk") == 302
    assert verbs(site).count("login.locked") == 1
    assert verbs(site).count("login.released") == 1


def test_an_address_that_is_locked_is_seen_and_released(
    engine: Engine, tmp_path: Path
) -> None:
    site = make_site(engine, tmp_path, address_failures=20)
    admin = site.browser("administrator")
    barred = f"{ACCOUNTS}/barred"
    assert "被锁的网络地址" not in admin.get(barred).text
    there = site.app.test_client()
    there.environ_base["REMOTE_ADDR"] = "10.0.0.9"
    form: dict[str, object] = {"password": "wrong"}
    for n in range(20):
        post(there, "/people/login", {**form, "login": f"w{n}"})
    assert "<strong>10.0.0.9</strong>" in admin.get(barred).text
    path, sent = f"{barred}/address", {"address": "10.0.0.9"}
    for told in ("已解除锁定，那里的人可以登录", "这个地址没有被锁"):
        post(admin, path, dict(sent), barred)
        assert told in admin.get(barred).text
    assert post(there, "/people/login", LOGIN).status_code == 302
    assert verbs(site).count("login.address_released") == 1


def test_a_lock_that_is_over_is_not_shown(site: Site, admin: FlaskClient) -> None:
    lock(site, "clerk")
    site.set_clock(NOW + timedelta(minutes=10))
    assert (
        "输错密码被锁的</h2>\n    <p class" not in admin.get(f"{ACCOUNTS}/barred").text
    )
    assert path_of(site, "clerk") not in admin.get(f"{ACCOUNTS}/barred").text


def test_an_unused_account_is_listed_and_opened_again(site: Site) -> None:
    site.set_clock(NOW + timedelta(days=60))
    assert log_in(site, "administrator") == 302
    site.set_clock(LATE)
    assert log_in(site, "clerk") == 422
    admin = site.browser("administrator")
    path = path_of(site, "clerk")
    assert "久未登录，已暂停" in admin.get(f"{LIST}?q=clerk").text
    page = admin.get(f"{ACCOUNTS}/barred").text
    assert "共 7 个" in page
    assert path in page
    assert "还没有登录过" in page

    post(admin, f"{path}/wake", {}, f"{path}/access")
    assert path not in admin.get(f"{ACCOUNTS}/barred").text
    assert log_in(site, "clerk") == 302
    assert verbs(site).count("account.unused_opened") == 1


def test_an_account_that_is_opened_after_closing_is_not_unused_at_once(
    site: Site,
) -> None:
    site.set_clock(NOW + timedelta(days=60))
    log_in(site, "administrator")
    site.set_clock(LATE)
    admin, path = site.browser("administrator"), path_of(site, "clerk")
    post(admin, f"{path}/close", {}, path)
    assert path not in admin.get(f"{ACCOUNTS}/barred").text
    post(admin, f"{path}/open", {}, path)
    assert log_in(site, "clerk") == 302


def test_many_unused_accounts_come_in_parts_for_as_many_questions(
    site: Site,
) -> None:
    site.set_clock(NOW + timedelta(days=60))
    log_in(site, "administrator")
    site.set_clock(LATE)
    admin = site.browser("administrator")

    def questions(path: str) -> int:
        with statements(site.engine) as asked:
            assert admin.get(path).status_code == 200
        return len(asked)

    barred, listed = questions(f"{ACCOUNTS}/barred"), questions(LIST)
    with db.writing(site.engine) as session:
        add_accounts(session, 60)
    assert questions(f"{ACCOUNTS}/barred") == barred <= MOST_QUESTIONS
    assert questions(LIST) == listed <= MOST_QUESTIONS
    page = admin.get(f"{ACCOUNTS}/barred").text
    assert "共 67 个" in page
    assert "第 1 页，共 2 页" in page
    assert "w1059" in admin.get(f"{ACCOUNTS}/barred?part=2").text


def test_the_pages_of_access_are_told_when_nothing_is_wrong(
    site: Site, admin: FlaskClient
) -> None:
    page = admin.get(f"{path_of(site, 'clerk')}/access").text
    assert "还没有登录过" in page
    assert "现在没有登录" in page
    assert "2027-05-21" in page  # the password ends
    assert "未绑定" in page
    assert admin.get(f"{ACCOUNTS}/barred").text.count("现在没有。") == 2
    assert admin.get(f"{ACCOUNTS}/999/access").status_code == 404


def test_all_sessions_of_a_person_are_ended(site: Site, admin: FlaskClient) -> None:
    here, there = site.browser("clerk"), site.browser("clerk")
    path = path_of(site, "clerk")
    assert "让此人全部退出" in admin.get(f"{path}/access").text
    post(admin, f"{path}/logins", {}, f"{path}/access")
    for browser in (here, there):
        assert browser.get("/people/me").status_code == 302
    assert admin.get("/people/me").status_code == 200
    assert [entry.detail for entry in site.audited()][-1] == "2"


def test_ones_own_sessions_say_where_and_are_ended_one_by_one(site: Site) -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36 Edg/120"
    there = site.app.test_client()
    there.environ_base |= {"HTTP_USER_AGENT": agent, "REMOTE_ADDR": "10.0.0.7"}
    form: dict[str, object] = {"login": "clerk", "password": PASSWORD}
    post(there, "/people/login", form)
    here = site.browser("clerk")
    page = here.get("/people/me").text
    assert "Windows 上的 Edge" in page
    assert "10.0.0.7" in page
    assert "本次登录" in page
    with db.reading(site.engine) as session:
        other = queries.own_logins(session, "", NOW, reader=site.actors["clerk"])[1]
    stranger = site.browser("editor")
    path = f"/people/me/logins/{other.id}"
    assert post(stranger, path, {}, "/people/me").status_code == 404
    assert there.get("/people/me").status_code == 200
    post(here, path, {}, "/people/me")
    assert there.get("/people/me").status_code == 302
    assert here.get("/people/me").status_code == 200
    assert post(here, path, {}, "/people/me").status_code == 404


def test_only_administrators_release_and_open(site: Site) -> None:
    key = site.actors["clerk"].person
    with db.writing(site.engine) as session:
        for act in (
            service.release_lock,
            service.open_unused,
            service.end_sessions,
            service.unbind,
        ):
            with pytest.raises(DeniedError):
                act(session, key, by=CLERK, at=NOON)
        with pytest.raises(DeniedError):
            service.release_address(session, "10.0.0.9", by=CLERK, at=NOON)
        with pytest.raises(DeniedError):
            queries.access(session, key, NOON, LoginRules(), reader=CLERK)
        with pytest.raises(DeniedError):
            queries.locked(session, NOON, reader=CLERK)
        with pytest.raises(DeniedError):
            queries.unused(session, NOON, LoginRules(), part=1, reader=CLERK)


def test_the_command_line_is_the_way_back_in(site: Site, terminal: Terminal) -> None:
    lock(site, "administrator")
    with db.writing(site.engine) as session:
        long_ago = NOW - timedelta(days=400)
        session.execute(update(PersonRow).values(used_at=long_ago))
    assert terminal.run("people", "unlock").exit_code == 2
    assert terminal.run("people", "unlock", "nobody").exit_code == 3
    done = terminal.run("people", "unlock", "administrator", "--address", "127.0.0.1")
    assert done.exit_code == 0, done.output
    assert log_in(site, "administrator") == 302
    assert {"login.released", "login.address_released"} <= set(verbs(site))
