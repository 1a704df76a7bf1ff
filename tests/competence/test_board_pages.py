"""The board of a team, and who may handle what at which window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.apps import NOW
from tests.competence.offices import Desk
from tests.competence.offices import make_desk
from tests.competence.worlds import MANAGER
from tests.competence.worlds import make_fact
from tests.competence.worlds import see
from tests.databases import statements
from tests.people.offices import give
from tests.people.places import add_accounts
from tests.sites import Site
from tests.sites import post
from tests.web.spreadsheets import cells
from trainer.competence import service
from trainer.competence.domain.authorising import Act
from trainer.competence.domain.authorising import Decision
from trainer.competence.domain.boards import heat
from trainer.core.actor import Scope
from trainer.kit import db
from trainer.people.models import SecondmentRow

TEAM, WINDOWS = "/competence/team", "/competence/windows"


@pytest.fixture
def desk(site: Site) -> Desk:
    return make_desk(site)


@pytest.fixture
def boss(site: Site, desk: Desk) -> FlaskClient:
    assert desk
    return site.browser("supervisor")


def grant(desk: Desk, act: Act = Act.GRANTED, line: str = "withdraw") -> None:
    told = Decision(person=desk.east, line=line, act=act, seen=0)
    with db.writing(desk.site.engine) as session:
        service.decide(session, told, by=MANAGER, at=NOW)


def add_people(desk: Desk, many: int) -> None:
    """Add people of the eastern office, each with a fact."""
    with db.writing(desk.site.engine) as session:
        keys = add_accounts(session, many)
        session.add_all(
            SecondmentRow(
                person_id=key,
                organisation_id=desk.office.places.bank,
                site_id=desk.office.places.site,
                begins_on=date(2026, 1, 1),
                reason="",
                end_reason="",
            )
            for key in keys
        )
        see(session, *(make_fact(key, "2026-11-01") for key in keys))


def test_the_board_shows_figures_proposals_and_the_way_to_why(
    desk: Desk, boss: FlaskClient
) -> None:
    page = boss.get(TEAM).text
    assert "可以上岗（1）" in page
    assert f"{desk.east_page}/P5" in page
    assert "east（虚构）" in page
    assert "west（虚构）" not in page
    grant(desk)
    assert "可以上岗（0）" in boss.get(TEAM).text


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ("line=service", ">C5<", ">P5<"),
        ("dimension=C", ">C5<", ">P5<"),
        ("bank=999", "没有符合条件的人", ">P5<"),
        ("site=abc&line=none&dimension=X&sort=none", ">P5<", "没有归您"),
    ],
)
def test_the_board_is_narrowed(
    boss: FlaskClient, asked: str, there: str, gone: str
) -> None:
    page = boss.get(f"{TEAM}?{asked}").text
    assert there in page
    assert gone not in page


def test_the_board_is_sorted_and_who_was_not_seen_comes_last(
    desk: Desk, boss: FlaskClient
) -> None:
    add_people(desk, 1)
    for sort, first, then in (
        ("login", "clerk（虚构）", "east（虚构）"),
        ("weakest", "虚构</", "clerk（虚构）"),
        ("due", "虚构</", "east（虚构）"),
        ("site", "east（虚构）", "clerk（虚构）"),
    ):
        page = boss.get(f"{TEAM}?sort={sort}").text.split("<tbody>")[1]
        assert page.index(first) < page.index(then), sort


def test_a_mentor_sees_whom_he_trains_and_a_clerk_is_led_to_his_own(
    desk: Desk, site: Site
) -> None:
    assert desk
    page = site.browser("mentor").get(TEAM).text
    assert "east（虚构）" in page
    assert "clerk（虚构）" not in page.split("<tbody>")[1]
    answer = site.browser("clerk").get(TEAM)
    assert answer.status_code == 403
    assert "我的能力" in answer.text


def test_nobody_to_look_after_is_told(site: Site, desk: Desk) -> None:
    with db.writing(site.engine) as session:
        give(session, site, "supervisor", scope=Scope())
    assert desk
    assert "没有归您带教或督导" in site.browser("supervisor").get(TEAM).text


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_board_is_taken_away_with_a_reason(
    desk: Desk, boss: FlaskClient, ending: str
) -> None:
    path = f"{TEAM}/export?line=service"
    refused = post(boss, path, {"why": "看", "ending": ending})
    assert refused.status_code == 422
    sent = {"why": "=安排十二月带教", "ending": ending}
    rows = [*cells(post(boss, path, sent), ending)]
    assert rows[0][:5] == ("工号", "姓名", "派出单位", "网点", "窗口")
    assert rows[0][5:] == ("P1 版本意识", "C5 投诉处理")
    east = next(row for row in rows if row[0] == "clerk")
    assert east[4] == "1号窗口"
    assert int(east[5]) > 50
    assert "安排十二月带教" in str(rows[-1])
    assert not any(cell[:1] in "=+@" for row in rows for cell in row if cell)
    exported = [e for e in desk.site.audited() if e.verb == "export.made"]
    assert len(exported) == 1


def test_a_board_asks_no_more_for_more_people(desk: Desk, boss: FlaskClient) -> None:
    def asked(path: str) -> int:
        with statements(desk.site.engine) as seen:
            assert boss.get(path).status_code == 200
        return len(seen)

    for path in (TEAM, WINDOWS):
        asked(path)
    few = [asked(path) for path in (TEAM, WINDOWS)]
    add_people(desk, 30)
    many = [asked(path) for path in (TEAM, WINDOWS)]
    assert max(many) <= 30
    assert [asked(path) for path in (TEAM, WINDOWS)] == few


def test_colours_begin_where_the_levels_do() -> None:
    figures = (0, 59, 60, 69, 70, 80, 84, 85, 92, 93, 100)
    assert [heat(n) for n in figures] == [0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 5]


def test_a_window_says_who_may_handle_what_today(desk: Desk, site: Site) -> None:
    grant(desk)
    grant(desk, Act.LIMITED, "service")
    page = site.browser("clerk").get(WINDOWS).text
    assert "城东管理部：谁可以办什么（2026-11-22）" in page
    assert "1号窗口clerk（虚构）" in page
    row = page.split("<tbody>")[1]
    assert "独立" in row
    assert "共同签字" in row
    only = site.browser("clerk").get(f"{WINDOWS}?line=withdraw").text
    assert "共同签字：" not in only


def test_colleagues_see_states_and_nothing_else(desk: Desk, site: Site) -> None:
    told = Decision(
        person=desk.east, line="withdraw", act=Act.LIMITED, reason="还要再带", seen=0
    )
    with db.writing(site.engine) as session:
        service.decide(session, told, by=MANAGER, at=NOW)
    page = site.browser("mentor").get(WINDOWS)
    assert page.status_code == 200  # works at no site
    assert "您今天没有任职的网点" in page.text
    boss = site.browser("supervisor").get(WINDOWS).text
    assert "共同签字" in boss
    assert "还要再带" not in boss
    assert "%" not in boss.split("<main")[1].split("<dialog")[0]


def test_who_asks_for_another_site_gets_his_own(desk: Desk, site: Site) -> None:
    other = desk.office.places.other_site
    page = site.browser("clerk").get(f"{WINDOWS}?site={other}").text
    assert "城东管理部：" in page
    assert "城西管理部" not in page
    page = site.browser("manager").get(f"{WINDOWS}?site={other}").text
    assert "城西管理部：" in page


def test_a_day_to_come_is_judged_by_what_is_known_today(desk: Desk, site: Site) -> None:
    grant(desk)
    page = site.browser("clerk").get(f"{WINDOWS}?on=2026-12-01&line=withdraw").text
    assert "按今天知道的情况推算" in page
    assert "没有人可以独立办" in page  # the new rules hold from that day
    nobody = site.browser("clerk").get(f"{WINDOWS}?on=2020-01-01").text
    assert "没有登记在岗的人" in nobody
    assert site.browser("clerk").get(f"{WINDOWS}?on=soon").status_code == 422


def test_a_state_of_a_colleague_follows_the_same_rules(desk: Desk, site: Site) -> None:
    told = Decision(person=desk.east, line="withdraw", act=Act.GRANTED, seen=0)
    with db.writing(site.engine) as session:
        short = replace(told, until=date(2026, 11, 25))
        service.decide(session, short, by=MANAGER, at=NOW)
    last = site.browser("clerk").get(f"{WINDOWS}?on=2026-11-24&line=withdraw").text
    over = site.browser("clerk").get(f"{WINDOWS}?on=2026-11-25&line=withdraw").text
    assert "没有人可以独立办" not in last
    assert "没有人可以独立办" in over
