"""Own page, a person's page, and why: shown, refused, decided, objected to."""

from __future__ import annotations

import re
from datetime import date
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.apps import NOW
from tests.competence.offices import Desk
from tests.competence.offices import make_desk
from tests.competence.worlds import MANAGER
from tests.competence.worlds import make_fact
from tests.competence.worlds import make_sighting
from tests.competence.worlds import see
from tests.databases import statements
from tests.sites import Site
from tests.sites import post
from trainer.competence import queries
from trainer.competence import service
from trainer.competence.domain.authorising import Act
from trainer.competence.domain.authorising import State
from trainer.kit import db

TODAY = date(2026, 11, 22)
CHANGED = NOW + timedelta(days=10)
"""2 December: the new rules hold since yesterday."""


@pytest.fixture
def desk(site: Site) -> Desk:
    return make_desk(site)


@pytest.fixture
def boss(site: Site, desk: Desk) -> FlaskClient:
    assert desk
    return site.browser("supervisor")


def log_in_east(desk: Desk) -> FlaskClient:
    return desk.site.browser("clerk")


def decide(
    client: FlaskClient, desk: Desk, act: Act, seen: int = 0, **more: str
) -> int:
    form = {"withdraw-act": act.value, "withdraw-seen": str(seen)}
    form |= {f"withdraw-{name}": told for name, told in more.items()}
    answer = post(client, f"{desk.east_page}/lines/withdraw", form)
    return answer.status_code


def state(desk: Desk, on: date = TODAY) -> State:
    with db.reading(desk.site.engine) as session:
        (held,) = queries.authorisations(
            session, [desk.east], on, reader=MANAGER, lines=["withdraw"]
        )
    return held.authorisation.state


def test_a_newcomer_is_told_what_to_do(site: Site, desk: Desk) -> None:
    assert desk
    page = site.browser("editor").get("/competence").text
    assert "先练五道题" in page
    assert "现在练五题" in page
    assert "还没有记录。答题、演练" in page
    assert page.count("未上岗") == 2


def test_before_any_content_the_page_says_so(site: Site) -> None:
    page = site.browser("clerk").get("/competence").text
    assert "还没有登记能力项" in page


def test_own_page_shows_figure_band_level_trend_and_when_it_is_due(
    desk: Desk, boss: FlaskClient
) -> None:
    assert decide(boss, desk, Act.GRANTED) == 302
    page = log_in_east(desk).get("/competence").text
    assert "消费类提取" in page
    assert "八成把握在" in page
    assert "L3 独立" in page
    assert "▲" in page or "▼" in page or "持平" in page
    assert "天后" in page or "今天该练" in page
    assert "可独立办理" in page
    assert "批准独立上岗" in page


def test_why_is_told_by_the_person_and_by_who_looks_after_him(
    desk: Desk, boss: FlaskClient
) -> None:
    own = log_in_east(desk).get(f"{desk.east_page}/P5").text
    others = boss.get(f"{desk.east_page}/P5").text
    assert "您的“" in own
    assert "clerk（虚构）的“" in others
    for page in (own, others):
        assert "起点：一般同事" in page
        assert "无房可提" in page or "现场观察" in page or "答题" in page
        told = re.sub(r"<svg.*?</svg>", "", page.split("<main")[1].split("<dialog")[0])
        assert not re.search(r"\d\.\d{2}", told), "a raw figure"
    looks = [e for e in desk.site.audited() if e.verb == "person.looked"]
    assert [e.object for e in looks] == [f"person/{desk.east}"]


def test_a_past_day_is_shown_as_it_was_and_a_day_to_come_is_refused(
    desk: Desk, boss: FlaskClient
) -> None:
    page = boss.get(f"{desk.east_page}/P5?on=2026-09-30").text
    assert "2026-09-30 当天知道的情况" in page
    assert "这一项还没有记录" in page
    page = boss.get(f"{desk.east_page}?on=2026-10-20").text
    assert "2026-10-20 当天知道的情况" in page
    assert "决定…" not in page
    for path in (desk.east_page, f"{desk.east_page}/P5"):
        answer = boss.get(f"{path}?on=2027-01-01")
        assert answer.status_code == 422
        assert "还没有到" in answer.text


@pytest.mark.parametrize("path", ["", "/P5", "/sightings/observation"])
def test_nobody_finds_whom_he_does_not_look_after(
    desk: Desk, boss: FlaskClient, path: str
) -> None:
    assert boss.get(f"{desk.west_page}{path}").status_code == 404
    other = desk.site.browser("editor").get(f"{desk.east_page}{path}")
    assert other.status_code in {403, 404}


def test_there_is_no_such_competency_or_kind(desk: Desk, boss: FlaskClient) -> None:
    assert boss.get(f"{desk.east_page}/P99").status_code == 404
    assert boss.get(f"{desk.east_page}/sightings/gossip").status_code == 404


