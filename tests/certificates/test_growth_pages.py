"""The growth record: what was reached, for oneself and who looks after; taken away."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from tests.apps import NOW
from tests.certificates.papers import decide
from tests.certificates.papers import give_mentor
from tests.certificates.papers import issued
from tests.competence.offices import Desk
from tests.competence.offices import make_desk
from tests.sites import Site
from tests.sites import post
from trainer.audit.models import ExportRow
from trainer.certificates.queries.tasks import tasks
from trainer.competence.domain.authorising import Act
from trainer.kit import db

WHY = "交派出银行年度考核"


@pytest.fixture
def desk(site: Site) -> Desk:
    return make_desk(site)


def test_before_anything_was_reached_the_page_says_what_to_do(desk: Desk) -> None:
    page = desk.site.browser("editor").get("/growth").text
    assert "还没有证书" in page
    assert "还没有可记的" in page


def test_what_was_reached_stands_in_the_order_of_days(desk: Desk) -> None:
    decide(desk, Act.GRANTED)
    issued(desk)
    page = desk.site.browser("clerk").get("/growth").text
    steps = page.split('<ol class="growth">')[1].split("</ol>")[0]
    days = re.findall(r'datetime="([0-9-]+)"', steps)
    assert days == sorted(days, reverse=True)
    for said in ("到城东管理部任职", "提取：可独立办理", "编号 2026-000001"):
        assert said in steps


def test_no_weakness_stands_in_it(desk: Desk) -> None:
    decide(desk, Act.GRANTED)
    issued(desk)
    decide(desk, Act.SUSPENDED, 1)
    decide(desk, Act.REVOKED, 2)
    page = desk.site.browser("clerk").get("/growth").text
    steps = page.split('<ol class="growth">')[1].split("</ol>")[0]
    for never in ("暂停", "撤销", "失效", "2026-000001", "%"):
        assert never not in steps
    assert "已被撤销" in page, "the certificate itself says what it is worth"


def test_a_mentor_is_told_what_he_did_and_no_names(desk: Desk) -> None:
    with db.writing(desk.site.engine) as session:
        give_mentor(session, desk.east, desk.site.actors["mentor"].person)
    page = desk.site.browser("mentor").get("/growth").text
    steps = page.split('<ol class="growth">')[1].split("</ol>")[0]
    assert steps.count("在城东管理部带教一名同事") == 2
    assert "虚构" not in steps


def test_who_looks_after_somebody_sees_his_and_that_is_noted(desk: Desk) -> None:
    boss = desk.site.browser("supervisor")
    assert "clerk（虚构）的成长档案" in boss.get(f"/growth/{desk.east}").text
    assert f"/growth/{desk.east}" in boss.get(f"/people/{desk.east}").text
    assert boss.get(f"/growth/{desk.west}").status_code == 404
    admin = desk.site.browser("administrator")
    assert f"/growth/{desk.east}" not in admin.get(f"/people/{desk.east}").text
    looks = [e.object for e in desk.site.audited() if e.verb == "person.looked"]
    assert f"person/{desk.east}" in looks


@pytest.mark.parametrize("who", ["clerk", "supervisor"])
def test_it_is_taken_away_with_a_reason_that_is_kept(desk: Desk, who: str) -> None:
    decide(desk, Act.GRANTED)
    issued(desk)
    browser = desk.site.browser(who)
    path = f"/growth/{desk.east}/export"
    home = f"/growth/{desk.east}"
    answer = post(browser, path, {"why": "", "ending": "pdf"}, home)
    assert answer.status_code == 422
    answer = post(browser, path, {"why": WHY, "ending": "pdf"}, home)
    read = PdfReader(io.BytesIO(answer.data))
    words = re.sub(r"\s", "", "".join(page.extract_text() for page in read.pages))
    shown = browser.get(home).text.split('<ol class="growth">')[1].split("</ol>")[0]
    for step in re.findall(r"<li>(.*?)</li>", shown, re.DOTALL):
        told = re.sub(r"<[^>]+>|\s", "", step)
        assert told in words.replace("\u3000", "")
    assert f"{who}（虚构）于2026-11-2210:00导出，用途：{WHY}" in words
    answer = post(browser, path, {"why": WHY, "ending": "xlsx"}, home)
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet
    assert [cell.value for cell in sheet[1]] == ["日期", "事项", "内容"]
    with db.reading(desk.site.engine) as session:
        kept = session.scalars(select(ExportRow)).all()
    assert [(each.what, each.reason) for each in kept] == [("growth", WHY)] * 2
    assert {each.asked for each in kept} == {f"person={desk.east}"}


def test_nobody_takes_away_the_record_of_others(desk: Desk) -> None:
    for role, person in (("editor", desk.east), ("supervisor", desk.west)):
        browser = desk.site.browser(role)
        sent = {"why": WHY, "ending": "xlsx"}
        answer = post(browser, f"/growth/{person}/export", sent, "/growth")
        assert answer.status_code == 404


def test_one_is_told_thirty_days_before_a_certificate_ends(desk: Desk) -> None:
    decide(desk, Act.GRANTED, until=(NOW + timedelta(days=35)).date())
    key = issued(desk)
    people = [actor.person for actor in desk.site.actors.values()]
    with db.reading(desk.site.engine) as session:
        assert tasks(session, people, NOW) == []
        (task,) = tasks(session, people, NOW + timedelta(days=5))
        assert task.person == desk.east
        assert task.key == f"certificate/{key}"
        assert task.what == "请带教老师或主管续批“提取”"
        assert task.due == (NOW + timedelta(days=34)).date()
        assert task.told_on == (NOW + timedelta(days=5)).date()
        assert tasks(session, people, NOW + timedelta(days=40)) == []
    with db.reading(desk.site.engine) as session:
        endpoint = desk.site.app.url_map.bind("x").build(
            task.endpoint, dict(task.values)
        )
    assert endpoint.endswith(f"/certificates/{key}")


def test_own_data_tells_of_certificates(desk: Desk) -> None:
    decide(desk, Act.GRANTED)
    issued(desk)
    page = desk.site.browser("clerk").get("/people/me/data").text
    assert "我的证书" in page
    assert "2026-000001" in page
