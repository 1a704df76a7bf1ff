"""Single sign-on against a real provider on loopback, and by the header of a proxy."""

from __future__ import annotations

import socket
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests.factories import NOON
from tests.providers import DESK
from tests.providers import IdentityProvider
from tests.providers import invited
from tests.providers import sign_on_site
from tests.providers import signed_on
from tests.sites import PASSWORD
from tests.sites import Site
from tests.sites import make_site
from tests.sites import post
from trainer.app import create_app
from trainer.core import clock
from trainer.core.errors import TrainerError
from trainer.people.domain.signon import LEEWAY
from trainer.people.domain.signon import ClockSkewError
from trainer.people.domain.signon import NotForUsError
from trainer.people.domain.signon import Registration
from trainer.people.domain.signon import identity_in
from trainer.people.service import provider as provider_module
from trainer.settings import Settings

KNOWN = Registration(
    issuer="https://id.example", client="trainer", secret="", claim="number", back=""
)
CLAIMS: Mapping[str, object] = {
    "iss": "https://id.example",
    "aud": "trainer",
    "sub": "17",
    "nonce": "n",
    "iat": NOON.timestamp(),
    "exp": NOON.timestamp() + 600,
    "number": "w1",
}
SECOND = timedelta(seconds=1)


@pytest.fixture
def desk(engine: Engine, tmp_path: Path, identity_provider: IdentityProvider) -> Site:
    """A site whose people sign on at the provider."""
    return sign_on_site(engine, tmp_path, identity_provider)


def name_of(browser: FlaskClient) -> str:
    """Give who is logged in, empty for nobody."""
    page = browser.get("/people/me")
    if page.status_code != 200:
        return ""
    return page.text.split("<dt>工号</dt><dd>")[1].split("<")[0]


def test_claims_that_are_meant_for_us_name_a_person() -> None:
    found = identity_in(CLAIMS, KNOWN, "n", NOON)
    assert (found.subject, found.login) == ("https://id.example 17", "w1")
    listed = {**CLAIMS, "aud": ["trainer", "other"], "azp": "trainer"}
    assert identity_in(listed, KNOWN, "n", NOON) == found


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://id.example/"},
        {"iss": None},
        {"aud": "other"},
        {"aud": ["other"]},
        {"aud": []},
        {"aud": ["trainer", "other"]},
        {"azp": "other"},
        {"sub": ""},
        {"sub": 17},
        {"nonce": "m"},
        {"nonce": None},
        {"iat": None},
        {"exp": "soon"},
    ],
    ids=str,
)
def test_claims_for_somebody_else_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(NotForUsError):
        identity_in({**CLAIMS, **wrong}, KNOWN, "n", NOON)


@pytest.mark.parametrize("missing", ["iss", "aud", "sub", "nonce", "iat", "exp"])
def test_claims_that_are_missing_are_refused(missing: str) -> None:
    claims = {name: value for name, value in CLAIMS.items() if name != missing}
    with pytest.raises(NotForUsError):
        identity_in(claims, KNOWN, "n", NOON)


def test_clocks_may_differ_by_two_minutes() -> None:
    last = NOON + timedelta(seconds=600) + LEEWAY
    for at in (NOON - LEEWAY, NOON, last - SECOND):
        assert identity_in(CLAIMS, KNOWN, "n", at)
    for at in (NOON - LEEWAY - SECOND, last):
        with pytest.raises(ClockSkewError):
            identity_in(CLAIMS, KNOWN, "n", at)
    not_yet = {**CLAIMS, "nbf": NOON.timestamp() + 300}
    with pytest.raises(ClockSkewError):
        identity_in(not_yet, KNOWN, "n", NOON)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*CLAIMS, "azp", "nbf"]),
        st.none() | st.text() | st.integers() | st.lists(st.text()) | st.booleans(),
    )
)
def test_junk_in_claims_is_refused_with_a_sentence(junk: dict[str, object]) -> None:
    with pytest.raises(TrainerError):
        identity_in(junk, KNOWN, "n", NOON)