def test_a_supervisor_decides_and_sees_every_step(
    desk: Desk, boss: FlaskClient
) -> None:
    assert "可以上岗" in boss.get(desk.east_page).text
    assert decide(boss, desk, Act.GRANTED, last_on="2027-03-31") == 302
    assert state(desk) is State.ALONE
    assert state(desk, date(2027, 4, 1)) is State.EXPIRED
    page = boss.get(desk.east_page).text
    assert "到 2027-03-31" in page
    assert decide(boss, desk, Act.SUSPENDED, 1) == 422
    assert decide(boss, desk, Act.SUSPENDED, 1, reason="连续退件") == 302
    assert decide(boss, desk, Act.RESTORED, 2, reason="复核无误") == 302
    assert "经过（3 步）" in boss.get(desk.east_page).text


def test_a_page_that_was_changed_meanwhile_is_told_so(
    desk: Desk, boss: FlaskClient
) -> None:
    assert decide(boss, desk, Act.GRANTED) == 302
    answer = post(
        boss,
        f"{desk.east_page}/lines/withdraw",
        {"withdraw-act": "revoked", "withdraw-seen": "0", "withdraw-reason": "x"},
    )
    assert answer.status_code == 409
    assert "刚才有人改过" in answer.text
    assert state(desk) is State.ALONE


def test_what_does_not_follow_is_refused_with_what_was_typed(
    desk: Desk, boss: FlaskClient
) -> None:
    answer = post(
        boss,
        f"{desk.east_page}/lines/service",
        {"service-act": "granted", "service-seen": "0", "service-reason": "表现好"},
    )
    assert answer.status_code == 422
    assert "还没有达到独立上岗的要求" in answer.text
    assert "表现好" in answer.text
    for form in ({}, {"withdraw-act": "lapsed"}, {"withdraw-act": "granted"}):
        answer = post(boss, f"{desk.east_page}/lines/withdraw", form)
        assert answer.status_code == 422


def test_an_objection_is_seen_and_answered(desk: Desk, boss: FlaskClient) -> None:
    decide(boss, desk, Act.GRANTED)
    decide(boss, desk, Act.SUSPENDED, 1, reason="退件多")
    own = log_in_east(desk)
    path = "/competence/lines/withdraw/objection"
    assert post(own, path, {"withdraw-seen": "2"}).status_code == 422
    sent = {"withdraw-reason": "退件不是我办的", "withdraw-seen": "1"}
    assert post(own, path, sent).status_code == 409
    answer = post(own, path, {**sent, "withdraw-seen": "2"})
    assert answer.status_code == 302
    assert "异议已提交，等答复" in own.get("/competence").text
    assert "退件不是我办的" in boss.get(desk.east_page).text
    assert "等答复的异议（1）" in boss.get("/competence/team").text
    assert decide(boss, desk, Act.ANSWERED, 3, reason="已核对，恢复") == 302
    assert "已核对，恢复" in own.get("/competence").text


def test_a_change_of_policy_is_told_with_the_way_to_what_changed(
    desk: Desk, boss: FlaskClient
) -> None:
    decide(boss, desk, Act.GRANTED)
    desk.site.set_clock(CHANGED)
    boss = desk.site.browser("supervisor")
    page = boss.get(desk.east_page).text
    assert "已失效，待重新证明" in page
    assert "规定变了，还没有重新考过：提取规定" in page
    assert "/articles/rules/diff" in page
    why = boss.get(f"{desk.east_page}/P5").text
    assert "规定变了（提取规定）" in why
    assert "答对一道新规定的题（提取规定）" in why
    assert "已失效（1）" in boss.get("/competence/team").text


def test_one_sees_what_others_have_entered_and_what_was_taken_back(
    desk: Desk, boss: FlaskClient
) -> None:
    with db.writing(desk.site.engine) as session:
        told = make_sighting(desk.east, words="材料核对仔细")
        service.enter(session, told, by=MANAGER, at=NOW)
    own = log_in_east(desk)
    assert "材料核对仔细" in own.get("/competence").text
    page = boss.get(desk.east_page).text
    assert "撤销…" in page
    answer = post(boss, "/competence/sightings/1/back", {"reason": "登错人了"})
    assert answer.status_code == 302
    assert "登错人了" in own.get("/competence").text
    again = post(boss, "/competence/sightings/1/back", {"reason": "再撤"})
    assert again.status_code == 409


def test_the_panel_on_the_page_of_a_person(desk: Desk, boss: FlaskClient) -> None:
    decide(boss, desk, Act.GRANTED)
    page = boss.get(f"/people/{desk.east}").text
    assert "可独立办理" in page
    assert desk.east_page in page
    admin = desk.site.browser("administrator").get(f"/people/{desk.east}").text
    assert "可独立办理" not in admin
    assert desk.east_page not in admin


def test_a_page_asks_no_more_however_much_there_is(
    desk: Desk, boss: FlaskClient
) -> None:
    paths = [desk.east_page, f"{desk.east_page}/P5"]
    for path in paths:
        boss.get(path)  # the look is noted once

    def asked() -> list[int]:
        counts = []
        for path in paths:
            with statements(desk.site.engine) as seen:
                boss.get(path)
            counts.append(len(seen))
        return counts

    before = asked()
    with db.writing(desk.site.engine) as session:
        see(
            session,
            *(
                make_fact(desk.east, "2026-11-20", f"more#q{n}", source=f"more/{n}")
                for n in range(40)
            ),
        )
    first = asked()  # what is remembered of him is old
    assert asked() == before
    assert max(first) <= 45
