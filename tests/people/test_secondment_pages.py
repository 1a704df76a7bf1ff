"""Sending, moving, prolonging, ending and arranging, from the browser's side."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.apps import NOW
from tests.commands import REPOSITORY
from tests.factories import SETUP
from tests.people.offices import TODAY
from tests.people.offices import Office
from tests.people.offices import give
from tests.people.places import make_person
from tests.sites import Site
from tests.sites import post
from trainer.core.actor import Scope
from trainer.kit import db
from trainer.people import queries
from trainer.people.domain.places import Channel
from trainer.people.domain.roles import Role
from trainer.people.domain.secondments import Listed
from trainer.topics import service as topics
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

TOPICS = (REPOSITORY / "content" / "topics.yaml").read_text("utf-8")


def history(site: Site, listed: Listed) -> list[Listed]:
    with db.reading(site.engine) as session:
        key = listed.secondment.person
        return queries.history(session, key, TODAY, reader=SETUP)


def work(office: Office, what: str, which: str = "east") -> str:
    listed = office.east if which == "east" else office.west
    return f"/people/secondments/{listed.secondment.id}/{what}"


def placing(office: Office, **more: object) -> dict[str, object]:
    return {
        "organisation": office.places.bank,
        "site": office.places.site,
        "begins_on": "2026-11-22",
        "last_on": "2027-11-21",
        "post": "",
        "reason": "",
        **more,
    }


def test_a_person_is_sent_and_the_last_day_is_included(
    site: Site, office: Office, admin: FlaskClient
) -> None:
    path = f"/people/{site.actors['clerk'].person}"
    answer = post(admin, f"{path}/work", placing(office))
    assert answer.headers["Location"] == path
    with db.reading(site.engine) as session:
        key = site.actors["clerk"].person
        (listed,) = queries.history(session, key, TODAY, reader=SETUP)
    assert listed.secondment.placement.planned_to == date(2027, 11, 22)
    page = admin.get(path).text
    assert "2027-11-21（计划）" in page
    assert "新到岗" in page


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"organisation": "0"}, "organisation", "请选择派出单位"),
        ({"site": "0"}, "site", "请选择网点"),
        ({"begins_on": ""}, "begins_on", "请填写第一天"),
        ({"begins_on": "22.11.2026"}, "begins_on", ""),
        ({"begins_on": "0001-01-01"}, "begins_on", "2000 年到 2099 年"),
        ({"last_on": "9999-12-31"}, "last_on", "2000 年到 2099 年"),
        ({"last_on": "2026-11-21"}, "last_on", "最后一天早于第一天"),
    ],
)
def test_a_mistake_stands_beside_its_field(
    site: Site,
    office: Office,
    admin: FlaskClient,
    wrong: dict[str, object],
    field: str,
    sentence: str,
) -> None:
    path = f"/people/{site.actors['clerk'].person}/work"
    typed = placing(office, reason="第二批") | wrong
    answer = post(admin, path, typed)
    assert answer.status_code == 422
    beside = re.findall(rf'id="{field}-wrong">([^<]+)<', answer.text)
    assert len(beside) == 1
    assert sentence in beside[0]
    assert 'value="第二批"' in answer.text


def test_who_works_elsewhere_is_not_sent_twice(
    office: Office, admin: FlaskClient
) -> None:
    answer = post(admin, f"{office.east_page}/work", placing(office))
    assert answer.status_code == 422
    assert "已在别处任职" in answer.text.split('id="begins_on-wrong">')[1]


def test_a_person_is_moved(site: Site, office: Office, admin: FlaskClient) -> None:
    there = placing(office, site=office.places.other_site, begins_on="2026-12-01")
    answer = post(admin, work(office, "move"), there)
    assert answer.headers["Location"] == office.east_page
    new, old = history(site, office.east)
    assert (old.site, old.secondment.left_on) == ("城东管理部", date(2026, 11, 30))
    assert new.secondment.placement.begins_on == date(2026, 12, 1)
    assert new.mentor == ""


def test_a_secondment_is_prolonged_and_keeps_what_was_arranged(
    site: Site, office: Office, admin: FlaskClient
) -> None:
    longer = placing(office, begins_on="2026-01-01", last_on="2027-06-30")
    post(admin, work(office, "change"), longer)
    (now,) = history(site, office.east)
    assert now.secondment.placement.last_on == date(2027, 6, 30)
    assert now.mentor == "mentor（虚构）"


def test_a_leaving_is_announced_and_taken_back(
    site: Site, office: Office, admin: FlaskClient
) -> None:
    form = {"last_on": "2026-11-30", "reason": "派驻期满"}
    post(admin, work(office, "end"), form)
    (now,) = history(site, office.east)
    assert now.secondment.ends_on == date(2026, 12, 1)
    page = admin.get(office.east_page).text
    assert "剩 9 天" in page
    assert "恢复（撤销离开）" in page
    post(admin, work(office, "resume"), {}, office.east_page)
    assert history(site, office.east)[0].secondment.ends_on is None


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({"last_on": "2026-11-30", "reason": ""}, "reason", "请写明离开的原因"),
        ({"last_on": "2025-12-31", "reason": "x"}, "last_on", "须晚于第一天"),
        ({"last_on": "", "reason": "x"}, "last_on", "请填写最后一天"),
    ],
)
def test_a_leaving_that_cannot_be_is_refused_beside_its_field(
    office: Office,
    admin: FlaskClient,
    form: dict[str, object],
    field: str,
    sentence: str,
) -> None:
    answer = post(admin, work(office, "end"), form)
    assert answer.status_code == 422
    assert sentence in answer.text.split(f'id="{field}-wrong">')[1].split("<")[0]


def test_what_was_entered_by_mistake_is_called_off(
    site: Site, office: Office, admin: FlaskClient
) -> None:
    post(admin, work(office, "call-off"), {}, office.east_page)
    assert history(site, office.east) == []
    assert "没有任职记录" in admin.get(office.east_page).text


@pytest.mark.parametrize("what", ["move", "change", "end"])
@pytest.mark.parametrize("role", ["supervisor", "manager", "mentor", "clerk"])
def test_only_administrators_send_move_and_end(
    site: Site, office: Office, role: str, what: str
) -> None:
    assert site.browser(role).get(work(office, what)).status_code == 403


def test_the_supervisor_of_the_site_arranges(site: Site, office: Office) -> None:
    with db.writing(site.engine) as session:
        save = SaveText(name=TextName.TOPICS, text=TOPICS, note="", based_on=None)
        topics.save_text(session, save, by=SETUP, at=NOW)
        make_person(session, "coach", Role.MENTOR)
    boss = site.browser("supervisor")
    path = f"/people/arrangements/{office.east.secondment.id}"
    assert path in boss.get(office.east_page).text
    shown = boss.get(path).text
    assert 'value="mentor mentor（虚构）"' in shown
    assert "1号窗口" in shown
    form = {
        "seat": office.places.seat,
        "mentor": "mentor mentor（虚构）",
        "successor": "",
        "lines": ["withdraw"],
    }
    assert post(boss, path, form).headers["Location"] == office.east_page
    (now,) = history(site, office.east)
    assert (now.seat, now.channel) == ("1号窗口", Channel.WINDOW)
    assert now.mentor == "mentor（虚构）"
    assert now.secondment.placement.arrangement.lines == {"withdraw"}
    again = boss.get(path).text
    assert re.findall(r'<input checked[^>]*value="(\w+)"', again) == ["withdraw"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"mentor": "nobody"}, "mentor", "没有找到这个工号"),
        ({"successor": "west"}, "successor", "没有找到这个工号"),
        ({"mentor": "east"}, "mentor", "不能是本人"),
        ({"seat": "99"}, "seat", ""),
    ],
)
def test_an_arrangement_that_cannot_be_is_refused_beside_its_field(
    site: Site, office: Office, typed: dict[str, object], field: str, sentence: str
) -> None:
    """The supervisor of the east cannot even tell whether ``west`` exists."""
    path = f"/people/arrangements/{office.east.secondment.id}"
    form = {"seat": "0", "mentor": "", "successor": "", **typed}
    answer = post(site.browser("supervisor"), path, form)
    assert answer.status_code == 422
    assert sentence in answer.text.split(f'id="{field}-wrong">')[1].split("<")[0]


def test_a_bank_sees_and_does_not_arrange(site: Site, office: Office) -> None:
    with db.writing(site.engine) as session:
        scope = Scope(organisations=frozenset({office.places.bank}))
        give(session, site, "supervisor", scope=scope)
    bank = site.browser("supervisor")
    path = f"/people/arrangements/{office.east.secondment.id}"
    assert path not in bank.get(office.east_page).text
    assert bank.get(path).status_code == 403
    other = f"/people/arrangements/{office.west.secondment.id}"
    assert bank.get(other).status_code == 404