@pytest.mark.loopback
def test_who_signs_on_is_in_and_where_he_wanted_to_be(
    desk: Site, identity_provider: IdentityProvider
) -> None:
    browser = desk.browser()
    assert "用统一身份认证登录" in browser.get("/people/login").text
    answer = signed_on(browser, identity_provider, "li", "/cases/flags/mine")
    assert answer.headers["Location"] == "/cases/flags/mine"
    assert name_of(browser) == "clerk"
    assert "统一身份认证" in browser.get("/people/me").text
    assert [entry.verb for entry in desk.audited()] == ["signon.bound", "login.begun"]
    assert desk.audited()[-1].detail == "provider"


@pytest.mark.loopback
def test_the_second_time_the_subject_counts_and_not_the_number(
    desk: Site, identity_provider: IdentityProvider
) -> None:
    for _ in range(2):
        assert signed_on(desk.browser(), identity_provider, "li").status_code == 302
    verbs = [entry.verb for entry in desk.audited()]
    assert verbs == ["signon.bound", "login.begun", "login.begun"]
    other = signed_on(desk.browser(), identity_provider, "second-li")
    assert other.status_code == 403
    assert "另一个统一身份绑定" in other.text

    admin = desk.browser("administrator")
    path = f"/people/accounts/{desk.actors['clerk'].person}"
    assert "已绑定" in admin.get(f"{path}/access").text
    post(admin, f"{path}/unbind", {}, f"{path}/access")
    assert signed_on(desk.browser(), identity_provider, "second-li").status_code == 302


@pytest.mark.loopback
@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        ("stranger", 403, "本站没有您的账号"),
        ("nameless", 422, "没有告诉本站您的工号"),
        ("from-the-future", 422, "时钟相差太大"),
        ("long-expired", 422, "时钟相差太大"),
        ("for-another-site", 422, "没有通过核对"),
        ("for-another-login", 422, "没有通过核对"),
        ("by-another-issuer", 422, "没有通过核对"),
    ],
)
def test_who_is_not_let_in_reads_why(
    desk: Site,
    identity_provider: IdentityProvider,
    name: str,
    status: int,
    sentence: str,
) -> None:
    browser = desk.browser()
    answer = signed_on(browser, identity_provider, name)
    assert answer.status_code == status
    assert sentence in answer.text
    assert "Traceback" not in answer.text
    assert name_of(browser) == ""
    assert [entry.verb for entry in desk.audited()] == ["signon.refused"]


@pytest.mark.loopback
def test_a_closed_account_is_not_opened_by_signing_on(
    desk: Site, identity_provider: IdentityProvider
) -> None:
    admin = desk.browser("administrator")
    path = f"/people/accounts/{desk.actors['clerk'].person}"
    post(admin, f"{path}/close", {}, path)
    answer = signed_on(desk.browser(), identity_provider, "li")
    assert answer.status_code == 403
    assert "已停用" in answer.text
    assert desk.audited()[-1].detail == "ClosedAccountError"


@pytest.mark.loopback
def test_a_number_in_other_case_is_the_same_account(
    desk: Site, identity_provider: IdentityProvider
) -> None:
    browser = desk.browser()
    assert signed_on(browser, identity_provider, "loud-li").status_code == 302
    assert name_of(browser) == "clerk"


@pytest.mark.loopback
def test_a_first_password_hinders_nobody_who_signs_on(
    desk: Site, identity_provider: IdentityProvider
) -> None:
    admin = desk.browser("administrator")
    path = f"/people/accounts/{desk.actors['clerk'].person}"
    post(admin, f"{path}/password", {}, path)
    browser = desk.browser()
    signed_on(browser, identity_provider, "li")
    assert browser.get("/").status_code == 200


