"""Pages of plans and of assigning: shown, refused, kept only as it was shown."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.apps import NOW
from tests.courses.assignments import RENT
from tests.courses.assignments import WEEK
from tests.courses.assignments import make_text
from tests.courses.assignments import put_courses
from tests.courses.assignments import put_rule
from tests.databases import statements
from tests.factories import SETUP
from tests.people.places import make_person
from tests.scenarios.live_plays import Cast
from tests.scenarios.live_plays import the_cast
from tests.sites import Site
from tests.sites import post
from tests.web.spreadsheets import cells
from trainer.core.clock import day_of
from trainer.courses.domain.audience import Audience
from trainer.courses.queries import plans
from trainer.kit import db
from trainer.people import service as people
from trainer.people.domain.secondments import Placement

TODAY = day_of(NOW)
HIDDEN = re.compile(r'name="(once|based_on|seal)"[^>]*value="([^"]*)"')
MOST_OF_A_PLAN = 22
MOST_OF_A_TEAM = 26
"""Statements, login and frame included."""


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """The people of meetings with two courses, and somebody who came yesterday."""
    with db.writing(engine) as session:
        put_courses(session)
        cast, new = the_cast(session), make_person(session, "newcomer")
        work = Placement(organisation=2, site=cast.site, begins_on=date(2026, 11, 21))
        people.send(session, new.id, work, by=SETUP, at=NOW)
    return engine


@pytest.fixture
def cast(engine: Engine) -> Cast:
    with db.reading(engine) as session:
        return the_cast(session)


@pytest.fixture
def boss(site: Site) -> FlaskClient:
    return site.browser("boss")


def hidden(page: str) -> dict[str, str]:
    """Give what a page remembers of itself."""
    return dict(HIDDEN.findall(page))


def typed(page: str, **more: object) -> dict[str, object]:
    """Give the form of a rule as a browser sends it."""
    return {
        **hidden(page),
        "name": "在岗复训",
        "courses": WEEK,
        "anchor": "arrival",
        "days": "30",
        "since": "2026-11-01",
        **more,
    }


def keys(engine: Engine, person: int) -> list[str]:
    with db.reading(engine) as session:
        return [task.key for task in plans.tasks(session, [person], NOW)]


def test_an_empty_plan_says_what_will_come(site: Site) -> None:
    assert "现在没有要学的课程" in site.browser("lin").get("/plan").text


def test_a_plan_says_why_until_when_and_what_comes_first(
    site: Site, engine: Engine
) -> None:
    with db.writing(engine) as session:
        put_rule(session, make_text(courses=frozenset({RENT, WEEK})))
        put_rule(session, make_text(name="补一次", since=TODAY))
    page = site.browser("lin").get("/plan").text
    assert "已经过期（2）" in page
    assert "因为：新派驻30天上岗（2026-01-31 前）、补一次（2026-12-22 前）" in page
    assert "先学完：新人第一周" in page
    assert "0／3 步" in page


def test_a_supervisor_assigns_to_who_came_lately(
    site: Site, engine: Engine, boss: FlaskClient
) -> None:
    page = boss.get("/plans/assign").text
    assert "newcomer（虚构）" in page
    assert "lin（虚构）" not in page, "he came long ago"
    (new,) = re.findall(r'name="people" value="(\d+)" checked', page)
    form = typed(page, people=new)
    answer = post(boss, "/plans/assign", form)
    assert "会影响 1 人" in answer.text
    assert "：其中 1 人刚到岗" in answer.text
    assert (
        "newcomer（虚构）（2026-11-21 到岗）：新人第一周 新派，最迟 2026-12-22"
        in answer.text
    )
    assert keys(engine, int(new)) == []
    seen = {**form, **hidden(answer.text), "do": "save"}
    for _ in range(2):
        answer = post(boss, "/plans/assign", seen)
        assert answer.headers["Location"] == "/plans/team"
    assert keys(engine, int(new)) == [f"course/{WEEK}"]
    page = boss.get("/plans/rules").text
    assert page.count("在岗复训") == 1
    assert "点名的 1 人" in page
    assert [e.verb for e in site.audited()][-1] == "assign_rule.made"


def test_nobody_is_assigned_to_without_a_look_at_what_happens(
    engine: Engine, boss: FlaskClient, cast: Cast
) -> None:
    page = boss.get("/plans/assign").text
    blind = typed(page, people=str(cast.clerk.id), do="save")
    answer = post(boss, "/plans/assign", blind)
    assert answer.status_code == 409
    assert "还没有保存" in answer.text
    assert "lin（虚构）" in answer.text
    assert keys(engine, cast.clerk.id) == []


def test_a_form_that_lacks_something_says_so_and_keeps_the_rest(
    boss: FlaskClient,
) -> None:
    page = boss.get("/plans/assign?since=2026-01-01").text
    wrong = {**typed(page, name=""), "courses": []}
    answer = post(boss, "/plans/assign", wrong)
    assert answer.status_code == 422
    for words in ("请起个名字", "请至少勾一门课程", "请至少勾一个人"):
        assert words in answer.text
    one = re.findall(r'name="people" value="(\d+)"', page)[0]
    late = typed(page, people=one, anchor="day")
    answer = post(boss, "/plans/assign", late)
    assert answer.status_code == 422
    assert "请填写是哪一天" in answer.text


def test_people_of_others_cannot_be_ticked(boss: FlaskClient, cast: Cast) -> None:
    page = boss.get("/plans/assign?since=2026-01-01").text
    assert "far（虚构）" not in page
    answer = post(boss, "/plans/assign", typed(page, people=str(cast.far.id)))
    assert answer.status_code == 422


def test_a_rule_is_shown_kept_changed_and_ended(
    site: Site, engine: Engine, cast: Cast
) -> None:
    editor = site.browser("editor")
    page = editor.get("/plans/rules/new").text
    form = typed(page, sites=str(cast.site))
    answer = post(editor, "/plans/rules/new", form)
    assert "会影响 4 人</strong>：其中 1 人刚到岗" in answer.text
    assert "lin（虚构）" not in answer.text, "an editor looks after nobody"
    seen = {**form, **hidden(answer.text), "do": "save"}
    assert post(editor, "/plans/rules/new", seen).headers["Location"] == "/plans/rules"
    assert keys(engine, cast.clerk.id) == [f"course/{WEEK}"]

    page = editor.get("/plans/rules/1").text
    form = typed(page, sites=str(cast.other_site), tiers="onboarding")
    answer = post(editor, "/plans/rules/1", form)
    assert "多出 1 门次，去掉 4 门次" in answer.text
    changed = {**form, **hidden(answer.text), "do": "save"}
    assert post(editor, "/plans/rules/1", changed).status_code == 302
    assert keys(engine, cast.clerk.id) == []
    assert post(editor, "/plans/rules/1", changed).status_code == 409

    page = editor.get("/plans/rules/1/end").text
    assert "去掉 1 门次" in page
    answer = post(editor, "/plans/rules/1/end", hidden(page))
    assert answer.headers["Location"] == "/plans/rules"
    assert keys(engine, cast.far.id) == []
    assert "已经停用" in editor.get("/plans/rules").text
    verbs = [e.verb for e in site.audited() if e.verb.startswith("assign_rule")]
    assert verbs == ["assign_rule.made", *["assign_rule.changed"] * 2]


def test_the_day_of_a_policy_is_found_by_its_address(site: Site, cast: Cast) -> None:
    editor = site.browser("editor")
    page = editor.get("/plans/rules/new").text
    term = {"anchor": "effective", "days": "-3", "sites": str(cast.site)}
    for policy, status, words in (
        ("http://x/articles/rent-withdrawal?on=2026-01-01", 200, "会影响 4 人"),
        ("no-such-policy", 422, "没有这篇内容"),
        ("", 422, "请选按哪篇政策的施行日算期限"),
    ):
        form = typed(page, **term, policy=policy)
        answer = post(editor, "/plans/rules/new", form)
        assert answer.status_code == status
        assert words in answer.text


def test_a_rule_of_another_supervisor_does_not_exist(
    site: Site, engine: Engine, cast: Cast
) -> None:
    with db.writing(engine) as session:
        named = make_text(Audience(people=frozenset({cast.clerk.id})))
        put_rule(session, named, by=cast.boss.actor())
    rival = site.browser("rival")
    assert "您还没有派过课" in rival.get("/plans/rules").text
    assert rival.get("/plans/rules/1").status_code == 404
    assert rival.get("/plans/rules/1/end").status_code == 404
    assert site.browser("boss").get("/plans/rules/1").status_code == 200


def test_somebody_is_freed_and_asked_again(
    site: Site, engine: Engine, boss: FlaskClient, cast: Cast
) -> None:
    with db.writing(engine) as session:
        put_rule(session)
    home = f"/plan/{cast.clerk.id}"
    page = boss.get(home).text
    form = {**hidden(page), "course": RENT, "why": "在外行办过两年"}
    answer = post(boss, f"{home}/waivers", {**form, "why": ""}, page=home)
    assert answer.status_code == 422
    answer = post(boss, f"{home}/waivers", {**form, "why": "短"}, page=home)
    assert "请写明为什么免学" in answer.text
    answer = post(boss, f"{home}/waivers", form, page=home)
    assert answer.headers["Location"] == home
    own = site.browser("lin").get("/plan").text
    assert "不用学的（1）" in own
    assert "理由：在外行办过两年" in own
    assert "收回免学" not in own
    assert post(boss, "/plans/waivers/1/back", {}, page=home).status_code == 302
    assert "不用学的" not in site.browser("lin").get("/plan").text
    verbs = [e.verb for e in site.audited() if e.verb.startswith("course_waiver")]
    assert verbs == ["course_waiver.made", "course_waiver.ended"]


def test_a_page_of_a_person_leads_to_his_plan(
    site: Site, engine: Engine, boss: FlaskClient, cast: Cast
) -> None:
    with db.writing(engine) as session:
        put_rule(session)
    page = boss.get(f"/people/{cast.clerk.id}").text
    assert "要学 1 门，1 门已经过期" in page
    assert f"/plan/{cast.clerk.id}" in page
    assert "看学习计划" not in site.browser("lin").get(f"/people/{cast.clerk.id}").text


def test_the_plans_of_ones_people_are_taken_away_for_a_reason(
    site: Site, engine: Engine, boss: FlaskClient
) -> None:
    with db.writing(engine) as session:
        put_rule(session)
    form = {"why": "", "ending": "csv"}
    answer = post(boss, "/plans/team/export", form, page="/plans/team")
    assert answer.status_code == 422
    for ending in ("csv", "xlsx"):
        form = {"why": "安排带教", "ending": ending}
        answer = post(boss, "/plans/team/export", form, page="/plans/team")
        rows = list(cells(answer, ending))
        assert rows[0][:4] == ("工号", "姓名", "到岗日", "课程")
        people = {row[0] for row in rows if "新派驻30天上岗" in row}
        assert people == {"beside", "lin", "newcomer", "wu"}
        assert "安排带教" in "".join(rows[-1])
    assert [e.verb for e in site.audited()][-1] == "export.made"


def test_pages_cost_the_same_however_many_people_and_rules(
    site: Site, engine: Engine, boss: FlaskClient
) -> None:
    clerk = site.browser("lin")
    with db.writing(engine) as session:
        put_rule(session)

    def asked(browser: FlaskClient, path: str) -> int:
        with statements(engine) as seen:
            assert browser.get(path).status_code == 200
        return len(seen)

    pages = (
        (clerk, "/plan", MOST_OF_A_PLAN),
        (boss, "/plans/team", MOST_OF_A_TEAM),
        (boss, "/plans/rules", MOST_OF_A_TEAM),
        (boss, "/plans/assign?since=2026-01-01", MOST_OF_A_TEAM),
    )
    for browser, path, _ in pages:
        asked(browser, path)  # the first one warms what is worked out once
    few = [asked(browser, path) for browser, path, _ in pages]
    with db.writing(engine) as session:
        for n in range(6):
            put_rule(session, make_text(name=f"第{n}条"))
    for (browser, path, most), before in zip(pages, few, strict=True):
        assert asked(browser, path) == before <= most, path
