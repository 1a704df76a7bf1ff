"""Forms of evidence from the browser's side: observation, case, returned files."""

from __future__ import annotations

import io
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.competence.offices import Desk
from tests.competence.offices import make_desk
from tests.sites import Site
from tests.sites import post
from tests.web.conftest import token_of
from trainer.competence.models import SightingRow
from trainer.kit import db

RETURNED = "/competence/returned"
HEAD = "工号,日期,业务,能力项,差错原因,说明"
GOOD = "clerk,2026-11-20,租房提取,P5,材料多要或少要,多要了合同"


@pytest.fixture
def desk(site: Site) -> Desk:
    return make_desk(site)


@pytest.fixture
def boss(site: Site, desk: Desk) -> FlaskClient:
    assert desk
    return site.browser("supervisor")


def rows(desk: Desk) -> list[SightingRow]:
    with db.reading(desk.site.engine) as session:
        return list(session.scalars(select(SightingRow).order_by(SightingRow.id)))


def enter(
    boss: FlaskClient, desk: Desk, kind: str = "observation", **form: object
) -> TestResponse:
    sent = {"on": "2026-11-20", "token": "t", **form}
    return post(boss, f"{desk.east_page}/sightings/{kind}?line=withdraw", sent)


def test_an_observation_is_entered_once(desk: Desk, boss: FlaskClient) -> None:
    page = boss.get(f"{desk.east_page}/sightings/observation?line=withdraw").text
    token = re.search(r'name="token"[^>]*value="([^"]+)"', page)
    assert token
    assert "P5 消费类提取" in page
    assert "C5" not in page
    form = {"level-P5": "3", "level-P1": "", "words": "核对仔细", "token": token[1]}
    for _ in range(2):
        assert enter(boss, desk, **form).status_code == 302
    (row,) = rows(desk)
    assert (row.outcomes, row.words) == ({"P5": 1.0}, "核对仔细")
    assert "核对仔细" in boss.get(desk.east_page).text


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({}, "一项能力也没有评"),
        ({"level-P5": "9"}, "一项能力也没有评"),
        ({"level-P5": "3", "on": ""}, "请填写是哪一天的事"),
        ({"level-P5": "3", "on": "2027-01-01"}, "还没有到；请写实际发生的那天"),
        ({"level-P5": "3", "on": "1026-11-20"}, "超过一年"),
        ({"level-P5": "3", "words": "电话 13800001111"}, "像身份证、电话或账号"),
        ({"level-P5": "3", "token": ""}, "请重新打开本页"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    desk: Desk, boss: FlaskClient, form: dict[str, str], told: str
) -> None:
    answer = enter(boss, desk, **{"level-P1": "", "words": "留着", **form})
    assert answer.status_code == 422
    assert told in answer.text
    if "level-P5" in form and form["level-P5"] == "3":
        assert re.search(r'name="level-P5" value="3" checked', answer.text)
    assert form.get("words", "留着") in answer.text
    assert rows(desk) == []


def test_a_co_signed_case(desk: Desk, boss: FlaskClient) -> None:
    kind = "cosigned_case"
    form = {"business": "withdraw.rent", "competencies": "P5"}
    assert enter(boss, desk, kind, **form).status_code == 422  # no outcome
    assert enter(boss, desk, kind, **form, outcome="corrected").status_code == 302
    (row,) = rows(desk)
    assert (row.business, row.outcomes, row.cause) == ("withdraw.rent", {"P5": 0.0}, "")
    assert "复核时改过" in boss.get(desk.east_page).text
    why = boss.get(f"{desk.east_page}/P5").text
    assert "租房提取" in why
    assert why.count("复核时改过") == 1


def test_a_returned_file(desk: Desk, boss: FlaskClient) -> None:
    kind = "returned_file"
    form = {"business": "withdraw.rent", "cause": "materials"}
    answer = enter(boss, desk, kind, **form)
    assert answer.status_code == 422
    assert "请至少选一项能力" in answer.text
    assert enter(boss, desk, kind, **form, competencies="P5").status_code == 302
    assert rows(desk)[0].cause == "materials"
    assert "材料多要或少要" in boss.get(desk.east_page).text


def test_nobody_enters_of_himself_or_of_a_stranger(
    desk: Desk, boss: FlaskClient, site: Site
) -> None:
    own = site.actors["supervisor"].person
    path = f"/competence/people/{own}/sightings/observation"
    assert boss.get(path).status_code == 403
    sent = {"on": "2026-11-20", "token": "t", "level-P5": "3"}
    assert post(boss, path, sent).status_code == 403
    assert (
        post(boss, f"{desk.west_page}/sightings/observation", sent).status_code == 404
    )
    assert rows(desk) == []


def test_taking_back_needs_a_reason(desk: Desk, boss: FlaskClient) -> None:
    enter(boss, desk, **{"level-P5": "3"})
    path = f"/competence/sightings/{rows(desk)[0].id}/back"
    answer = post(boss, path, {"reason": ""})
    assert answer.status_code == 422
    assert "请写明理由" in answer.text
    assert post(boss, path, {"reason": "登错"}).status_code == 302
    assert rows(desk)[0].taken_back_why == "登错"


def upload(boss: FlaskClient, *lines: str) -> TestResponse:
    data = "\n".join((HEAD, *lines)).encode("gb18030")
    file = (io.BytesIO(data), "退件.csv")
    return boss.post(RETURNED, data={"csrf_token": token_of(boss), "file": file})


def test_a_table_is_previewed_confirmed_and_taken_back(
    desk: Desk, boss: FlaskClient
) -> None:
    assert boss.get(RETURNED).status_code == 200
    assert "工号" in boss.get(f"{RETURNED}/template.csv").text
    page = upload(boss, GOOD)
    assert page.status_code == 200
    assert "还没有保存" in page.text
    assert rows(desk) == []
    text = re.search(r'name="text" value="([^"]+)"', page.text)
    assert text
    done = post(boss, f"{RETURNED}/confirm", {"text": text[1]})
    assert done.status_code == 302
    assert "登记了 1 件" in boss.get(done.headers["Location"]).text
    again = post(boss, f"{RETURNED}/confirm", {"text": text[1]})
    assert again.status_code == 409
    back = f"{done.headers['Location']}/back"
    assert post(boss, back, {"reason": ""}).status_code == 422
    assert post(boss, back, {"reason": "导错了"}).status_code == 302
    assert "现在计入的有 0 件" in boss.get(done.headers["Location"]).text
    other = desk.site.browser("mentor").get(done.headers["Location"])
    assert other.status_code == 404


def test_faults_stand_at_their_cells_and_nothing_is_kept(
    desk: Desk, boss: FlaskClient
) -> None:
    page = upload(boss, GOOD, "west,昨天,租房提取,P5,材料多要或少要")
    assert page.status_code == 422
    assert "有 1 行要改" in page.text
    assert "不归您督导、带教" in page.text
    assert "日期请写成" in page.text
    assert "确认导入" not in page.text
    assert rows(desk) == []


def test_what_is_no_table_is_refused(boss: FlaskClient) -> None:
    answer = post(boss, RETURNED, {})
    assert "请先选一个文件" in answer.text
    assert upload(boss).status_code == 422
    assert post(boss, f"{RETURNED}/confirm", {}).status_code == 422
    broken = post(boss, f"{RETURNED}/confirm", {"text": "a,b\n1,2"})
    assert "表头缺少" in broken.text