@pytest.mark.loopback
def test_the_provider_is_asked_with_state_nonce_and_challenge(
    desk: Site, identity_provider: IdentityProvider
) -> None:
    first, second = (
        parse_qs(urlsplit(invited(desk.browser())).query) for _ in range(2)
    )
    assert first["response_type"] == ["code"]
    assert first["code_challenge_method"] == ["S256"]
    assert first["redirect_uri"] == [f"{DESK}/people/signon/back"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 43
        assert first[name] != second[name]
    assert identity_provider.issuer in invited(desk.browser())


@pytest.mark.loopback
def test_a_new_key_of_the_provider_is_learned(
    desk: Site, identity_provider: IdentityProvider
) -> None:
    assert signed_on(desk.browser(), identity_provider, "li").status_code == 302
    identity_provider.tell("rotate")
    desk.set_clock(clock.now() + timedelta(seconds=61))
    assert signed_on(desk.browser(), identity_provider, "li").status_code == 302


@pytest.mark.loopback
def test_logout_says_how_to_end_the_session_of_the_provider(
    desk: Site, identity_provider: IdentityProvider
) -> None:
    browser, guest = desk.browser(), identity_provider.open("li")
    browser.get(guest.leave(invited(browser)))
    answer = post(browser, "/people/logout", {}, "/people/me")
    assert answer.status_code == 200
    assert "未登录" in answer.text
    assert name_of(browser) == ""
    further = answer.text.split('http-equiv="refresh" content="0; url=')[1]
    further = further.split('"')[0].replace("&amp;", "&")
    assert further.startswith(f"{identity_provider.issuer}/end-session?")
    assert guest.leave(further) == "/people/login"
    asked = guest.browser.get(invited(browser))
    assert asked.headers["Location"].startswith("/login/")


@pytest.mark.loopback
def test_a_password_session_ends_here_only(desk: Site) -> None:
    answer = post(desk.browser("clerk"), "/people/logout", {}, "/people/me")
    assert answer.headers["Location"] == "/people/login"


@pytest.mark.loopback
def test_the_form_may_be_for_administrators_only(
    engine: Engine, tmp_path: Path, identity_provider: IdentityProvider
) -> None:
    site = sign_on_site(engine, tmp_path, identity_provider, local_login=False)
    browser = site.browser()
    assert 'name="password"' not in browser.get("/people/login").text
    local = "/people/login?local=1"
    assert 'name="password"' in browser.get(local).text
    form: dict[str, object] = {"login": "clerk", "password": PASSWORD}
    refused = post(browser, "/people/login", form, local)
    assert refused.status_code == 422
    assert "不是管理员" in refused.text
    assert 'name="password"' in refused.text
    form["login"] = "administrator"
    assert post(browser, "/people/login", form, local).status_code == 302
    assert signed_on(site.browser(), identity_provider, "li").status_code == 302


@pytest.mark.loopback
def test_a_provider_that_is_away_is_told_and_passwords_still_work(
    engine: Engine, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    site = sign_on_elsewhere(engine, tmp_path, f"http://127.0.0.1:{port}")
    browser = site.browser()
    answer = browser.get("/people/signon")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "暂时连不上" in answer.text
    assert 'name="password"' in answer.text
    assert site.browser("clerk").get("/people/me").status_code == 200


@pytest.mark.loopback
def test_a_provider_that_says_nothing_is_not_waited_for_long(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert provider_module.TIMEOUT == 5
    monkeypatch.setattr(provider_module, "TIMEOUT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        site = sign_on_elsewhere(engine, tmp_path, address)
        assert site.browser().get("/people/signon").status_code == 503


def sign_on_elsewhere(engine: Engine, home: Path, issuer: str) -> Site:
    return make_site(
        engine, home, site_url=DESK, sso_issuer=issuer, sso_client="trainer"
    )


def test_without_single_sign_on_there_is_none(site: Site) -> None:
    browser = site.browser()
    assert "统一身份认证登录" not in browser.get("/people/login").text
    for path in ("/people/signon", "/people/signon/back?code=x&state=y"):
        assert browser.get(path).status_code == 404


def test_the_extra_that_is_missing_is_named(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trainer.people.service.provider", None)
    settings = Settings(
        data=tmp_path,
        database_url=str(engine.url),
        secret_key="secret of a test",
        site_url=DESK,
        sso_issuer="https://id.example",
        sso_client="trainer",
    )
    with pytest.raises(TrainerError, match=r"trainer\[sso\]"):
        create_app(settings, engine)
