"""The pages of meetings, from the browser's side."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.courses.packs import ITEMS
from tests.courses.packs import OTHER
from tests.courses.packs import prepare_meeting
from tests.databases import statements
from tests.scenarios.live_plays import SLUG
from tests.scenarios.live_plays import the_cast
from tests.sites import PASSWORD
from tests.sites import Site
from tests.sites import post
from trainer.courses.models import MeetingRow
from trainer.kit import db

HIDDEN = re.compile(r'name="(once|based_on)"[^>]*value="([^"]*)"')
CHOSEN = re.compile(r'<option[^>]* selected[^>]* value="([^"]+)"')
MOST_QUESTIONS = {
    "/meetings/": 6,
    "/meetings/1": 12,
    "/meetings/1/show": 10,
    "/meetings/1/pack": 13,
    "/meetings/new?site=1&on=2026-11-23": 15,
}
"""Most statements of a page, login and frame included."""


@pytest.fixture
def boss(site: Site) -> FlaskClient:
    return browser(site, "boss")


@pytest.fixture
def prepared(engine: Engine) -> int:
    with db.writing(engine) as session:
        return prepare_meeting(session, the_cast(session))


def browser(site: Site, login: str) -> FlaskClient:
    client = site.app.test_client()
    form = {"login": login, "password": PASSWORD}
    assert post(client, "/people/login", form).status_code == 302
    return client


def filled(page: str, **more: str) -> dict[str, str]:
    first, second, third = ITEMS
    return {
        **dict(HIDDEN.findall(page)),
        "site": "1",
        "on": "2026-11-23",
        "scenario": SLUG,
        "told": "某某白跑一趟。",
        "asked": "先问什么？",
        "first": first,
        "second": second,
        "third": third,
        **more,
    }


def test_an_empty_list_says_what_to_do(boss: FlaskClient) -> None:
    page = boss.get("/meetings/").text
    assert "还没有例会" in page
    assert "/meetings/new" in page


def test_who_runs_no_site_is_told_so(site: Site) -> None:
    page = site.browser("supervisor").get("/meetings/").text
    assert "您的督导范围里没有网点" in page
    assert site.browser("supervisor").get("/meetings/new").status_code == 403
    assert site.browser("clerk").get("/meetings/").status_code == 403


def test_a_pack_is_suggested_and_prepared(
    site: Site, engine: Engine, boss: FlaskClient
) -> None:
    assert "城东管理部" in boss.get("/meetings/new").text
    page = boss.get("/meetings/new?site=1&on=2026-11-23").text
    assert set(CHOSEN.findall(page)) >= {OTHER, "meeting-items#one"}
    form = filled(page)
    for _ in range(2):
        answer = post(boss, "/meetings/new", form)
        assert answer.headers["Location"] == "/meetings/1"
    with db.reading(engine) as session:
        assert session.query(MeetingRow).count() == 1
    page = boss.get("/meetings/1").text
    for words in ("某某白跑一趟。", "先问什么？", "把one弄错了", "登记出席"):
        assert words in page
    assert "还没登记" in boss.get("/meetings/").text
    assert [e.verb for e in site.audited() if e.verb.startswith("meeting")] == [
        "meeting.prepared"
    ]


def test_what_is_wrong_is_said_and_the_form_kept(boss: FlaskClient) -> None:
    page = boss.get("/meetings/new?site=1&on=2026-11-23").text
    wrong = filled(page, told="某某\n他的卡 6222000000000000000", third=ITEMS[0])
    answer = post(boss, "/meetings/new", wrong)
    assert answer.status_code == 422
    told = html.unescape(answer.text)
    assert "第 2 行第 5 个字起的“622…”像是银行卡号" in told
    assert "请选三条不同的易错点" in told
    assert "他的卡 6222000000000000000</textarea>" in told


def test_a_day_without_texts_is_said(boss: FlaskClient) -> None:
    page = boss.get("/meetings/new?site=1&on=2025-01-01").text
    assert "凑不成一个例会包" in page


def test_a_site_of_another_is_not_there(boss: FlaskClient, prepared: int) -> None:
    assert prepared
    assert boss.get("/meetings/new?site=2&on=2026-11-23").status_code == 403
    answer = post(boss, "/meetings/new", {"site": "2"}, "/meetings/new")
    assert answer.status_code == 403


def test_a_pack_is_changed(boss: FlaskClient, prepared: int) -> None:
    page = boss.get(f"/meetings/{prepared}/pack").text
    assert "让他白跑一趟" in page
    form = filled(page, told="改过的案例")
    answer = post(boss, f"/meetings/{prepared}/pack", form)
    assert answer.headers["Location"] == f"/meetings/{prepared}"
    answer = post(boss, f"/meetings/{prepared}/pack", {**form, "told": "又改"})
    assert answer.status_code == 409
    assert "刚才有人改过" in answer.text


def test_the_wall_shows_one_thing_at_a_time_without_the_frame(
    boss: FlaskClient, prepared: int
) -> None:
    page = boss.get(f"/meetings/{prepared}/show").text
    assert page.count('class="slide') == 8
    assert "主菜单" not in page
    assert "我租着房呢" in page


def test_attendance_is_recorded_and_corrected(
    site: Site, engine: Engine, boss: FlaskClient, prepared: int
) -> None:
    with db.reading(engine) as session:
        cast = the_cast(session)
    page = f"/meetings/{prepared}"
    form = {"came": [cast.clerk.id, cast.friend.id], "seen": "0"}
    assert post(boss, f"{page}/attendance", form, page).status_code == 302
    assert "2 人出席" in boss.get(page).text
    assert "2 人" in boss.get("/meetings/").text
    stale = {"came": [cast.clerk.id], "seen": "0"}
    assert post(boss, f"{page}/attendance", stale, page).status_code == 409
    form = {**stale, "seen": "1"}
    assert post(boss, f"{page}/attendance", form, page).status_code == 302
    assert "1 人出席" in boss.get(page).text
    manager = site.browser("manager")
    assert "要更正，请联系登记的人" in manager.get(page).text
    answer = post(manager, f"{page}/attendance", {"seen": "2"}, page)
    assert answer.status_code == 403
    wrong = {"came": [cast.far.id], "seen": "2"}
    answer = post(boss, f"{page}/attendance", wrong, page)
    assert answer.status_code == 422
    verbs = [e.verb for e in site.audited() if e.verb.startswith("meeting.")]
    assert verbs == ["meeting.prepared", "meeting.attended", "meeting.corrected"]


@pytest.mark.parametrize("path", MOST_QUESTIONS)
def test_a_page_asks_the_database_only_so_often(
    engine: Engine, boss: FlaskClient, prepared: int, path: str
) -> None:
    assert prepared
    boss.get(path)
    with statements(engine) as asked:
        assert boss.get(path).status_code == 200
    assert len(asked) <= MOST_QUESTIONS[path]
