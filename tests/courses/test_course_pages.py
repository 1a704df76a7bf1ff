"""The pages of courses: learning, signing, writing."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy import select

from tests.courses.duties import change
from tests.courses.duties import put_questions
from tests.courses.learners import put_course
from tests.courses.texts import PATH
from tests.courses.texts import RENT
from tests.databases import statements
from tests.factories import EDITOR
from tests.scenarios.live_plays import the_cast
from tests.sites import Site
from tests.sites import post
from trainer.courses.domain.parsing import parse
from trainer.courses.models import StepSignedRow
from trainer.kit import db
from trainer.publishing import queries as publishing

COURSE = "/courses/rent-course"
STEP = f"{COURSE}/steps/conditions"
MOST = {"/courses": 20, COURSE: 23, STEP: 10, f"{COURSE}/sessions": 7}
"""Most statements of a page, login and frame included."""


@pytest.fixture
def clerk(site: Site) -> FlaskClient:
    return site.browser("lin")


@pytest.fixture
def boss(site: Site) -> FlaskClient:
    return site.browser("boss")


@pytest.fixture
def editor(site: Site) -> FlaskClient:
    return site.browser("editor")


@pytest.fixture
def course(engine: Engine) -> None:
    with db.writing(engine) as session:
        put_course(session)


def shown(page: str) -> str:
    found = re.search(r'name="shown" value="(\w+)"', page)
    assert found
    return found[1]


def fields(page: str) -> dict[str, str]:
    """Give what a browser would send of the form of a course."""
    form = page[page.index('class="sheet writes"') :]
    found = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form))
    for name, options in re.findall(
        r'<select[^>]* name="([^"]+)"(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'<option[^>]*selected[^>]*value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else ""
    boxes = re.findall(r'<input(?=[^>]*type="checkbox")[^>]* name="([^"]+)"', form)
    ticked = re.findall(r'<input checked[^>]* name="([^"]+)"', form)
    return {k: v for k, v in found.items() if k not in boxes or k in ticked}


# Learning


def test_an_empty_shelf_says_what_will_come(
    clerk: FlaskClient, editor: FlaskClient
) -> None:
    assert "还没有发布课程" in clerk.get("/courses").text
    assert "/courses/new/course" in editor.get("/courses").text
    assert "/courses/new/course" not in clerk.get("/courses").text


@pytest.mark.usefixtures("course")
def test_a_course_leads_from_step_to_step(
    site: Site, engine: Engine, clerk: FlaskClient
) -> None:
    with db.writing(engine) as session:
        put_questions(session)
    page = clerk.get("/courses").text
    assert "租房提取入门" in page
    assert "已完成 0／5 步" in page
    page = clerk.get(COURSE).text
    assert "开始学：谁能提" in page
    assert "主管或带教老师签字" in page
    page = clerk.get(STEP).text
    assert "无房可提" in page
    assert "本市无房" not in page, "only the section that is meant"
    answer = post(clerk, STEP, {"shown": shown(page)})
    assert answer.headers["Location"] == STEP
    page = clerk.get(STEP).text
    assert "再答 2 道关于这一节的题" in page
    answer = post(clerk, f"{STEP}/questions", {}, STEP)
    assert "/quizzes/attempts/" in answer.headers["Location"]
    assert "课程答题" in clerk.get(answer.headers["Location"]).text
    assert "course_step.read" in [entry.verb for entry in site.audited()]


@pytest.mark.usefixtures("course")
def test_who_comes_back_after_a_change_sees_what_changed(
    engine: Engine, clerk: FlaskClient
) -> None:
    page = clerk.get(STEP).text
    post(clerk, STEP, {"shown": shown(page)})
    with db.writing(engine) as session:
        change(session)
    assert "内容变了，要重读" in clerk.get(COURSE).text
    answer = post(clerk, STEP, {"shown": shown(page)})
    assert answer.headers["Location"] == STEP
    page = clerk.get(STEP).text
    assert "内容已更新，请看变化" in page
    assert "和您上次读的第 1 版比，改了什么" in page
    assert "<ins" in page
    post(clerk, STEP, {"shown": shown(page)})
    assert "已完成 1／5 步" in clerk.get(COURSE).text


@pytest.mark.usefixtures("course")
def test_a_path_shows_what_comes_before(engine: Engine, clerk: FlaskClient) -> None:
    with db.writing(engine) as session:
        put_course(session, PATH, "path")
    page = clerk.get("/courses/path").text
    assert "学习路径" in page
    assert "（还没开始）" in page


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize(
    "path", ["/courses/none", f"{COURSE}/steps/none", f"{COURSE}/steps/talk"]
)
def test_what_is_not_there_is_missing(clerk: FlaskClient, path: str) -> None:
    assert clerk.get(path).status_code == 404


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize("path", MOST)
def test_a_page_asks_few_questions(site: Site, engine: Engine, path: str) -> None:
    client = site.browser("boss")
    client.get(path)
    with statements(engine) as seen:
        assert client.get(path).status_code == 200
    assert len(seen) <= MOST[path]


# Signing


@pytest.mark.usefixtures("course")
def test_a_supervisor_signs_several_and_takes_one_back(
    site: Site, engine: Engine, boss: FlaskClient
) -> None:
    with db.writing(engine) as session:
        cast = the_cast(session)
    page = boss.get(f"{COURSE}/sessions").text
    assert cast.clerk.name in page
    assert cast.far.name not in page
    seats = [f"{cast.clerk.id}:talk", f"{cast.friend.id}:talk"]
    form = {"on": "2026-11-20", "seat": seats}
    answer = post(boss, f"{COURSE}/sessions", form)
    assert answer.status_code == 302
    page = boss.get(f"{COURSE}/sessions").text
    assert "已签字 2 处" in page
    assert page.count("2026-11-20，") == 2
    with db.reading(engine) as session:
        mine = StepSignedRow.person_id == cast.clerk.id
        key = session.scalars(select(StepSignedRow.id).where(mine)).one()
    back = f"/courses/sessions/{key}/back"
    answer = post(boss, back, {"reason": ""}, f"{COURSE}/sessions")
    assert answer.status_code == 422
    post(boss, back, {"reason": "那天没来"}, f"{COURSE}/sessions")
    assert boss.get(f"{COURSE}/sessions").text.count("2026-11-20，") == 1
    verbs = [entry.verb for entry in site.audited()]
    assert verbs.count("course_step.signed") == 2
    assert verbs.count("course_step.taken_back") == 1


@pytest.mark.usefixtures("course")
def test_the_page_of_sessions_refuses_and_keeps_what_was_ticked(
    engine: Engine, boss: FlaskClient, clerk: FlaskClient
) -> None:
    with db.writing(engine) as session:
        person = the_cast(session).clerk.id
    seat = {"seat": f"{person}:talk"}
    for form, words in (
        ({"on": "2026-11-20"}, "还没有勾选"),
        ({"on": "2026-11-30", **seat}, "不能晚于今天"),
        ({"on": "", **seat}, "请填写日期"),
    ):
        answer = post(boss, f"{COURSE}/sessions", form)
        assert answer.status_code == 422
        assert words in answer.text
    assert "checked" in answer.text
    assert clerk.get(f"{COURSE}/sessions").status_code == 403


# Writing


@pytest.mark.usefixtures("course")
def test_the_form_shows_a_course_and_keeps_it_as_it_is(
    engine: Engine, editor: FlaskClient
) -> None:
    page = editor.get(f"{COURSE}/edit").text
    answer = post(editor, f"{COURSE}/edit", fields(page))
    assert answer.status_code == 302, answer.text
    with db.reading(engine) as session:
        newest = publishing.versions(session, reader=EDITOR, slug="rent-course")[0]
        text = publishing.text(session, newest)
    before, after = parse(RENT).course, parse(text).course
    assert newest.number is None
    assert before == after
    page = editor.get(answer.headers["Location"]).text
    assert "看变化、送审" in page
    assert "窗口实办" in page


@pytest.mark.usefixtures("course")
def test_steps_move_come_and_go_without_being_kept(editor: FlaskClient) -> None:
    page = editor.get(f"{COURSE}/edit").text
    form = fields(page)
    assert form["steps-1-id"] == "errors"
    moved = fields(post(editor, f"{COURSE}/edit", {**form, "do": "up steps 1"}).text)
    assert (moved["steps-0-id"], moved["steps-1-id"]) == ("errors", "conditions")
    more = fields(post(editor, f"{COURSE}/edit", {**moved, "do": "add steps"}).text)
    assert more["steps-5-id"] == ""
    less = fields(post(editor, f"{COURSE}/edit", {**more, "do": "remove steps 0"}).text)
    assert less["steps-0-id"] == "conditions"
    assert "在写的课程" not in editor.get("/courses").text


@pytest.mark.usefixtures("course")
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(editor: FlaskClient) -> None:
    form = fields(editor.get(f"{COURSE}/edit").text)
    wrong = {**form, "steps-0-minutes": "0", "about": "写到一半"}
    answer = post(editor, f"{COURSE}/edit", wrong)
    assert answer.status_code == 422
    assert "1 到 480" in answer.text
    assert "写到一半" in answer.text
    answer = post(editor, f"{COURSE}/edit", {**form, "about": ""})
    assert answer.status_code == 422
    assert "请写学完能做什么" in answer.text


@pytest.mark.usefixtures("course")
def test_a_step_that_leads_to_another_kind_is_warned_of(editor: FlaskClient) -> None:
    form = fields(editor.get(f"{COURSE}/edit").text)
    answer = post(
        editor, f"{COURSE}/edit", {**form, "steps-2-target": "rent-withdrawal"}
    )
    page = editor.get(answer.headers["Location"]).text
    assert page.count("不是这一类内容") == 2, "told when saved, and on the page"


def test_a_course_begins_as_a_draft_that_nobody_can_submit_yet(
    editor: FlaskClient, clerk: FlaskClient
) -> None:
    form = {
        "title": "新课",
        "slug": "new-course",
        "about": "学会一件事",
        "tier": "onboarding",
        "line": "withdraw",
        "owner": "withdrawal-desk",
        "review_every_days": "180",
        "effective_from": "2026-12-01",
        "evidence": "C",
        "source": "各步所引内容",
    }
    answer = post(editor, "/courses/new/course", {**form, "title": ""})
    assert answer.status_code == 422
    answer = post(editor, "/courses/new/course", form)
    assert answer.status_code == 302, answer.text
    page = editor.get(answer.headers["Location"]).text
    assert "课程建好了" in page
    assert "【请填写" in page
    assert "在写的课程" in editor.get("/courses").text
    assert editor.get("/courses/new-course").status_code == 200
    assert clerk.get("/courses/new-course").status_code == 404
    assert editor.get("/courses/new/film").status_code == 404
