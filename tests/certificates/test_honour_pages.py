"""Honours: public rules, proposals of one's own people, confirmed by a person."""

from __future__ import annotations

import html
import re
from datetime import date
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.certificates.papers import decide
from tests.certificates.papers import give_mentor
from tests.certificates.papers import put_fixed
from tests.competence.offices import Desk
from tests.competence.offices import make_desk
from tests.competence.worlds import MANAGER
from tests.competence.worlds import make_sighting
from tests.databases import statements
from tests.sites import Site
from tests.sites import post
from trainer import features
from trainer.certificates import queries
from trainer.certificates import service
from trainer.certificates.domain.certificates import OwnDecisionError
from trainer.certificates.domain.honours import Confirm
from trainer.certificates.domain.honours import NotReachedError
from trainer.certificates.domain.honours import Quarter
from trainer.certificates.domain.honours import Rule
from trainer.certificates.queries.counting import still_lacking
from trainer.certificates.queries.tasks import tasks
from trainer.competence.domain.authorising import Act
from trainer.competence.models import AuthorisationEventRow
from trainer.competence.service import enter
from trainer.core.errors import DeniedError
from trainer.evidence.domain import FactKind
from trainer.kit import db

SUMMER, AUTUMN = Quarter(2026, 3), Quarter(2026, 4)
JANUARY = NOW + timedelta(days=45)
"""6 January 2027: the autumn is over."""

LATE = NOW + timedelta(days=120)


@pytest.fixture
def desk(site: Site) -> Desk:
    return make_desk(site)


def watch(desk: Desk, person: int, times: int = 20, **more: object) -> None:
    with db.writing(desk.site.engine) as session:
        for n in range(times):
            told = make_sighting(
                person,
                **{"on": date(2026, 11, 1), "token": f"{person}/{n}/{more}", **more},
            )
            enter(session, told, by=MANAGER, at=NOW)


def boss_in_january(desk: Desk) -> FlaskClient:
    desk.site.set_clock(JANUARY)
    return desk.site.browser("supervisor")


def form(person: int, words: str = "耐心细致") -> dict[str, object]:
    return {"person": str(person), "rule": "service", "words": words}


def told(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page.split("<main")[1]))


def test_the_rules_are_public_and_say_how_much(desk: Desk) -> None:
    page = told(desk.site.browser("editor").get("/honours").text)
    for said in ("服务之星", "带教之星", "案例贡献", "至少 20", "不排名", "还没有"):
        assert said in page
    assert "等确认的" not in page


def test_a_supervisor_confirms_what_the_rule_proposes_and_all_see_it(
    desk: Desk,
) -> None:
    watch(desk, desk.east)
    watch(desk, desk.west)
    boss = boss_in_january(desk)
    page = boss.get("/honours/proposals").text
    assert "clerk（虚构）" in page
    assert "west（虚构）" not in page, "of another office"
    assert "看过或共同签字的办件 20 件" in told(page)
    answer = post(boss, "/honours/proposals", form(desk.east, "好"))
    assert answer.status_code == 422
    assert 'value="好"' in answer.text
    assert post(boss, "/honours/proposals", form(desk.east)).status_code == 302
    assert "现在没有等您确认的" in boss.get("/honours/proposals").text
    again = post(boss, "/honours/proposals", form(desk.east), "/honours/1/revoke")
    assert again.status_code in {409, 405}
    page = told(desk.site.browser("editor").get("/honours").text)
    for said in ("clerk（虚构）", "2026 年第 4 季度服务之星", "耐心细致", "20 件"):
        assert said in page
    assert [e.verb for e in desk.site.audited() if e.verb.startswith("honour")] == [
        "honour.given"
    ]


def test_a_returned_file_or_a_lapse_proposes_nothing_and_names_nobody(
    desk: Desk,
) -> None:
    watch(desk, desk.east)
    more = {"kind": FactKind.RETURNED_FILE, "outcomes": {"P5": 0.0}}
    watch(desk, desk.east, 1, cause="materials", **more)
    boss = boss_in_january(desk)
    page = boss.get("/honours/proposals").text
    assert "clerk（虚构）" not in page
    assert "退件" not in told(page)
    where = f"/honours/people/{desk.east}/service/2026-Q4"
    assert boss.get(where).status_code == 404
    answer = post(boss, "/honours/proposals", form(desk.east), "/people/me")
    assert answer.status_code == 409


def test_a_suspension_that_still_lasts_stands_against_it(desk: Desk) -> None:
    spring = NOW - timedelta(days=200)
    with db.writing(desk.site.engine) as session:
        session.add_all(
            AuthorisationEventRow(
                person_id=desk.east,
                line="withdraw",
                number=number,
                act=act,
                by=MANAGER.person,
                at=spring,
                reason="",
            )
            for number, act in ((1, Act.LIMITED), (2, Act.SUSPENDED))
        )
    watch(desk, desk.east)
    page = boss_in_january(desk).get("/honours/proposals").text
    assert "clerk（虚构）" not in page
    desk.site.set_clock(NOW)
    decide(desk, Act.RESTORED, 2)
    with db.reading(desk.site.engine) as session:
        assert counted(session, desk.east, Rule.SERVICE) == {}
        spring_after = Quarter(2027, 1)
        assert list(still_lacking(session, spring_after)) == []


