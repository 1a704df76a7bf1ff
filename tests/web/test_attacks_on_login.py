"""Attacks on login, sessions, single sign-on and tokens: refused, and audited."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import parse_qs
from urllib.parse import urlsplit

import pytest
from argon2.exceptions import VerifyMismatchError
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.apps import NOW
from tests.databases import statements
from tests.providers import IdentityProvider
from tests.providers import invited
from tests.providers import sign_on_site
from tests.providers import signed_on
from tests.sites import PASSWORD
from tests.sites import TOKEN
from tests.sites import Site
from tests.sites import make_site
from tests.sites import post
from tests.web.test_redirects import ELSEWHERE
from trainer.core import clock
from trainer.kit import db
from trainer.people import service
from trainer.people.domain.logins import MOST_FAILURES
from trainer.people.domain.tokens import ApiScope
from trainer.people.domain.tokens import NewToken
from trainer.people.service import passwords

SEARCH = "/api/v1/search?q=租房"


def form(login: str = "clerk", password: str = PASSWORD) -> dict[str, object]:
    return {"login": login, "password": password}


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/people/me").status_code == 200


def verbs(site: Site) -> Counter[str]:
    return Counter(entry.verb for entry in site.audited())


def details(site: Site) -> list[tuple[str, str]]:
    return [(entry.verb, entry.detail) for entry in site.audited()]


def token_for(site: Site, *scopes: ApiScope, days: int = 30) -> dict[str, str]:
    """Make a token; give the header that shows it."""
    command = NewToken(system="核心", scopes=frozenset(scopes), days=days)
    with db.writing(site.engine) as session:
        by = site.actors["administrator"]
        raw = service.make_token(session, command, by=by, at=NOW)
    return {"Authorization": f"Bearer {raw}"}


# Forged and replayed requests


def test_a_login_with_a_forged_or_replayed_form_token_begins_nothing(
    site: Site,
) -> None:
    attacker, victim = site.app.test_client(), site.app.test_client()
    found = TOKEN.search(attacker.get("/people/login").text)
    assert found
    victim.get("/people/login")
    for token in (found[1], "", "x", found[1][:-1] + "x"):
        answer = victim.post("/people/login", data={**form(), "csrf_token": token})
        assert answer.status_code == 400
    assert not is_in(victim)
    assert verbs(site) == Counter()


def test_a_form_token_from_before_the_login_does_not_count_after_it(
    site: Site,
) -> None:
    browser = site.app.test_client()
    found = TOKEN.search(browser.get("/people/login").text)
    assert found
    browser.post("/people/login", data={**form(), "csrf_token": found[1]})
    replayed = browser.post("/people/me/logins", data={"csrf_token": found[1]})
    assert replayed.status_code == 400
    assert verbs(site) == Counter({"login.begun": 1, "access.refused": 1})


def test_a_planted_session_is_not_the_one_that_begins(
    engine: Engine, tmp_path: Path
) -> None:
    """By password and by the header of a proxy; the provider has its own below."""
    proxies = (ip_network("10.0.0.5"),)
    site = make_site(engine, tmp_path, sso_header="X-User", sso_proxies=proxies)
    for sign_in in (
        lambda browser: post(browser, "/people/login", form()),
        lambda browser: browser.get(
            "/people/login",
            headers={"X-User": "clerk"},
            environ_base={"REMOTE_ADDR": "10.0.0.5"},
        ),
    ):
        attacker = site.browser("editor")
        planted = attacker.get_cookie("session")
        assert planted is not None
        victim = site.app.test_client()
        victim.set_cookie("session", planted.value)
        assert sign_in(victim).status_code == 302
        fresh = victim.get_cookie("session")
        assert fresh is not None
        assert fresh.value != planted.value
        assert not is_in(attacker)  # the planted session has ended


# Guessing


def test_brute_force_gets_five_answers_and_then_waits_longer_and_longer(
    site: Site,
) -> None:
    at = NOW
    for minutes in (10, 20, 40):
        site.set_clock(at)
        answers = [
            post(site.app.test_client(), "/people/login", form(password=f"guess-{n}"))
            for n in range(8)
        ]
        assert [answer.status_code for answer in answers] == [422] * 5 + [429] * 3
        assert answers[-1].headers["Retry-After"] == str(minutes * 60)
        assert f"请等 {minutes} 分钟" in answers[-1].text
        at += timedelta(minutes=minutes)
    assert verbs(site) == Counter({"login.refused": 24, "login.locked": 3})


def test_spraying_one_password_over_many_logins_is_braked(
    engine: Engine, tmp_path: Path
) -> None:
    site = make_site(engine, tmp_path, address_failures=20)
    attacker = site.app.test_client()
    attacker.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    statuses = [
        post(attacker, "/people/login", form(f"w{n}", "Spring-2026")).status_code
        for n in range(25)
    ]
    assert statuses == [422] * 20 + [429] * 5
    assert post(attacker, "/people/login", form()).status_code == 429
    assert site.browser("clerk").get("/people/me").status_code == 200
    kept = verbs(site)
    assert (kept["login.refused"], kept["login.address_locked"]) == (26, 1)
    locks = {e.origin.address for e in site.sealed() if "locked" in e.entry.verb}
    assert locks == {"203.0.113.9"}


def test_a_spray_that_forges_where_it_comes_from_is_one_address(
    engine: Engine, tmp_path: Path
) -> None:
    site = make_site(engine, tmp_path, address_failures=20)
    attacker = site.app.test_client()
    statuses = []
    for n in range(22):
        attacker.environ_base["HTTP_X_FORWARDED_FOR"] = f"10.1.1.{n}"
        answer = post(attacker, "/people/login", form(f"w{n}", "Spring-2026"))
        statuses.append(answer.status_code)
    assert statuses == [422] * 20 + [429] * 2


def test_logins_are_not_enumerated_by_status_body_or_work(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = site.browser("administrator")
    path = f"/people/accounts/{site.actors['manager'].person}"
    post(admin, f"{path}/close", {}, path)

    class Counting:
        """Counts what is checked, and refuses it."""

        checked = 0

        def verify(self, _kept: str, _typed: str) -> bool:
            self.checked += 1
            raise VerifyMismatchError

    counting = Counting()
    monkeypatch.setattr(passwords, "HASHER", counting)
    seen = set()
    for login in ("clerk", "manager", "nobody", "x' OR 1=1 --"[:32], "*"):
        before = counting.checked
        with statements(site.engine) as asked:
            told = []
            for _ in range(MOST_FAILURES + 1):
                browser = site.app.test_client()
                answer = post(browser, "/people/login", form(login, "wrong"))
                page = TOKEN.sub("", answer.text)
                for shown in (login, "x&#39; OR 1=1 --"):
                    page = page.replace(f'value="{shown}"', "")
                told.append((answer.status_code, page))
        writes = [s.split()[0] for s in asked if s.startswith(("INSERT", "UPDATE"))]
        work = counting.checked - before
        seen.add((tuple(told), work, tuple(sorted(Counter(writes).items()))))
    assert len(seen) == 1


# Single sign-on


def test_the_header_of_a_proxy_from_elsewhere_is_ignored_and_audited(
    engine: Engine, tmp_path: Path
) -> None:
    proxies = (ip_network("10.0.0.5"),)
    site = make_site(engine, tmp_path, sso_header="X-User", sso_proxies=proxies)
    attacker = site.app.test_client()
    attacker.environ_base |= {
        "REMOTE_ADDR": "203.0.113.9",
        "HTTP_X_USER": "administrator",
        "HTTP_X_FORWARDED_FOR": "10.0.0.5",
    }
    for path in ("/people", "/people/login"):
        attacker.get(path)
        assert not is_in(attacker)
    kept = [(e.entry.verb, e.entry.person, e.origin.address) for e in site.sealed()]
    assert kept == [("signon.header_ignored", 0, "203.0.113.9")]


@pytest.fixture
def desk(engine: Engine, tmp_path: Path, identity_provider: IdentityProvider) -> Site:
    return sign_on_site(engine, tmp_path, identity_provider)


@pytest.mark.loopback
def test_an_answer_of_the_provider_counts_once(
    desk: Site, identity_provider: IdentityProvider
) -> None:
    browser = desk.app.test_client()
    invitation = invited(browser)
    before = browser.get_cookie("session")
    assert before is not None
    back = identity_provider.sign_in("li", invitation)
    assert browser.get(back).status_code == 302
    assert is_in(browser)

    again = browser.get(back)
    assert again.status_code == 422
    assert "已失效或已经用过" in again.text
    thief = desk.app.test_client()  # with the cookie of before, and the address
    thief.set_cookie("session", before.value)
    assert thief.get(back).status_code == 422
    assert not is_in(thief)
    assert details(desk)[-2:] == [
        ("signon.refused", "StaleAttemptError"),
        ("signon.refused", "ProviderRefusedError"),
    ]


@pytest.mark.loopback
def test_a_state_counts_once_even_when_the_provider_says_yes_twice(
    desk: Site, identity_provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = desk.app.test_client()
    back = identity_provider.sign_in("li", invited(browser))
    cookie = browser.get_cookie("session")
    assert cookie is not None
    provider = desk.app.extensions["ways"].provider
    code, state = (parse_qs(urlsplit(back).query)[n][0] for n in ("code", "state"))
    with browser.session_transaction() as kept:
        told = {**kept["sign_on"]}
    assert told["state"] == state
    ask = provider.identity
    answers: dict[str, object] = {}

    def generous(given: str, *more: object) -> object:
        if given not in answers:
            answers[given] = ask(given, *more)
        return answers[given]

    monkeypatch.setattr(provider, "identity", generous)
    assert browser.get(back).status_code == 302
    thief = desk.app.test_client()
    thief.set_cookie("session", cookie.value)
    assert thief.get(back).status_code == 422
    assert not is_in(thief)
    assert list(answers) == [code]
    assert details(desk)[-1] == ("signon.refused", "StaleAttemptError")


@pytest.mark.loopback
def test_somebody_elses_answer_is_not_taken(
    desk: Site, identity_provider: IdentityProvider
) -> None:
    """Login CSRF: the attacker sends his own way back to the victim."""
    attacker, victim = desk.app.test_client(), desk.app.test_client()
    back = identity_provider.sign_in("boss", invited(attacker))
    for prepare in (lambda: None, lambda: invited(victim)):
        prepare()
        assert victim.get(back).status_code == 422
        assert not is_in(victim)
    assert set(details(desk)) == {("signon.refused", "StaleAttemptError")}


@pytest.mark.loopback
@pytest.mark.parametrize(
    "forged",
    [
        "code=x",
        "code=x&state=",
        "state={state}",
        "code=x&state={state}",
        "code=x&state={state}x",
        "error=access_denied&state={state}",
        "error=<script>&state={state}",
        "code=x&state={state}&iss=http://evil.example",
    ],
)
def test_a_forged_answer_begins_nothing(desk: Site, forged: str) -> None:
    browser = desk.app.test_client()
    state = parse_qs(urlsplit(invited(browser)).query)["state"][0]
    answer = browser.get(f"/people/signon/back?{forged.format(state=state)}")
    assert answer.status_code == 422
    assert "<script>&" not in answer.text
    assert not is_in(browser)
    assert verbs(desk) == Counter({"signon.refused": 1})


@pytest.mark.loopback
def test_the_nonce_and_verifier_of_another_login_do_not_count(
    desk: Site, identity_provider: IdentityProvider
) -> None:
    for swapped in ("nonce", "verifier"):
        browser = desk.app.test_client()
        back = identity_provider.sign_in("li", invited(browser))
        with browser.session_transaction() as kept:
            kept["sign_on"] = {**kept["sign_on"], swapped: "x" * 64}
        assert browser.get(back).status_code == 422
        assert not is_in(browser)
    assert [detail for _, detail in details(desk)] == [
        "NotForUsError",
        "ProviderRefusedError",
    ]


@pytest.mark.loopback
def test_an_answer_that_took_too_long_does_not_count(
    desk: Site, identity_provider: IdentityProvider
) -> None:
    browser = desk.app.test_client()
    back = identity_provider.sign_in("li", invited(browser))
    desk.set_clock(clock.now() + timedelta(minutes=11))
    assert browser.get(back).status_code == 422
    assert details(desk) == [("signon.refused", "StaleAttemptError")]


@pytest.mark.loopback
def test_a_planted_session_is_not_the_one_that_signs_on(
    desk: Site, identity_provider: IdentityProvider
) -> None:
    attacker, victim = desk.browser("editor"), desk.app.test_client()
    planted = attacker.get_cookie("session")
    assert planted is not None
    victim.set_cookie("session", planted.value)
    assert signed_on(victim, identity_provider, "li").status_code == 302
    fresh = victim.get_cookie("session")
    assert fresh is not None
    assert fresh.value != planted.value
    assert not is_in(attacker)


@pytest.mark.loopback
@pytest.mark.parametrize("wanted", [w for w in ELSEWHERE if "\x00" not in w])
def test_signing_on_leads_nowhere_else(
    desk: Site, identity_provider: IdentityProvider, wanted: str
) -> None:
    answer = signed_on(desk.app.test_client(), identity_provider, "li", wanted)
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("wanted", [w for w in ELSEWHERE if "\x00" not in w])
def test_the_header_of_a_proxy_leads_nowhere_else(
    engine: Engine, tmp_path: Path, wanted: str
) -> None:
    proxies = (ip_network("127.0.0.1"),)
    site = make_site(engine, tmp_path, sso_header="X-User", sso_proxies=proxies)
    answer = site.app.test_client().get(
        "/people/login", query_string={"next": wanted}, headers={"X-User": "clerk"}
    )
    assert answer.headers["Location"] == "/"


# Tokens


def test_a_token_gets_no_further_than_its_scope(site: Site) -> None:
    header = token_for(site, ApiScope.TIPS_READ, ApiScope.ARTICLES_READ)
    answer = site.app.test_client().get(SEARCH, headers=header)
    assert answer.status_code == 403
    assert answer.json is not None
    assert answer.json["error"]["code"] == "scope_missing"
    assert details(site)[-1] == ("token.refused", "ScopeMissingError")
    assert site.audited()[-1].object == "token/1"


def test_a_token_opens_no_page_for_people(site: Site) -> None:
    header = token_for(site, *ApiScope)
    for path in ("/", "/people", "/people/tokens", "/search?q=租房"):
        answer = site.app.test_client().get(path, headers=header)
        assert answer.headers["Location"].startswith("/people/login")


def test_a_session_opens_no_route_for_programs(site: Site) -> None:
    answer = site.browser("administrator").get(SEARCH)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json is not None
    assert answer.json["error"]["code"] == "token_missing"


def test_expired_and_revoked_tokens_are_refused_at_once_and_audited(
    site: Site,
) -> None:
    expiring = token_for(site, ApiScope.SEARCH_READ, days=1)
    revoked = token_for(site, ApiScope.SEARCH_READ)
    client = site.app.test_client()
    assert client.get(SEARCH, headers=revoked).status_code == 200
    post(site.browser("administrator"), "/people/tokens/2/revoke", {}, "/people/tokens")
    site.set_clock(NOW + timedelta(days=1))
    codes = []
    for header in (expiring, revoked, {"Authorization": "Bearer trn_made-up"}):
        answer = client.get(SEARCH, headers=header)
        assert answer.status_code == 401
        assert answer.json is not None
        codes.append(answer.json["error"]["code"])
    assert codes == ["token_expired", "token_revoked", "token_unknown"]
    kept = [(e.object, e.detail) for e in site.audited() if e.verb == "token.refused"]
    assert kept == [
        ("token/1", "ExpiredTokenError"),
        ("token/2", "RevokedTokenError"),
        ("", "UnknownTokenError"),
    ]


@pytest.mark.parametrize("name", ["token", "access_token", "Access_Token", "x"])
def test_a_token_in_an_address_is_refused_and_audited(site: Site, name: str) -> None:
    header = token_for(site, ApiScope.SEARCH_READ)
    raw = header["Authorization"].removeprefix("Bearer ")
    for more in ({}, header):
        answer = site.app.test_client().get(f"{SEARCH}&{name}={raw}", headers=more)
        assert answer.status_code == 422
        assert answer.json is not None
        assert answer.json["error"]["code"] == "token_in_url"
        assert raw not in answer.text
    assert details(site)[-1] == ("token.refused", "TokenInAddressError")
    assert site.audited()[-1].object == "token/1"
    assert raw not in str(site.audited())


@pytest.mark.parametrize(
    "shown",
    ["Basic {raw}", "{raw}", "Bearer", "Bearer  ", "Bearer {raw} x", "bearer\t{raw}"],
)
def test_a_token_that_is_shown_otherwise_is_none(site: Site, shown: str) -> None:
    header = token_for(site, ApiScope.SEARCH_READ)
    raw = header["Authorization"].removeprefix("Bearer ")
    headers = {"Authorization": shown.format(raw=raw)}
    assert site.app.test_client().get(SEARCH, headers=headers).status_code == 401


def test_a_token_is_limited_by_itself(engine: Engine, tmp_path: Path) -> None:
    site = make_site(engine, tmp_path, api_rate=3)
    first, second = (token_for(site, ApiScope.SEARCH_READ) for _ in range(2))
    client = site.app.test_client()
    statuses = [client.get(SEARCH, headers=first).status_code for _ in range(4)]
    assert statuses == [200] * 3 + [429]
    refused = client.get(SEARCH, headers=first)
    assert refused.headers["Retry-After"] == "20"
    assert refused.json is not None
    assert refused.json["error"]["code"] == "limited"
    assert client.get(SEARCH, headers=second).status_code == 200


def test_guessing_tokens_is_limited_and_floods_no_audit(site: Site) -> None:
    client = site.app.test_client()
    statuses = Counter(
        client.get(SEARCH, headers={"Authorization": f"Bearer {n}"}).status_code
        for n in range(100)
    )
    assert statuses == Counter({401: 60, 429: 40})
    assert verbs(site) == Counter({"token.refused": 60})
