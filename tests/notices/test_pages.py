"""Pages: the inbox works without a worker, and its number costs no question."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.apps import NOW
from tests.databases import statements
from tests.notices.told import make_notice
from tests.notices.told import make_task
from tests.notices.told import source_of
from tests.sites import Site
from tests.sites import post
from trainer.kit import db
from trainer.kit import jobs
from trainer.notices.domain.digesting import Kind

MOST_OF_THE_INBOX = 7
BADGE = re.compile(r'class="badge" aria-hidden="true">(\d+)')


@pytest.fixture
def clerk(site: Site) -> FlaskClient:
    return site.browser("clerk")


def person(site: Site, role: str = "clerk") -> int:
    return site.actors[role].person


def tell(site: Site, *keys: str, **more: object) -> None:
    with db.writing(site.engine) as session:
        for key in keys:
            make_notice(session, person(site), key, **more)  # type: ignore[arg-type]  # by name


def test_what_is_to_do_is_there_without_any_worker(
    site: Site, clerk: FlaskClient
) -> None:
    mine = make_task(person(site), due=NOW.date() - timedelta(days=1))
    others = make_task(person(site, "mentor"), what="别人的事")
    site.app.extensions["task_sources"] = (source_of(mine, others),)
    page = clerk.get("/notices").text
    assert "现在要做的（1）" in page
    assert "读“租房提取”的变化" in page
    assert "已经过了" in page
    assert "别人的事" not in page
    assert "还没有通知" in page


def test_nothing_to_do_has_a_way_back(clerk: FlaskClient) -> None:
    page = clerk.get("/notices").text
    assert "现在没有要做的" in page
    assert "回首页" in page


def test_the_number_in_the_bar_goes_with_what_is_seen(
    site: Site, clerk: FlaskClient
) -> None:
    tell(site, "a", "b", "c")
    page = clerk.get("/notices").text
    assert BADGE.findall(page) == ["3"]
    key = re.findall(r"/notices/(\d+)/seen", page)[0]
    post(clerk, f"/notices/{key}/seen", {}, page="/notices")
    assert BADGE.findall(clerk.get("/people/me").text) == ["2"]
    post(clerk, "/notices/seen", {}, page="/notices")
    assert BADGE.findall(clerk.get("/notices").text) == []
    assert BADGE.findall(site.browser("mentor").get("/notices").text) == []


def test_a_supervisor_reads_whose_task_is_late(site: Site) -> None:
    with db.writing(site.engine) as session:
        make_notice(
            session,
            person(site, "supervisor"),
            "1/duty/2/read",
            Kind.STAFF_LATE,
            about_id=person(site),
        )
    page = site.browser("supervisor").get("/notices").text
    assert "clerk（虚构）：读“租房提取”的变化" in page
    assert "所辖人员逾期" in page


def test_a_notice_is_said_in_the_language_of_its_reader(
    site: Site, clerk: FlaskClient
) -> None:
    tell(site, "a")
    token = {"language": "en", "back": "/notices"}
    post(clerk, "/display", token, page="/notices")
    page = clerk.get("/notices").text
    assert "Read what changed in “<span" in page
    assert "Mark as seen" in page


def test_questions_do_not_grow_with_notices(site: Site, clerk: FlaskClient) -> None:
    def asked() -> int:
        with statements(site.engine) as seen:
            clerk.get("/notices")
        return len(seen)

    asked()
    site.app.extensions["task_sources"] = ()
    tell(site, "a")
    few = asked()
    tell(site, *(f"b{n}" for n in range(30)))
    assert asked() == few <= MOST_OF_THE_INBOX


def test_typing_pays_nothing_for_the_number(site: Site, clerk: FlaskClient) -> None:
    tell(site, "a")
    with statements(site.engine) as seen:
        clerk.get("/search/live?q=租房")
    assert not [said for said in seen if "notice" in said]
    with statements(site.engine) as seen:
        clerk.get("/people/me")
    (counted,) = [said for said in seen if "notice" in said]
    assert "login.token_hash" in counted, "asked together with who it is"


def test_where_mail_goes_is_kept_or_refused_with_what_was_typed(
    site: Site, clerk: FlaskClient
) -> None:
    page = clerk.get("/notices/settings").text
    assert "还没有设置邮件服务器" in page
    wrong = post(
        clerk, "/notices/settings", {"address": "me at home", "wants_mail": "y"}
    )
    assert wrong.status_code == 422
    assert "邮箱地址不对" in wrong.text
    assert "me at home" in wrong.text
    empty = post(clerk, "/notices/settings", {"address": "", "wants_mail": "y"})
    assert "请先填邮箱" in empty.text
    post(clerk, "/notices/settings", {"address": "a@b.cn", "wants_mail": "y"})
    site.app.extensions["mails"] = True
    assert "同时发到 a@b.cn" in clerk.get("/notices").text
    post(clerk, "/notices/settings", {"address": "a@b.cn"})
    assert "您没有收邮件提醒" in clerk.get("/notices").text
    data = clerk.get("/people/me/data").text
    assert "a@b.cn" in data


def test_an_administrator_sees_that_nobody_works_and_has_jobs_done_again(
    engine: Engine, site: Site
) -> None:
    admin = site.browser("administrator")
    assert "后台没有人干活" in admin.get("/admin/jobs").text
    with db.writing(engine) as session:
        jobs.ask(session, "notices.digest", "2026-11-20", at=NOW)
    jobs.work(engine, {}, 1, lambda: NOW)
    page = admin.get("/admin/jobs").text
    assert "通知和邮件" in page
    assert "没有“notices.digest”这种任务" in page
    jobs.look(engine, [], at=NOW)
    assert "后台正常" in admin.get("/admin/jobs").text
    site.set_clock(NOW + timedelta(minutes=6))
    assert "后台没有人干活" in admin.get("/admin/jobs").text
    again = post(admin, "/admin/jobs/1/again", {}, page="/admin/jobs")
    assert again.status_code == 302
    assert [entry.verb for entry in site.audited()][-1] == "job.asked_again"


def test_holidays_are_saved_as_seen_and_mistakes_named_by_line(site: Site) -> None:
    first, second = site.browser("administrator"), site.browser("administrator")
    wrong = post(first, "/admin/calendar", {"days": "2099-01-01,放假", "based_on": ""})
    assert wrong.status_code == 422
    assert "第 1 行" in wrong.text
    days = {"days": "2099-01-01,休,例", "based_on": ""}
    assert post(first, "/admin/calendar", days).status_code == 302
    assert "2099-01-01,休,例" in first.get("/admin/calendar").text
    late = post(second, "/admin/calendar", {"days": "2099-01-02,休", "based_on": ""})
    assert late.status_code == 409
    assert "2099-01-02,休" in late.text
