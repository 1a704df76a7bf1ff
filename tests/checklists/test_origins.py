"""Pages of other systems: only listed ones, only where it is meant, never a cookie."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.checklists.shown import put_everything
from tests.checklists.systems import AT_VERIFYING
from tests.checklists.systems import OUTCOMES
from tests.checklists.systems import TIPS
from tests.checklists.systems import System
from tests.checklists.systems import code_of
from tests.sites import Site
from tests.sites import make_site
from tests.web.conftest import writes
from trainer.checklists.views import framed
from trainer.kit import db
from trainer.people.domain.tokens import ApiScope

HOST, OTHER = "https://core.example", "https://evil.example"
FRAMED = "/checklists/tips?business=withdraw.rent&step=verify"
FIRST_ASKS = {
    "Origin": HOST,
    "Access-Control-Request-Method": "GET",
    "Access-Control-Request-Headers": "authorization",
}


@pytest.fixture
def listed(engine: Engine, tmp_path: Path) -> Site:
    """A site whose settings list one origin."""
    site = make_site(engine, tmp_path, widget_origins=(HOST,))
    with db.writing(engine) as session:
        put_everything(session)
    return site


@pytest.fixture
def browser(listed: Site) -> FlaskClient:
    """A browser in which nobody is logged in."""
    return listed.app.test_client()


def allowed(headers: object) -> list[str]:
    """Give what an answer allows pages."""
    return [name for name in dict(headers) if name.startswith("Access-Control")]  # type: ignore[call-overload]  # werkzeug's headers


def test_a_listed_page_may_ask_and_tell(listed: Site) -> None:
    page = System.of(listed).saying(Origin=HOST)
    told = page.ask()
    assert told.status_code == 200
    assert told.headers["Access-Control-Allow-Origin"] == HOST
    assert "Origin" in told.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in told.headers
    ticket = page.ticket()
    noted = page.tell(ticket, ("rent-errors#item-1", "shown"))
    assert noted.status_code == 200
    assert noted.headers["Access-Control-Allow-Origin"] == HOST


def test_a_listed_page_reads_why_it_was_refused(listed: Site) -> None:
    refused = System(listed, {"Origin": HOST}).ask()
    assert code_of(refused) == (401, "token_missing")
    assert refused.headers["Access-Control-Allow-Origin"] == HOST


@pytest.mark.parametrize(
    "origin",
    [OTHER, "null", "", "http://core.example", f"{HOST}.evil.example", f"{HOST}:8443"],
)
def test_a_page_that_is_not_listed_is_refused_with_a_good_token(
    listed: Site, origin: str
) -> None:
    page = System.of(listed).saying(Origin=origin)
    with writes(listed.engine) as written:
        for refused in (page.ask(), page.send(b"{}")):
            assert code_of(refused) == (403, "origin_refused")
            assert allowed(refused.headers) == []
    assert written == []


def test_the_rest_of_the_api_is_for_no_page_at_all(listed: Site) -> None:
    page = System.of(listed, ApiScope.SEARCH_READ).saying(Origin=HOST)
    client = listed.app.test_client()
    for path in ("/api/v1/search?q=租房", "/api/v1/openapi.json", "/api/v1/nothing"):
        refused = client.get(path, headers=page.headers)
        assert code_of(refused) == (403, "origin_refused")
        assert allowed(refused.headers) == []


def test_a_browser_that_asks_first_is_told(browser: FlaskClient) -> None:
    for path in (TIPS, OUTCOMES):
        told = browser.open(path, method="OPTIONS", headers=FIRST_ASKS)
        assert told.status_code == 204
        assert told.headers["Access-Control-Allow-Origin"] == HOST
        assert told.headers["Access-Control-Allow-Headers"] == (
            "Authorization, Content-Type"
        )
    for path, origin in ((TIPS, OTHER), ("/api/v1/search", HOST)):
        asks = {**FIRST_ASKS, "Origin": origin}
        told = browser.open(path, method="OPTIONS", headers=asks)
        assert told.status_code == 403
        assert allowed(told.headers) == []


def test_a_program_says_no_origin_and_needs_no_list(site: Site) -> None:
    with db.writing(site.engine) as session:
        put_everything(session)
    told = System.of(site).ask()
    assert told.status_code == 200
    assert allowed(told.headers) == []


def test_listed_origins_may_frame_the_plain_page_and_no_other(listed: Site) -> None:
    clerk = listed.browser("clerk")
    framed = clerk.get(FRAMED)
    policy = framed.headers["Content-Security-Policy"]
    assert f"frame-ancestors 'self' {HOST}" in policy
    assert "script-src" not in policy
    assert "default-src 'self'" in policy
    assert "X-Frame-Options" not in framed.headers  # it could not name the origin
    other = clerk.get("/checklists/tick")
    assert "frame-ancestors 'self'" in other.headers["Content-Security-Policy"]
    assert HOST not in other.headers["Content-Security-Policy"]
    assert other.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_frame_without_login_leads_to_the_login_unless_reading_is_open(
    engine: Engine, tmp_path: Path, listed: Site
) -> None:
    refused = listed.browser().get(FRAMED)
    assert refused.headers["Location"].startswith("/people/login")
    opened = make_site(engine, tmp_path, open_reading=True, widget_origins=(HOST,))
    shown = opened.browser().get(FRAMED)
    assert shown.status_code == 200
    assert "只核本人和配偶" in shown.text
    assert "/checklists/tick" not in shown.text  # that is for who is logged in


def test_the_script_is_small_open_and_speaks_the_language_of_the_browser(
    browser: FlaskClient,
) -> None:
    script = browser.get("/checklists/widget.js")
    assert script.mimetype == "text/javascript"
    assert len(script.data) <= 5 * 1024
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in script.headers
    assert "这一步容易错" in script.text
    english = browser.get("/checklists/widget.js", headers={"Accept-Language": "en-GB"})
    assert "Easily done wrong" in english.text
    assert len(english.data) <= 5 * 1024
    assert set(AT_VERIFYING) <= set(script.text.split('"'))


def test_a_sentence_in_the_script_ends_no_script() -> None:
    assert "</" not in framed.SCRIPT
    assert framed.SCRIPT.count(framed.PLACE) == 1
