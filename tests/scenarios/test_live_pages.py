"""The pages of plays by two, from the browser's side."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.databases import Databases
from tests.databases import statements
from tests.scenarios.live_plays import SLUG
from tests.scenarios.live_plays import Cast
from tests.scenarios.live_plays import finish
from tests.scenarios.live_plays import set_up
from tests.scenarios.live_plays import the_cast
from tests.scenarios.live_plays import with_cast
from tests.sites import PASSWORD
from tests.sites import Site
from tests.sites import post
from trainer.evidence.models import FactRow
from trainer.kit import db
from trainer.scenarios.models import LiveRow
from trainer.scenarios.models import SaidRow

NEW = f"/live/new?scenario={SLUG}"
ONCE = re.compile(r'name="once"[^>]*value="([^"]+)"')
MOST_QUESTIONS = {"/live/": 6, "/live/1": 10, "/live/1/script": 8, "/live/1/rubric": 8}
"""Most statements of a page, login and frame included."""

RATED = ("最佳", "可接受", "不妥", "禁忌")


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    engine = databases.fresh(with_cast)
    yield engine
    databases.drop(engine)


@pytest.fixture
def cast(engine: Engine) -> Cast:
    with db.writing(engine) as session:
        cast = the_cast(session)
        set_up(session, cast)
    return cast


def browser(site: Site, login: str) -> FlaskClient:
    client = site.app.test_client()
    form = {"login": login, "password": PASSWORD}
    assert post(client, "/people/login", form).status_code == 302
    return client


@pytest.fixture
def citizen(site: Site, cast: Cast) -> FlaskClient:
    return browser(site, cast.friend.login)


@pytest.fixture
def observer(site: Site, cast: Cast) -> FlaskClient:
    return browser(site, cast.trainer.login)


@pytest.fixture
def clerk(site: Site, cast: Cast) -> FlaskClient:
    return browser(site, cast.clerk.login)


def play_all(engine: Engine) -> None:
    with db.writing(engine) as session:
        finish(session, the_cast(session), 1)


def rows(engine: Engine, table: type[object]) -> int:
    with db.reading(engine) as session:
        return session.query(table).count()


def test_a_list_that_is_empty_says_what_to_do(site: Site, cast: Cast) -> None:
    assert cast
    page = browser(site, "far").get("/live/").text
    assert "您还没有参加过两人演练" in page
    assert "我带的、我管的人" not in page
    page = browser(site, "rival").get("/live/").text
    assert "您的人还没有演过" in page


def test_it_is_set_up_by_a_colleague(site: Site, engine: Engine, cast: Cast) -> None:
    friend = browser(site, cast.friend.login)
    assert "房租超没超过收入的一成" in friend.get("/live/new").text
    page = friend.get(NEW).text
    assert cast.clerk.name not in page  # nobody is offered whom she does not see
    assert "夫妻在本市都没有房" not in page
    found = ONCE.search(page)
    assert found
    form = {
        "clerk": "lin 林",
        "citizen": "wu",
        "observer": "trainer",
        "case": "",
        "once": found[1],
    }
    for _ in range(2):
        answer = post(friend, NEW, form)
        assert answer.headers["Location"] == "/live/2"
    assert rows(engine, LiveRow) == 2


def test_what_is_wrong_is_said_and_the_form_kept(citizen: FlaskClient) -> None:
    answer = post(citizen, NEW, {"clerk": "lin", "once": "x"})
    assert answer.status_code == 422
    assert "请填工号" in answer.text
    answer = post(
        citizen,
        NEW,
        {"clerk": "far", "citizen": "wu", "observer": "trainer", "once": "x"},
    )
    assert answer.status_code == 422
    assert "没有在用的工号“far”，或者他不在您的网点" in answer.text
    assert 'value="trainer"' in answer.text


def test_a_supervisor_may_choose_the_case_and_is_offered_his_people(
    site: Site, cast: Cast
) -> None:
    assert cast
    page = browser(site, "boss").get(NEW).text
    assert "夫妻在本市都没有房" in page
    assert 'value="lin lin（虚构）"' in page


def test_the_script_hides_ratings_and_goes_on_by_taps(
    engine: Engine, citizen: FlaskClient
) -> None:
    page = citizen.get("/live/1/script").text
    assert "我租着房呢" in page
    assert "爱人在本市有一套房" in page
    assert not any(word in page for word in RATED)
    tap = {"act": "say", "number": "1", "place": "2"}
    for _ in range(2):
        assert post(citizen, "/live/1/script", tap).status_code == 302
    assert rows(engine, SaidRow) == 1
    assert "爱人名下有一套" in citizen.get("/live/1/script").text
    stale = {**tap, "place": "1"}
    answer = post(citizen, "/live/1/script", stale)
    assert answer.status_code == 409
    assert "另一部手机已经记到后面了" in answer.text
    back = {"act": "back", "number": "1"}
    assert post(citizen, "/live/1/script", back).status_code == 302
    assert "我租着房呢" in citizen.get("/live/1/script").text


def test_other_words_are_kept_but_no_number_of_a_citizen(citizen: FlaskClient) -> None:
    said = {"act": "say", "number": "1", "note": "打13800000000"}
    answer = post(citizen, "/live/1/script", said)
    assert answer.status_code == 422
    assert "像是电话号码" in answer.text
    assert 'value="打13800000000"' in answer.text
    said["note"] = "问户口在哪"
    assert post(citizen, "/live/1/script", said).status_code == 302


@pytest.mark.parametrize("act", ["", "fly"])
def test_an_act_that_is_none_is_refused(citizen: FlaskClient, act: str) -> None:
    assert post(citizen, "/live/1/script", {"act": act}).status_code == 422


def test_marks_are_kept_tap_by_tap_and_shown_on_any_telephone(
    site: Site, cast: Cast, observer: FlaskClient
) -> None:
    tap = {"mark": "policy:2", "comment": "问得好", "was": ""}
    answer = post(observer, "/live/1/rubric", tap)
    assert answer.headers["Location"] == "/live/1/rubric#policy"
    page = browser(site, cast.trainer.login).get("/live/1/rubric").text
    assert page.count('aria-pressed="true"') == 1
    assert "问得好</textarea>" in page
    answer = post(observer, "/live/1/rubric", {"act": "done", "comment": "改了"})
    assert answer.status_code == 409
    assert "改了</textarea>" in answer.text
    form = {"act": "done", "comment": "问得好", "was": "问得好"}
    answer = post(observer, "/live/1/rubric", form)
    assert answer.status_code == 422
    assert "还有没打分的项" in answer.text


def test_both_agree_and_the_result_is_there(
    site: Site,
    engine: Engine,
    citizen: FlaskClient,
    observer: FlaskClient,
    clerk: FlaskClient,
) -> None:
    assert "放下手机" in clerk.get("/live/1").text
    for number, place in (("1", "2"), ("2", "3")):
        tap = {"act": "say", "number": number, "place": place}
        post(citizen, "/live/1/script", tap)
    assert "到结局了" in citizen.get("/live/1/script").text
    answer = post(citizen, "/live/1/script", {"act": "done"})
    assert answer.headers["Location"] == "/live/1/script"
    for line in ("policy:2", "process:1", "communication:2", "risk:2"):
        post(observer, "/live/1/rubric", {"mark": line})
    answer = post(observer, "/live/1/rubric", {"act": "done"})
    assert answer.headers["Location"] == "/live/1"
    page = clerk.get("/live/1").text
    assert "87%" in page
    assert "最佳" in page
    assert "《租房提取》条件" in page
    page = citizen.get("/live/1").text
    assert "87%" not in page
    assert "演完了，谢谢您" in page
    assert rows(engine, FactRow) == 4
    verbs = [entry.verb for entry in site.audited() if entry.verb.startswith("live")]
    assert verbs == ["live.begun", "live.agreed", "live.agreed", "live.finished"]


def test_a_look_at_somebodys_result_is_noted_once_an_hour(
    site: Site, engine: Engine, observer: FlaskClient, clerk: FlaskClient
) -> None:
    observer.get("/live/1")
    play_all(engine)
    for _ in range(2):
        observer.get("/live/1")
        clerk.get("/live/1")
    looks = [entry for entry in site.audited() if entry.verb == "live.looked"]
    assert [entry.object for entry in looks] == ["live/1"]


def test_a_result_is_made_void_with_a_reason(
    site: Site, engine: Engine, cast: Cast, clerk: FlaskClient
) -> None:
    assert cast
    play_all(engine)
    boss = browser(site, "boss")
    answer = post(boss, "/live/1/void", {"why": ""}, "/live/1")
    assert answer.status_code == 422
    assert "请写明作废的理由" in answer.text
    assert post(clerk, "/live/1/void", {"why": ""}, "/live/1").status_code == 403
    answer = post(boss, "/live/1/void", {"why": "打错了人"}, "/live/1")
    assert answer.headers["Location"] == "/live/1"
    assert "理由：打错了人" in clerk.get("/live/1").text
    assert rows(engine, FactRow) == 8


def test_it_is_called_off(citizen: FlaskClient, clerk: FlaskClient) -> None:
    answer = post(clerk, "/live/1/call-off", {}, "/live/1")
    assert answer.headers["Location"] == "/live/"
    assert "这次演练取消了" in citizen.get("/live/1").text
    assert "这次演练已经结束" in citizen.get("/live/1/script").text


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("lin", "/live/1/script"),
        ("lin", "/live/1/rubric"),
        ("wu", "/live/1/rubric"),
        ("trainer", "/live/1/script"),
        ("boss", "/live/1/script"),
        ("beside", "/live/1"),
        ("rival", "/live/1"),
        ("far", "/live/1"),
    ],
)
def test_a_page_is_not_there_for_who_has_no_part(
    site: Site, cast: Cast, who: str, path: str
) -> None:
    assert cast
    assert browser(site, who).get(path).status_code == 404


@pytest.mark.parametrize("path", MOST_QUESTIONS)
def test_a_page_asks_the_database_only_so_often(
    site: Site, engine: Engine, cast: Cast, path: str
) -> None:
    who = {"/live/1/script": cast.friend, "/live/1/rubric": cast.trainer}
    if path not in who:
        play_all(engine)
    client = browser(site, who.get(path, cast.clerk).login)
    client.get(path)
    with statements(engine) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= MOST_QUESTIONS[path]
