"""Organisations, sites, seats and posts, from the browser's side."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.apps import NOW
from tests.databases import statements
from tests.factories import SETUP
from tests.people.offices import Office
from tests.people.offices import give
from tests.sites import Site
from tests.sites import post
from trainer.audit import queries as audit
from trainer.kit import db
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.places import Channel
from trainer.people.domain.places import Seat
from trainer.people.domain.posts import Post

PLACES = "/people/places"
MOST_QUESTIONS = 6


def test_the_list_counts_who_is_where(office: Office, admin: FlaskClient) -> None:
    page = admin.get(PLACES).text
    for word in ("示例中心", "甲银行（虚构）", "城东管理部", "1号窗口", "窗口"):
        assert word in page
    assert f'href="/people?site={office.places.site}">1 人' in page
    assert f'href="/people?bank={office.places.bank}">1<' in page
    assert f'href="/people?bank={office.places.centre}">0<' in page


def test_an_empty_list_says_what_to_do_first(site: Site) -> None:
    page = site.browser("administrator").get(PLACES).text
    assert "先新增公积金中心" in page
    assert "还没有网点" in page


def test_many_places_take_as_many_questions_as_few(
    site: Site, office: Office, admin: FlaskClient
) -> None:
    def asked(path: str) -> int:
        with statements(site.engine) as seen:
            assert admin.get(path).status_code == 200
        return len(seen)

    few = asked(PLACES), asked(f"{PLACES}/posts")
    with db.writing(site.engine) as session:
        for n in range(5):
            seat = Seat(site=office.places.site, name=f"x{n}", channel=Channel.GUIDE)
            service.save_seat(session, seat, by=SETUP, at=NOW)
            service.add_post(session, Post(f"p{n}", f"岗{n}"), by=SETUP, at=NOW)
    assert (asked(PLACES), asked(f"{PLACES}/posts")) == few
    assert max(few) <= MOST_QUESTIONS


@pytest.mark.parametrize(
    ("kind", "form", "shown"),
    [
        (
            "organisations",
            {"code": "bank-c", "name": "丙银行", "kind": "bank"},
            "丙银行",
        ),
        ("sites", {"code": "north", "name": "城北管理部"}, "城北管理部"),
        ("seats", {"site": "{site}", "name": "热线1", "channel": "hotline"}, "热线1"),
        ("posts", {"code": "new-desk", "name": "新业务科"}, "新业务科"),
    ],
)
def test_a_place_is_added_and_renamed(
    office: Office, admin: FlaskClient, kind: str, form: dict[str, str], shown: str
) -> None:
    typed = {k: v.format(site=office.places.site) for k, v in form.items()}
    answer = post(admin, f"{PLACES}/{kind}/new", typed)
    listed = answer.headers["Location"]
    page = admin.get(listed).text
    assert shown in page
    path = page.split(f'">{shown}')[0].split('href="')[-1]
    edit = admin.get(path).text
    assert 'name="code"' not in edit
    renamed = {k: v for k, v in typed.items() if k not in {"code", "site"}}
    post(admin, path, {**renamed, "name": "改名后", "code": "other"}, path)
    page = admin.get(listed).text
    assert "改名后" in page
    assert typed.get("code", "改名后") in page


@pytest.mark.parametrize(
    ("kind", "form", "field", "sentence"),
    [
        ("sites", {"code": "East", "name": "x"}, "code", "小写字母"),
        ("sites", {"code": "east", "name": "x"}, "name", "已有了"),
        ("sites", {"code": "x", "name": ""}, "name", "请填写名称"),
        ("seats", {"site": "99", "name": "x", "channel": "window"}, "site", ""),
        (
            "seats",
            {"site": "1", "name": "1号窗口", "channel": "window"},
            "name",
            "已有",
        ),
        ("organisations", {"code": "x", "name": "y", "kind": "z"}, "kind", ""),
        ("posts", {"code": "loan-desk", "name": "另一个"}, "name", "已有了"),
    ],
)
def test_a_wrong_place_is_refused_beside_its_field(
    site: Site,
    admin: FlaskClient,
    kind: str,
    form: dict[str, object],
    field: str,
    sentence: str,
) -> None:
    with db.writing(site.engine) as session:
        service.save_posts(session, [Post("loan-desk", "贷款业务科")], by=SETUP, at=NOW)
    answer = post(admin, f"{PLACES}/{kind}/new", form)
    assert answer.status_code == 422
    assert sentence in answer.text.split(f'id="{field}-wrong">')[1].split("<")[0]


def test_a_place_where_people_work_stays_and_an_empty_one_is_retired(
    site: Site, office: Office, admin: FlaskClient
) -> None:
    busy = f"{PLACES}/sites/{office.places.site}/retire"
    answer = post(admin, busy, {}, PLACES)
    assert answer.status_code == 409
    assert "请先办完他们的去向" in answer.text
    empty = f"{PLACES}/seats/{office.places.seat}"
    post(admin, f"{empty}/retire", {}, PLACES)
    with db.reading(site.engine) as session:
        assert not queries.seats(session)[0].active
    post(admin, f"{empty}/reopen", {}, PLACES)
    with db.reading(site.engine) as session:
        assert queries.seats(session)[0].active


def test_posts_show_who_holds_them(site: Site, office: Office) -> None:
    assert office
    with db.writing(site.engine) as session:
        desks = [Post("loan-desk", "贷款业务科"), Post("risk-desk", "风险管理科")]
        service.save_posts(session, desks, by=SETUP, at=NOW)
        give(session, site, "editor", posts=frozenset({"loan-desk"}))
        give(session, site, "approver", deputies=frozenset({"loan-desk"}))
    page = site.browser("administrator").get(f"{PLACES}/posts").text
    assert "editor（虚构）" in page
    assert "approver（虚构）" in page
    assert page.count("没有人") == 1


def test_a_post_that_is_renamed_keeps_its_code_and_is_audited(
    site: Site, admin: FlaskClient
) -> None:
    post(admin, f"{PLACES}/posts/new", {"code": "loan-desk", "name": "贷款科"})
    post(admin, f"{PLACES}/posts/loan-desk", {"name": "贷款业务科"})
    with db.reading(site.engine) as session:
        assert queries.posts(session) == [Post("loan-desk", "贷款业务科")]
        verbs = [entry.verb for entry in audit.entries(session)]
    assert verbs[-2:] == ["post.added", "post.changed"]


@pytest.mark.parametrize("path", ["sites/99", "seats/x", "posts/none", "places/1"])
def test_a_place_that_is_not_there_is_missing(admin: FlaskClient, path: str) -> None:
    assert admin.get(f"{PLACES}/{path}").status_code == 404


@pytest.mark.parametrize("role", ["supervisor", "manager", "editor", "clerk"])
@pytest.mark.parametrize("path", ["", "/posts", "/sites/new", "/sites/1"])
def test_only_administrators_keep_places(site: Site, role: str, path: str) -> None:
    assert site.browser(role).get(PLACES + path).status_code == 403