def test_what_was_counted_is_for_the_person_and_his_supervisor(desk: Desk) -> None:
    watch(desk, desk.east)
    boss = boss_in_january(desk)
    where = f"/honours/people/{desk.east}/service/2026-Q4"
    for browser in (boss, desk.site.browser("clerk")):
        page = browser.get(where).text
        assert page.count("<time") == 20
        assert "看过或共同签字的办件" in page
    for role in ("editor", "administrator", "mentor"):
        assert desk.site.browser(role).get(where).status_code == 404
    for wrong in ("nothing/2026-Q4", "service/2026", "mentor/2026-Q4"):
        assert boss.get(f"/honours/people/{desk.east}/{wrong}").status_code == 404


def test_an_honour_is_taken_back_with_a_reason(desk: Desk) -> None:
    watch(desk, desk.east)
    boss = boss_in_january(desk)
    post(boss, "/honours/proposals", form(desk.east))
    where = f"/honours/people/{desk.east}/service/2026-Q4"
    assert "撤销这项荣誉" in boss.get(where).text
    answer = post(boss, "/honours/1/revoke", {"reason": ""}, where)
    assert answer.status_code == 422
    answer = post(boss, "/honours/1/revoke", {"reason": "重复计算"}, where)
    assert answer.status_code == 302
    assert "clerk（虚构）" not in told(boss.get("/honours").text)
    clerk = desk.site.browser("clerk")
    assert (
        post(clerk, "/honours/1/revoke", {"reason": "不要"}, where).status_code == 403
    )
    own = clerk.get("/people/me/data").text
    assert "重复计算" in own
    assert "服务之星" in own


def test_nobody_confirms_his_own_nor_a_clerk_any(desk: Desk) -> None:
    watch(desk, desk.site.actors["supervisor"].person)
    actors = desk.site.actors
    mine = Confirm(
        person=actors["supervisor"].person, rule=Rule.SERVICE, words="很好很好"
    )
    more = {"at": JANUARY}
    with db.writing(desk.site.engine) as session:
        for by, error in (
            (actors["supervisor"], OwnDecisionError),
            (actors["clerk"], DeniedError),
        ):
            with pytest.raises(error):
                service.confirm(session, mine, features.DEEDS, by=by, **more)


def test_a_quarter_that_is_long_over_is_not_opened_again(desk: Desk) -> None:
    watch(desk, desk.east)
    told = Confirm(person=desk.east, rule=Rule.SERVICE, words="很好很好")
    with db.writing(desk.site.engine) as session:
        for at in (NOW, LATE):
            with pytest.raises(NotReachedError):
                service.confirm(session, told, features.DEEDS, by=MANAGER, at=at)


def test_who_runs_the_centre_sets_what_is_asked_for(desk: Desk) -> None:
    manager = desk.site.browser("manager")
    path = "/honours/bounds"
    for least in ("0", "501", "viele", ""):
        sent = {"rule": "service", "least": least}
        assert post(manager, path, sent, "/honours").status_code == 422
    assert (
        post(manager, path, {"rule": "x", "least": "5"}, "/honours").status_code == 422
    )
    for least in ("5", "6"):
        sent = {"rule": "service", "least": least}
        assert post(manager, path, sent, "/honours").status_code == 302
    assert "至少 6" in desk.site.browser("editor").get("/honours").text
    boss = desk.site.browser("supervisor")
    sent = {"rule": "service", "least": "1"}
    assert post(boss, path, sent, "/honours").status_code == 403
    watch(desk, desk.east, 6)
    assert "clerk（虚构）" in boss_in_january(desk).get("/honours/proposals").text


def counted(session: Session, person: int, rule: Rule) -> dict[str, int]:
    found = queries.counted(session, person, rule, AUTUMN, features.DEEDS)
    return found.counted if found else {}


def test_a_mentor_is_praised_for_who_came_to_work_alone(desk: Desk) -> None:
    mentor = desk.site.actors["mentor"].person
    manager = desk.site.actors["manager"]
    with db.writing(desk.site.engine) as session:
        service.set_bound(session, Rule.MENTOR, 1, by=manager, at=NOW)
        give_mentor(session, desk.east, mentor)
    decide(desk, Act.GRANTED)
    with db.reading(desk.site.engine) as session:
        assert counted(session, mentor, Rule.MENTOR) == {"trained": 1}
        summer = queries.counted(session, mentor, Rule.MENTOR, SUMMER, features.DEEDS)
    assert summer is None
    decide(desk, Act.REVOKED, 1)
    decide(desk, Act.GRANTED, 2)
    with db.reading(desk.site.engine) as session:
        assert counted(session, mentor, Rule.MENTOR) == {"trained": 1}


def test_flags_that_led_to_a_fix_count_for_who_raised_them(desk: Desk) -> None:
    clerk = desk.site.actors["clerk"]
    with db.writing(desk.site.engine) as session:
        put_fixed(session, clerk, 3)
        assert counted(session, clerk.person, Rule.CASE) == {"fixed": 3}


def test_supervisors_are_asked_to_confirm_their_own_people(desk: Desk) -> None:
    watch(desk, desk.east)
    actors = desk.site.actors
    boss = actors["supervisor"].person
    everybody = [actor.person for actor in actors.values()]
    with db.reading(desk.site.engine) as session:
        (task,) = tasks(session, everybody, JANUARY, features.DEEDS)
        assert (task.person, task.key) == (boss, "honours/2026-Q4")
        assert task.what == "确认荣誉：1 项"
        assert task.due == date(2027, 3, 2)
        assert tasks(session, everybody, NOW, features.DEEDS) == []
        with statements(desk.site.engine) as seen:
            tasks(session, everybody, JANUARY, features.DEEDS)
        assert len(seen) <= 20
