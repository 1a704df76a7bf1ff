"""Pages of grading, rulings, results and analyses, from the browser's side."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.apps import NOW
from tests.databases import statements
from tests.people.offices import Office
from tests.people.offices import make_office
from tests.quizzes.exams import put_exam
from tests.quizzes.handed_in import asked_in
from tests.quizzes.handed_in import hand_in
from tests.quizzes.handed_in import item_of
from tests.sites import Site
from tests.sites import post
from tests.web.conftest import token_of
from trainer.audit.models import ExportRow
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.kit import db
from trainer.people.models import PersonRow
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import RulingRow

READ = frozenset({Permission.READ})
FIRST, SECOND = 1, 2
"""Attempts: of ``east``, who is the supervisor's and the mentor's, and of ``west``."""

ANSWER = f"/quizzes/grading/{FIRST}/5"
QUESTION = "/quizzes/questions/rent/which"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
CEILINGS = {
    "/quizzes/grading/": 6,
    "/quizzes/first/outcomes": 5,
    "/quizzes/first/analysis": 4,
    QUESTION: 10,
}
"""Most statements of a page, login and frame included, banks opened before."""


@pytest.fixture
def office(site: Site) -> Office:
    """An exam, taken by one person of each office: the first was half wrong."""
    made = make_office(site)
    with db.writing(site.engine) as session:
        put_exam(session)
        for listed, wrong in ((made.east, ["which", "fee"]), (made.west, [])):
            key = listed.secondment.person
            hand_in(session, Actor(key, "", READ), at=NOW, wrong=wrong)
            row = session.get(PersonRow, key)
            assert row
            row.must_change_password, row.used_at = False, NOW
    site.set_clock(NOW + timedelta(hours=1))
    return made


@pytest.fixture
def supervisor(site: Site, office: Office) -> FlaskClient:  # noqa: ARG001  (makes it)
    return site.browser("supervisor")


@pytest.fixture
def approver(site: Site, office: Office) -> FlaskClient:  # noqa: ARG001  (likewise)
    return site.browser("approver")


def attempt(site: Site, key: int = FIRST) -> AttemptRow:
    with db.reading(site.engine) as session:
        row = session.get(AttemptRow, key)
    assert row
    return row


def hidden(text: str) -> dict[str, str]:
    """Give what a page repeats for the next step; the last form counts."""
    found = HIDDEN.findall(text)
    return {name: html.unescape(value) for name, value in found}


def verbs(site: Site) -> list[tuple[str, str]]:
    return [(each.verb, each.object) for each in site.audited()]


# Grading


def test_the_list_names_only_the_people_of_who_asks(supervisor: FlaskClient) -> None:
    text = supervisor.get("/quizzes/grading/").text
    assert "east（虚构）" in text
    assert "west（虚构）" not in text
    assert "怎么向李某解释？" in text


def test_an_answer_is_shown_with_its_points_and_the_look_is_kept_once(
    site: Site, supervisor: FlaskClient
) -> None:
    for _ in range(2):
        text = supervisor.get(ANSWER).text
        assert "对不起，15 日内办结。" in text
        assert "先道歉" in text
        assert 'max="2"' in text
    assert verbs(site).count(("attempt.looked", "attempt/1")) == 1


def test_marks_are_kept_and_the_next_answer_is_shown(
    site: Site, supervisor: FlaskClient
) -> None:
    form = {"marks1": "1", "marks2": "0.5", "remark": "期限没说全", "seen": "0"}
    answer = post(supervisor, ANSWER, form)
    assert answer.headers["Location"] == "/quizzes/grading/"
    assert attempt(site).earned == "3.5"
    assert "没有别的答案在等您评了" in supervisor.get("/quizzes/grading/").text
    east = site.browser("east")
    page = east.get("/quizzes/attempts/1/result").text
    assert "评分：1.5 分" in page
    assert "期限没说全" in page


@pytest.mark.parametrize(
    ("form", "status", "sentence"),
    [
        ({"marks1": "1", "marks2": "9"}, 422, "可以给 0 到 2 分"),
        ({"marks1": "1"}, 422, "每个得分点都要给分"),
        ({"marks1": "1", "marks2": "一"}, 422, "可以给 0 到 2 分"),
        ({"marks1": "1", "marks2": "2", "seen": "7"}, 409, "您的分没有保存"),
    ],
)
def test_a_refused_grade_says_why_and_keeps_what_was_typed(
    site: Site,
    supervisor: FlaskClient,
    form: dict[str, object],
    status: int,
    sentence: str,
) -> None:
    answer = post(supervisor, ANSWER, {"seen": "0", "remark": "评语留着", **form})
    assert answer.status_code == status
    assert sentence in answer.text
    assert ("评语留着" in answer.text) == (status == 422)
    assert attempt(site).earned is None


def test_it_works_for_a_mentor_and_not_for_a_clerk(site: Site, office: Office) -> None:
    assert "east（虚构）" in site.browser("mentor").get("/quizzes/grading/").text
    refused = site.browser("clerk").get("/quizzes/grading/")
    assert refused.status_code == 403
    assert "带教老师和主管" in refused.text
    assert office.east.login == "east"


# Rulings


def rule(browser: FlaskClient, **form: str) -> str:
    """Try a ruling; give the page of the dry run."""
    answer = post(browser, f"{QUESTION}/try", form, page=QUESTION)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_ruling_is_tried_then_applied_and_the_taker_reads_why(
    site: Site, approver: FlaskClient
) -> None:
    text = rule(approver, act="full", reason="题干有两种理解")
    assert "1 份答案会改判" in text
    assert "east" not in text  # he looks after nobody: no names
    assert "第 1 份" in text
    done = approver.post(f"{QUESTION}/rule", data=hidden(text))
    assert done.status_code == 302, done.text
    page = approver.get(done.headers["Location"]).text
    assert "人人满分" in page
    assert "改判 1 份" in page
    result = site.browser("east").get("/quizzes/attempts/1/result").text
    assert "0 分改为 1 分" in result
    assert "题干有两种理解" in result
    assert ("ruling.made", "ruling/1") in verbs(site)


def test_a_dry_run_that_is_out_of_date_is_shown_again(
    site: Site, approver: FlaskClient
) -> None:
    form = hidden(rule(approver, act="full", reason="题干有两种理解"))
    with db.writing(site.engine) as session:
        key = site.actors["mentor"].person
        later = NOW + timedelta(minutes=30)
        hand_in(session, Actor(key, "", READ), at=later, wrong=["which"])
    again = approver.post(f"{QUESTION}/rule", data=form)
    assert again.status_code == 409
    assert "请看新的试算" in again.text
    assert "2 份答案会改判" in again.text
    done = approver.post(f"{QUESTION}/rule", data=hidden(again.text))
    assert done.status_code == 302


def test_a_ruling_without_reason_or_act_is_told_so(
    site: Site, approver: FlaskClient
) -> None:
    for form, sentence in (
        ({"act": "void", "reason": "错"}, "请写明理由"),
        ({"act": "restore", "reason": "恢复原来的判法"}, "不用再裁定"),
        ({"act": "accept", "reason": "另一种也对"}, "另外认可的答案"),
        ({"reason": "没有选怎么判"}, "怎么判"),
    ):
        answer = post(approver, f"{QUESTION}/try", form, page=QUESTION)
        assert answer.status_code in {409, 422}
        assert sentence in answer.text
    with db.reading(site.engine) as session:
        assert not session.scalars(select(RulingRow)).all()


def test_other_answers_are_accepted_from_what_was_given_or_typed(
    site: Site, approver: FlaskClient
) -> None:
    fee = "/quizzes/questions/rent/fee"
    page = approver.get(fee).text
    assert "九；九（1 人）" in page
    form = {"act": "accept", "others": "半个月 | 0", "reason": "口语也算对"}
    sent = {**form, "accepted": '["九", "九"]'}
    told = post(approver, f"{fee}/try", sent, page=fee)
    done = approver.post(f"{fee}/rule", data=hidden(told.text))
    assert done.status_code == 302, done.text
    with db.reading(site.engine) as session:
        (row,) = session.scalars(select(RulingRow)).all()
        assert row.accepted == [["九", "九"], ["半个月", "0"]]
        assert item_of(session, FIRST, "fee").share == "1"


# Results


def test_results_show_whom_one_looks_after_and_who_is_missing(
    supervisor: FlaskClient,
) -> None:
    text = supervisor.get("/quizzes/first/outcomes").text
    assert "east（虚构）" in text.partition("还没有成绩的")[0]
    assert "east" in text.partition("还没有成绩的")[2]  # waits to be graded
    assert "west" not in text


def test_results_are_narrowed(site: Site, supervisor: FlaskClient) -> None:
    post(supervisor, ANSWER, {"marks1": "0", "marks2": "0", "seen": "0"})
    assert attempt(site).passed is False
    shown = {
        query: "/quizzes/attempts/1/outcome"
        in supervisor.get(f"/quizzes/first/outcomes?{query}").text
        for query in (
            *("came=failed", "came=passed", "came=waiting", "first=y"),
            *("since=2026-11-22", "since=2026-11-23", "until=2026-11-21"),
            *("until=2026-11-22", "since=nonsense", "came=nonsense", "part=2"),
        )
    }
    assert [query for query, there in shown.items() if there] == [
        *("came=failed", "first=y", "since=2026-11-22", "until=2026-11-22"),
        *("since=nonsense", "came=nonsense"),
    ]


def test_a_paper_is_shown_marked_and_the_look_is_kept(
    site: Site, supervisor: FlaskClient
) -> None:
    text = supervisor.get("/quizzes/attempts/1/outcome").text
    assert "只要身份证。" in text
    assert "答错了" in text
    assert ("attempt.looked", "attempt/1") in verbs(site)
    assert supervisor.get("/quizzes/attempts/2/outcome").status_code == 404


def test_nobody_reads_his_own_paper_as_somebody_elses(
    site: Site, office: Office
) -> None:
    assert office.east.login
    answer = site.browser("manager").get("/quizzes/attempts/1/outcome")
    assert answer.status_code == 200
    with db.writing(site.engine) as session:
        row = session.get(AttemptRow, FIRST)
        assert row
        row.person_id = site.actors["manager"].person
    assert site.browser("manager").get("/quizzes/attempts/1/outcome").status_code == 404


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_results_are_taken_away_with_a_reason(
    site: Site, supervisor: FlaskClient, ending: str
) -> None:
    sent = {"csrf_token": token_of(supervisor), "ending": ending, "sheet": "0"}
    export = "/quizzes/first/outcomes/export"
    refused = supervisor.post(export, data=sent)
    assert refused.status_code == 422
    assert "请写明导出理由" in refused.text
    answer = supervisor.post(export, data={**sent, "why": "七月批次总结"})
    assert answer.status_code == 200
    if ending == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(answer.data))
        assert book.sheetnames == ["成绩", "还没有成绩"]
        told = [[cell.value for cell in row] for row in book["成绩"]]
        assert told[1][:3] == ["east", "east（虚构）", 1]
        assert "七月批次总结" in str(told[-1][0])
    else:
        text = answer.data.decode("utf-8-sig")
        assert "east（虚构）" in text
        assert "west" not in text
    with db.reading(site.engine) as session:
        (kept,) = session.scalars(select(ExportRow)).all()
    assert (kept.what, kept.reason) == ("outcomes", "七月批次总结")


# Analysis


def test_an_analysis_counts_graded_first_attempts_and_names_nobody(
    site: Site, supervisor: FlaskClient, office: Office
) -> None:
    assert "还没有评完的答卷" in supervisor.get("/quizzes/first/analysis").text
    post(supervisor, ANSWER, {"marks1": "1", "marks2": "2", "seen": "0"})
    for role in ("editor", "approver", "supervisor"):
        text = site.browser(role).get("/quizzes/first/analysis").text
        assert "共 1 份" in text
        assert "不到 30 人" in text
        assert "<svg" in text
        assert QUESTION in text
        assert "east" not in text
    for role in ("clerk", "mentor", "administrator", "auditor"):
        assert site.browser(role).get("/quizzes/first/analysis").status_code == 403
    assert office.west.login


def test_a_question_is_shown_with_its_choices_and_wordings(
    supervisor: FlaskClient,
) -> None:
    post(supervisor, ANSWER, {"marks1": "1", "marks2": "2", "seen": "0"})
    text = supervisor.get(QUESTION).text
    assert "哪一样是" in text
    assert "共 1 人" in text
    assert "户口簿" in text
    assert "第 1 种" in text
    assert "先试算" not in text  # a supervisor does not rule
    assert supervisor.get("/quizzes/questions/rent/none").status_code == 404


def test_an_analysis_is_taken_away_as_three_sheets(supervisor: FlaskClient) -> None:
    post(supervisor, ANSWER, {"marks1": "1", "marks2": "2", "seen": "0"})
    export = "/quizzes/first/analysis/export"
    sent = {"csrf_token": token_of(supervisor), "why": "修订题库", "sheet": "1"}
    answer = supervisor.post(export, data={**sent, "ending": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["题目", "选项", "整卷"]
    chosen = supervisor.post(export, data={**sent, "ending": "csv"})
    assert chosen.data.decode("utf-8-sig").startswith("题库,题号,题目版本,选项")
    bad = supervisor.post(export, data={**sent, "ending": "csv", "sheet": "9"})
    assert bad.status_code == 422


def test_an_unknown_quiz_is_not_found(supervisor: FlaskClient) -> None:
    for page in ("outcomes", "analysis"):
        assert supervisor.get(f"/quizzes/none/{page}").status_code == 404
        assert supervisor.get(f"/quizzes/rent/{page}").status_code == 404  # a bank


@pytest.mark.parametrize("address", CEILINGS)
def test_more_papers_ask_the_database_no_more(
    site: Site, supervisor: FlaskClient, office: Office, address: str
) -> None:
    post(supervisor, ANSWER, {"marks1": "1", "marks2": "2", "seen": "0"})
    supervisor.get(address)  # opens the banks
    counts = []
    for number in range(3):
        with statements(site.engine) as seen:
            assert supervisor.get(address).status_code == 200
        counts.append(len([each for each in seen if "search_log" not in each]))
        with db.writing(site.engine) as session:
            by = Actor(office.east.secondment.person, "", READ)
            if not number:
                hand_in(session, by, at=NOW + timedelta(days=number + 1))
            asked_in(session, FIRST, "say")
    assert counts[0] == counts[-1]
    assert counts[0] <= CEILINGS[address], counts
