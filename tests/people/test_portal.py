"""Single sign-on by a proxy that names the person: its word counts, nobody else's."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.apps import NOW
from tests.commands import Terminal
from tests.reading import strays
from tests.sites import PASSWORD
from tests.sites import Site
from tests.sites import make_site
from tests.sites import post
from trainer.audit import queries as audit
from trainer.core.origin import CONSOLE
from trainer.kit import db

HEADER = "X-Remote-User"
PROXY = "10.0.0.5"


@pytest.fixture
def portal(engine: Engine, tmp_path: Path) -> Site:
    """A site behind a proxy that says who asks."""
    proxies = (ip_network(f"{PROXY}/32"), ip_network("10.1.0.0/16"))
    return make_site(engine, tmp_path, sso_header=HEADER, sso_proxies=proxies)


def browser_of(site: Site, name: str, peer: str = PROXY) -> FlaskClient:
    """Give a browser behind a peer that adds the header."""
    client = site.app.test_client()
    client.environ_base |= {"REMOTE_ADDR": peer, "HTTP_X_REMOTE_USER": name}
    return client


def verbs(site: Site) -> list[str]:
    return [entry.verb for entry in site.audited()]


@pytest.mark.parametrize("peer", [PROXY, "10.1.2.3", f"::ffff:{PROXY}"])
def test_whom_the_proxy_names_is_in(portal: Site, peer: str) -> None:
    browser = browser_of(portal, "clerk", peer)
    led = browser.get("/cases/flags/mine").headers["Location"]
    assert browser.get(led).headers["Location"].startswith("/cases/flags/mine")
    assert "单位门户" in browser.get("/people/me").text
    assert [(e.verb, e.detail) for e in portal.audited()] == [("login.begun", "header")]


@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [("w404", 403, "本站没有您的账号"), ("gone", 403, "已停用")],
)
def test_whom_nobody_has_opened_an_account_reads_why(
    portal: Site, name: str, status: int, sentence: str
) -> None:
    if name == "gone":
        name = "clerk"
        admin = portal.browser("administrator")
        path = f"/people/accounts/{portal.actors['clerk'].person}"
        post(admin, f"{path}/close", {}, path)
    answer = browser_of(portal, name).get("/people/login")
    assert answer.status_code == status
    assert sentence in answer.text
    assert portal.audited()[-1].verb == "signon.refused"


@pytest.mark.parametrize("name", ["", "clerk,editor", "clerk editor", "a" * 40, "租"])
def test_what_cannot_be_a_login_is_nobody(portal: Site, name: str) -> None:
    answer = browser_of(portal, name).get("/people/login")
    assert answer.status_code == 200
    assert 'name="password"' in answer.text
    assert verbs(portal) == []


@pytest.mark.parametrize(
    "peer", ["127.0.0.1", "10.0.0.6", "10.2.0.1", "::1", "", "unix:", "10.0.0.5, x"]
)
def test_from_any_other_address_the_header_is_ignored_and_audited(
    portal: Site, peer: str
) -> None:
    browser = browser_of(portal, "administrator", peer)
    for _ in range(5):
        answer = browser.get("/people")
        assert answer.headers["Location"].startswith("/people/login")
    assert 'name="password"' in browser.get("/people/login").text
    noted = [e for e in portal.sealed() if e.entry.verb == "signon.header_ignored"]
    assert [(kept.entry.person, kept.origin.address) for kept in noted] == [(0, peer)]
    portal.set_clock(NOW + timedelta(minutes=2))
    browser.get("/people")
    assert verbs(portal).count("signon.header_ignored") == 2


@pytest.mark.parametrize(
    "forged",
    [
        {"X-Forwarded-For": PROXY},
        {"X-Real-IP": PROXY},
        {"Forwarded": f"for={PROXY}"},
        {"X-Forwarded-For": f"{PROXY}, {PROXY}"},
    ],
    ids=str,
)
def test_a_peer_cannot_pretend_to_be_the_proxy(
    portal: Site, forged: dict[str, str]
) -> None:
    browser = browser_of(portal, "administrator", "10.9.9.9")
    answer = browser.get("/people", headers=forged)
    assert answer.headers["Location"].startswith("/people/login")


def test_believing_a_proxy_about_addresses_is_not_believing_it_about_people(
    engine: Engine, tmp_path: Path
) -> None:
    site = make_site(
        engine,
        tmp_path,
        sso_header=HEADER,
        sso_proxies=(ip_network(PROXY),),
        proxies=(ip_network("10.9.9.9"),),
    )
    browser = browser_of(site, "administrator", "10.9.9.9")
    answer = browser.get("/people", headers={"X-Forwarded-For": PROXY})
    assert answer.headers["Location"].startswith("/people/login")


def test_another_person_at_the_same_browser_gets_his_own_session(
    portal: Site,
) -> None:
    browser = browser_of(portal, "administrator")
    browser.get("/people/login")
    assert browser.get("/people").status_code == 200
    browser.environ_base["HTTP_X_REMOTE_USER"] = "clerk"
    assert browser.get("/people").status_code == 302
    browser.get("/people/login")
    assert browser.get("/people").status_code == 403
    begun = ["login.begun", "login.begun", "login.ended"]
    assert verbs(portal) == [*begun, "access.refused"]


def test_an_administrator_still_has_the_form(portal: Site) -> None:
    browser = browser_of(portal, "clerk")
    local = "/people/login?local=1"
    assert 'name="password"' in browser.get(local).text
    del browser.environ_base["HTTP_X_REMOTE_USER"]
    form: dict[str, object] = {"login": "administrator", "password": PASSWORD}
    assert post(browser, "/people/login", form, local).status_code == 302


def test_logout_says_that_the_portal_is_still_open(portal: Site) -> None:
    browser = browser_of(portal, "clerk")
    browser.get("/people/login")
    answer = post(browser, "/people/logout", {}, "/people/me")
    assert answer.status_code == 200
    assert "请到那里也退出" in answer.text
    assert "未登录" in answer.text
    assert "clerk（虚构）" not in answer.text
    assert browser.get("/people/me").status_code == 302


def test_logout_speaks_english_too(portal: Site) -> None:
    browser = browser_of(portal, "clerk")
    browser.set_cookie("language", "en")
    browser.get("/people/login")
    answer = post(browser, "/people/logout", {}, "/people/me")
    assert "please log out there too" in answer.text
    assert strays(answer.text) == []


@contextmanager
def serving(terminal: Terminal, **settings: str) -> Iterator[int]:
    """Serve an installation in a process; give its port."""
    written = "".join(f'{name} = "{value}"\n' for name, value in settings.items())
    (terminal.data / "trainer.toml").write_text(written, "utf-8")
    with terminal.start("serve", "--port", "0") as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            yield int(line.split("127.0.0.1:")[1].split("/")[0])
        finally:
            process.terminate()
            process.communicate()


def status(port: int, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/people/login", headers=headers)
    answer = connection.getresponse().status
    connection.close()
    return answer


@pytest.mark.loopback
@pytest.mark.usefixtures("site")
def test_a_served_site_sees_the_direct_peer_and_what_he_forwards(
    terminal: Terminal,
) -> None:
    """The server below must neither rewrite the peer nor drop what he says."""
    forged = {HEADER: "clerk", "X-Forwarded-For": "127.0.0.1", "X_Remote_User": "x"}
    with serving(terminal, sso_header=HEADER, sso_proxies=PROXY) as port:
        assert status(port, {**forged, "X-Forwarded-For": PROXY}) == 200
    trusting = {"sso_header": HEADER, "sso_proxies": "127.0.0.1"}
    with serving(terminal, **trusting, proxies="127.0.0.1") as port:
        assert status(port, {**forged, "X-Forwarded-For": "10.0.0.77"}) == 302
    with db.reading(terminal.engine) as session:
        kept = audit.sealed_after(session, 0, limit=99)
    noted = [(one.entry.verb, one.origin.address) for one in kept]
    assert [told for told in noted if told[1] != CONSOLE.address] == [
        ("signon.header_ignored", "127.0.0.1"),
        ("login.begun", "10.0.0.77"),
    ]
