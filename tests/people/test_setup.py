"""The first visit of a site without accounts."""

from __future__ import annotations

import re
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.commands import Terminal
from tests.factories import NOON
from tests.factories import SETUP
from tests.people.places import make_person
from tests.reading import strays
from tests.sites import post
from trainer.app import create_app
from trainer.audit import queries as audit
from trainer.kit import db
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.roles import Role
from trainer.people.domain.setup import AlreadySetUpError
from trainer.people.domain.setup import SetUp
from trainer.settings import Settings

COMMAND = SetUp(
    login="boss",
    name="陈首席（虚构）",
    password="counter-2026",
    centre="示例市住房公积金管理中心",
    site="市民中心网点",
)
CODE = re.compile(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}\Z")


@pytest.fixture
def code(tmp_path: Path) -> service.SetupCode:
    return service.SetupCode(tmp_path / "setup-code")


@pytest.fixture
def app(engine: Engine, tmp_path: Path) -> Flask:
    settings = Settings(data=tmp_path, database_url=str(engine.url), secret_key="k")
    return create_app(settings, engine, now=lambda: NOON)


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


def typed(code: str, **more: object) -> dict[str, object]:
    return {
        "code": code,
        "login": COMMAND.login,
        "name": COMMAND.name,
        "password": COMMAND.password,
        "again": COMMAND.password,
        "centre": COMMAND.centre,
        "site": COMMAND.site,
        **more,
    }


@pytest.mark.parametrize("path", ["/", "/people", "/people/login", "/desk"])
def test_every_way_leads_to_the_setup(browser: FlaskClient, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/setup")


def test_the_code_opens_the_site_once(
    engine: Engine, browser: FlaskClient, code: service.SetupCode
) -> None:
    told = code.made()
    assert CODE.match(told)
    assert code.made() == told, "several processes tell the same code"
    assert "首次设置" in browser.get("/setup").text
    answer = post(browser, "/setup", typed(f" {told} "))
    assert answer.headers["Location"].startswith("/people/login")
    assert not code.path.exists()
    assert not code.matches(told)
    assert browser.get("/setup").status_code == 404
    login: dict[str, object] = {"login": "boss", "password": "counter-2026"}
    page = "/people/login?next=/people"
    assert post(browser, page, login, page).headers["Location"] == "/people"
    with db.reading(engine) as session:
        (person,) = queries.everybody(session, reader=SETUP)
        assert person.roles == {Role.ADMINISTRATOR}
        assert [o.name for o in queries.organisations(session)] == [COMMAND.centre]
        assert [s.name for s in queries.sites(session)] == [COMMAND.site]
        verbs = [entry.verb for entry in audit.entries(session)]
    assert verbs[:3] == ["account.opened", "organisation.added", "site.added"]


def test_it_speaks_english_too(browser: FlaskClient, code: service.SetupCode) -> None:
    code.made()
    browser.set_cookie("language", "en")
    page = browser.get("/setup").text
    refused = post(browser, "/setup", typed("aaaa-bbbb-cccc-dddd"), "/setup").text
    assert "First setup" in page
    assert "The setup code is wrong" in refused
    assert strays(page) + strays(refused) == []


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"code": "aaaa-bbbb-cccc-dddd"}, "code", "设置码不对"),
        ({"code": ""}, "code", "请填写设置码"),
        ({"login": "一号"}, "login", "工号用 2 到 32 位"),
        ({"password": "short", "again": "short"}, "password", "密码至少 10 位"),
        ({"again": "other"}, "again", "两次输入的密码不一样"),
        ({"centre": ""}, "centre", "请填写中心名称"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_code_still_counts(
    browser: FlaskClient,
    code: service.SetupCode,
    wrong: dict[str, object],
    field: str,
    sentence: str,
) -> None:
    told = code.made()
    answer = post(browser, "/setup", typed(told) | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text.split(f'id="{field}-wrong">')[1].split("<")[0]
    assert COMMAND.password not in answer.text
    assert post(browser, "/setup", typed(told)).status_code == 302


def test_without_a_code_nobody_can_set_up(
    browser: FlaskClient, code: service.SetupCode
) -> None:
    assert not code.path.exists()
    for guess in ("", " ", "x"):
        assert post(browser, "/setup", typed(guess)).status_code == 422
    code.path.write_text("")
    assert post(browser, "/setup", typed(" ")).status_code == 422


def test_a_site_with_accounts_knows_no_setup(session: Session) -> None:
    make_person(session, "first")
    with pytest.raises(AlreadySetUpError, match="已经设置过"):
        service.set_up(session, COMMAND, at=NOON)


def test_of_two_at_once_one_wins(engine: Engine) -> None:
    def try_it(number: int) -> bool:
        command = SetUp(
            login=f"boss{number}",
            name="虚构",
            password="counter-2026",
            centre=f"中心{number}",
            site="网点",
        )
        try:
            with db.writing(engine) as session:
                service.set_up(session, command, at=NOON)
        except AlreadySetUpError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(try_it, range(4)))
    assert sum(won) == 1
    with db.reading(engine) as session:
        assert len(queries.everybody(session, reader=SETUP)) == 1


def test_the_code_is_private(code: service.SetupCode) -> None:
    code.made()
    assert code.path.stat().st_mode & 0o777 == 0o600


def test_serve_tells_the_code_only_while_nobody_is_there(terminal: Terminal) -> None:
    code = service.SetupCode(terminal.data / "setup-code").made()
    assert f"设置码 {code}\n" in served(terminal)
    with db.writing(terminal.engine) as session:
        make_person(session, "first")
    told = served(terminal)
    assert "设置码" not in told
    assert code not in told


def served(terminal: Terminal) -> str:
    """Start and stop a site; gives what it said beside its address."""
    with terminal.start("serve", "--port", "0") as process:
        assert process.stdout
        assert process.stderr
        assert "网站已启动" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        return process.stderr.read()
