"""Pages of mentoring: who sees what, and what can be done from them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.apps import NOW
from tests.databases import statements
from tests.factories import SETUP
from tests.mentoring.pairs import BEGIN
from tests.mentoring.pairs import RENT
from tests.mentoring.pairs import TODAY
from tests.mentoring.pairs import World
from tests.mentoring.pairs import begin
from tests.mentoring.pairs import entered
from tests.mentoring.pairs import let_alone
from tests.mentoring.pairs import make_colleague
from tests.mentoring.pairs import make_world
from tests.mentoring.pairs import signed
from tests.mentoring.pairs import suspend
from tests.sites import Site
from tests.sites import post
from tests.web.spreadsheets import cells
from trainer.kit import db
from trainer.mentoring.domain.cases import Logged
from trainer.mentoring.models import CosignedCaseRow
from trainer.mentoring.models import MentoringNoteRow
from trainer.people import service as people
from trainer.people.domain.secondments import Arrangement
from trainer.people.models import SecondmentRow

MOST = 30
"""Statements of a page with many newcomers, login and frame included."""


@pytest.fixture
def world(site: Site) -> World:
    with db.writing(site.engine) as session:
        return make_world(session)


@pytest.fixture
def newcomer(site: Site, world: World) -> FlaskClient:
    assert world
    return site.browser("newcomer")


@pytest.fixture
def mentor(site: Site, world: World) -> FlaskClient:
    assert world
    return site.browser("teacher")


def once(page: str) -> str:
    found = re.search(r'name="once"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def enter(browser: FlaskClient, world: World, **more: str) -> str:
    path = f"/mentoring/{world.pair}/cases/new"
    form = {
        "business": RENT,
        "reference": "A-7",
        "day": "2026-11-21",
        "once": once(browser.get(path).text),
        **more,
    }
    return post(browser, path, form).text


def cases(site: Site, world: World, count: int = 2) -> list[Logged]:
    with db.writing(site.engine) as session:
        return [*entered(session, world, count)]


def sign(browser: FlaskClient, world: World, keys: list[int], **more: object) -> str:
    form: dict[str, object] = {
        f"{RENT}-cases": [str(key) for key in keys],
        f"{RENT}-outcome": "right",
        f"{RENT}-competencies": ["P5"],
        **{f"{RENT}-{name}": value for name, value in more.items()},
    }
    page = f"/mentoring/{world.pair}"
    return post(browser, f"{page}/sign/{RENT}", form, f"{page}/sign").text


def test_a_case_on_a_phone_is_three_fields(
    site: Site, world: World, newcomer: FlaskClient
) -> None:
    page = newcomer.get(f"/mentoring/{world.pair}/cases/new").text
    assert re.findall(r'<label[^>]*for="(business|reference|day)"', page) == [
        *("business", "reference", "day")
    ]
    enter(newcomer, world)
    page = newcomer.get(f"/mentoring/{world.pair}/cases/new?business={RENT}").text
    assert "A-7 记下了，请带教老师共同签字" in page
    (chosen,) = re.findall(r"<option[^>]*selected[^>]*>", page)
    assert f'value="{RENT}"' in chosen
    with db.reading(site.engine) as session:
        (row,) = session.scalars(select(CosignedCaseRow))
        assert (row.reference, row.drawn, row.number) == ("A-7", True, 1)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"reference": "13800001111"}, "最多 8 位数字"),
        ({"reference": "张三"}, "不要写姓名"),
        ({"reference": ""}, "请填写流水号"),
        ({"day": "2027-01-01"}, "还没有到"),
        ({"business": ""}, "请选一项业务"),
        ({"business": "no.such"}, "主管没有给您安排这项业务"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    site: Site, world: World, newcomer: FlaskClient, more: dict[str, str], told: str
) -> None:
    page = enter(newcomer, world, **more)
    assert told in page
    assert "登一件" in page
    with db.reading(site.engine) as session:
        assert session.scalars(select(CosignedCaseRow)).all() == []


def test_the_mentor_signs_several_at_once(
    site: Site, world: World, mentor: FlaskClient
) -> None:
    first, second = cases(site, world)
    page = mentor.get("/mentoring").text
    assert "共同签字（2）" in page
    page = mentor.get(f"/mentoring/{world.pair}/sign").text
    assert "租房提取" in page
    assert page.count("checked") >= 3, "both cases and right are chosen beforehand"
    sign(mentor, world, [first.id, second.id])
    page = mentor.get(f"/mentoring/{world.pair}").text
    assert "已签 2 件" in page
    assert page.count("一次办对</span>") == 2


def test_competencies_are_chosen_as_last_time(
    site: Site, world: World, mentor: FlaskClient
) -> None:
    (first,) = cases(site, world, 1)
    page = mentor.get(f"/mentoring/{world.pair}/sign").text
    assert not re.search(r'<input checked[^>]*value="P5"', page)
    sign(mentor, world, [first.id])
    cases(site, world, 2)
    page = mentor.get(f"/mentoring/{world.pair}/sign").text
    assert re.search(r'<input checked[^>]*value="P5"', page)


def test_a_corrected_case_needs_its_cause(
    site: Site, world: World, mentor: FlaskClient
) -> None:
    (case,) = cases(site, world, 1)
    page = sign(mentor, world, [case.id], outcome="corrected", words="少收一份")
    assert "请选差错原因" in page
    assert "少收一份" in page
    sign(mentor, world, [case.id], outcome="corrected", cause="materials")
    assert "材料多要或少要" in mentor.get(f"/mentoring/{world.pair}").text


def test_a_mentor_who_is_not_current_is_flagged_and_cannot_sign(
    site: Site, world: World, mentor: FlaskClient, newcomer: FlaskClient
) -> None:
    (case,) = cases(site, world, 1)
    with db.writing(site.engine) as session:
        suspend(session, world.mentor.person)
    page = mentor.get(f"/mentoring/{world.pair}/sign").text
    assert "请主管换一位带教老师" in page
    assert "<form" not in page[page.index("<h1>") :].split("</main>")[0]
    assert "请主管换一位带教老师" in sign(mentor, world, [case.id])
    assert "请主管安排能签的人" in newcomer.get("/mentoring").text
    assert "带教老师现在签不了" in site.browser("boss").get("/mentoring/mentors").text


def test_a_line_that_is_taken_away_leaves_nothing_to_sign(
    site: Site, world: World, mentor: FlaskClient
) -> None:
    (case,) = cases(site, world, 1)
    with db.writing(site.engine) as session:
        arranged = Arrangement(mentor=world.mentor.person)
        people.arrange_secondment(session, world.pair, arranged, by=SETUP, at=NOW)
    assert "没有等签的办件" in mentor.get(f"/mentoring/{world.pair}/sign").text
    assert case.reference in mentor.get(f"/mentoring/{world.pair}").text


def test_taking_back_and_withdrawing(
    site: Site, world: World, mentor: FlaskClient, newcomer: FlaskClient
) -> None:
    first, second = cases(site, world)
    page = f"/mentoring/{world.pair}"
    sign(mentor, world, [first.id])
    back = f"/mentoring/cases/{first.id}/back"
    assert post(mentor, back, {"reason": ""}, page).status_code == 422
    assert post(mentor, back, {"reason": "签错了"}, page).status_code == 302
    assert "等签" in mentor.get(page).text
    out = f"/mentoring/cases/{second.id}/withdraw"
    assert post(newcomer, out, {}, page).status_code == 302
    assert second.reference not in newcomer.get(page).text
    post(newcomer, out, {}, page)
    assert "已经签过或撤回" in newcomer.get("/mentoring").text


def test_a_question_is_answered_and_a_reflection_kept(
    site: Site, world: World, mentor: FlaskClient, newcomer: FlaskClient
) -> None:
    page = f"/mentoring/{world.pair}"
    form = {"question-words": "电话 13800001111 能留吗？", "question-once": "q"}
    assert post(newcomer, f"{page}/notes/question", form, page).status_code == 302
    form = {"reflection-words": "这周学了租房提取", "reflection-once": "r"}
    post(newcomer, f"{page}/notes/reflection", form, page)
    post(newcomer, f"{page}/notes/reflection", form, page)
    answer = post(newcomer, f"{page}/notes/question", {"question-once": "x"}, page)
    assert answer.status_code == 422
    assert "请写几句再提交" in answer.text
    with db.reading(site.engine) as session:
        rows = [*session.scalars(select(MentoringNoteRow))]
        assert [(row.kind, row.week) for row in rows] == [
            ("question", 3),
            ("reflection", 3),
        ]
        assert "13800001111" not in rows[0].words
        question = rows[0].id
    assert "回答提问（1）" in mentor.get("/mentoring").text
    told = {"words": "不能留，告诉他打热线"}
    assert post(mentor, f"/mentoring/notes/{question}/answer", told, page)
    assert "告诉他打热线" in newcomer.get(page).text
    post(mentor, f"/mentoring/notes/{question}/answer", told, page)
    assert "已经答过" in mentor.get("/mentoring").text
    empty = post(mentor, f"/mentoring/notes/{rows[1].id}/answer", {}, page)
    assert empty.status_code == 422


def test_words_are_for_the_pair_and_the_site_not_for_the_bank(
    site: Site, world: World, newcomer: FlaskClient
) -> None:
    page = f"/mentoring/{world.pair}"
    form = {"question-words": "这句只给老师看", "question-once": "q"}
    post(newcomer, f"{page}/notes/question", form, page)
    with db.writing(site.engine) as session:
        signed(session, world, entered(session, world), words="老师写的")
    for login in ("teacher", "boss", "newcomer"):
        shown = site.browser(login).get(page).text
        assert "这句只给老师看" in shown
        assert "老师写的" in shown
        assert "teacher（虚构）" in shown
    bank = site.browser("banker")
    shown = bank.get(page).text
    assert "一次办对" in shown
    for words in ("这句只给老师看", "老师写的", "teacher（虚构）"):
        assert words not in shown
    assert "teacher（虚构）" not in bank.get("/mentoring/mentors").text
    told = {"words": "我来答"}
    assert post(bank, "/mentoring/notes/1/answer", told, page).status_code == 404
    assert site.browser("another").get(page).status_code == 404
    assert site.browser("administrator").get(page).status_code == 404


def test_the_plan_of_a_line_is_changed_and_a_phase_set(
    world: World, mentor: FlaskClient, newcomer: FlaskClient
) -> None:
    page = f"/mentoring/{world.pair}/plan/withdraw"
    figures = {
        "shadow": "1",
        "cosign": "1",
        "cases": "5",
        "in_a_row": "5",
        "sample": "1",
        "share": "50",
        "spot": "2",
    }
    answer = post(mentor, page, {**figures, "in_a_row": "6"})
    assert answer.status_code == 422
    assert "不能多于" in answer.text
    assert post(mentor, page, {**figures, "cases": ""}).status_code == 422
    assert post(mentor, page, figures).status_code == 302
    assert "50%" in newcomer.get(f"/mentoring/{world.pair}").text
    assert "还差 5 件共同签字" in newcomer.get("/mentoring").text
    step = f"/mentoring/{world.pair}/phase/withdraw"
    assert post(mentor, step, {"phase": "sample"}, page).status_code == 422
    told = {"phase": "sample", "reason": "在别的网点办过三年"}
    assert post(mentor, step, told, page).status_code == 302
    assert "还差 5 件" not in newcomer.get("/mentoring").text
    page_of = newcomer.get(f"/mentoring/{world.pair}").text
    assert "改为“抽查”：在别的网点办过三年" in page_of
    assert (
        post(mentor, step, {"phase": "alone", "reason": "好"}, page).status_code == 422
    )
    token = post(newcomer, step, told, f"/mentoring/{world.pair}")
    assert token.status_code == 403
    nowhere = f"/mentoring/{world.pair}/plan/loan"
    assert mentor.get(nowhere).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"phase": "sample", "reason": " "}, "请写明理由"),
        ({"phase": "sample", "reason": "像 330102199001011234 那样"}, "像身份证"),
        ({"phase": "alone", "reason": "学过"}, "不是有效的选择"),
        ({"phase": "", "reason": "学过"}, "请选一个阶段"),
    ],
)
def test_a_phase_that_cannot_be_set_says_why_and_keeps_what_was_typed(
    world: World, mentor: FlaskClient, typed: dict[str, str], said: str
) -> None:
    page = f"/mentoring/{world.pair}/plan/withdraw"
    answer = post(mentor, f"/mentoring/{world.pair}/phase/withdraw", typed, page)
    assert answer.status_code in {400, 422}
    assert said in answer.text
    assert typed["reason"].strip() in answer.text


def test_a_newcomer_gets_a_mentor_in_one_step(site: Site, world: World) -> None:
    with db.writing(site.engine) as session:
        late = make_colleague(session, "late")
        key = begin(session, late, world.places, None, TODAY - timedelta(days=3))
    boss = site.browser("boss")
    page = boss.get("/mentoring/mentors").text
    assert "还没有人带的新人（1）" in page
    assert page.index("another（虚构）") < page.index("teacher（虚构）"), "less load"
    form = {"mentor": str(world.other.person)}
    answer = post(boss, f"/mentoring/{key}/mentor", form, "/mentoring/mentors")
    assert answer.status_code == 302
    with db.reading(site.engine) as session:
        row = session.get_one(SecondmentRow, key)
        assert row.mentor_id == world.other.person
    assert "新人都有人带" in boss.get("/mentoring/mentors").text
    form = {"mentor": str(world.newcomer.person)}
    post(boss, f"/mentoring/{key}/mentor", form, "/mentoring/mentors")
    assert "现在带不了" in boss.get("/mentoring/mentors").text
    bank = site.browser("banker")
    answer = post(bank, f"/mentoring/{key}/mentor", form, "/mentoring/mentors")
    assert answer.status_code == 403


def test_who_works_alone_at_all_lines_is_done(
    site: Site, world: World, mentor: FlaskClient
) -> None:
    with db.writing(site.engine) as session:
        let_alone(session, world.newcomer.person)
    assert "我带的人" not in mentor.get("/mentoring").text
    boss = site.browser("boss")
    page = boss.get("/mentoring/mentors").text
    assert "现在没有带教中的人" in page
    assert "1 人，其中 1 人已独立" in page


def test_the_table_is_exported_with_a_reason(site: Site, world: World) -> None:
    boss = site.browser("boss")
    path = "/mentoring/mentors/export"
    form = {"why": "", "ending": "csv"}
    assert post(boss, path, form, "/mentoring/mentors").status_code == 422
    form["why"] = "排下周的班"
    rows = [*cells(post(boss, path, form, "/mentoring/mentors"), "csv")]
    assert rows[1][:2] == ("newcomer", "newcomer（虚构）")
    assert "teacher（虚构）" in rows[1]
    assert site.audited()[-1].verb == "export.made"
    bank = site.browser("banker")
    rows = [*cells(post(bank, path, form, "/mentoring/mentors"), "csv")]
    assert "teacher（虚构）" not in rows[1], "a bank gets nobody else's name"
    assert world.pair


def test_nobody_in_particular_has_an_empty_page_with_a_way_on(site: Site) -> None:
    page = site.browser("clerk").get("/mentoring").text
    assert "您现在没有带教老师，也没有带人" in page
    assert 'href="/competence"' in page


@pytest.mark.parametrize("path", ["/mentoring", "/mentoring/mentors"])
def test_the_pages_of_many_newcomers_ask_no_more(
    site: Site, world: World, path: str
) -> None:
    login = "boss" if path.endswith("mentors") else "teacher"
    with db.writing(site.engine) as session:
        for n in range(12):
            person = make_colleague(session, f"n{n:02}")
            begin(session, person, world.places, world.mentor.person)
    browser = site.browser(login)
    browser.get(path)
    with statements(site.engine) as seen:
        page = browser.get(path).text
    assert "n11（虚构）" in page
    assert len(seen) <= MOST
    assert BEGIN < TODAY
