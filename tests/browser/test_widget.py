"""The widget in a page of another origin, under a strict policy; the page is unharmed
when our server is slow, away or broken."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page
from playwright.sync_api import Response
from playwright.sync_api import expect
from sqlalchemy import Engine
from sqlalchemy import select

from bench.browser import window
from bench.site import served
from tests.browser.conftest import Draft
from tests.browser.hosts import GARBAGE
from tests.browser.hosts import SLOW
from tests.browser.hosts import Host
from tests.browser.hosts import business_system
from tests.browser.hosts import misbehaving
from tests.checklists.systems import WINDOW
from tests.factories import SETUP
from trainer import settings
from trainer.checklists.models import ShowingItemRow
from trainer.core.clock import now
from trainer.kit import db
from trainer.people import queries as people
from trainer.people import service
from trainer.people.domain.tokens import NewToken

ITEMS = "fund-tips li"
WORST, SECOND, LATER = (
    "their-home",
    "married-filed-single",
    "income-share-still-compared",
)
"""At the step that the page begins with, by severity."""
SCRIPT = (Path("trainer") / "checklists" / "static" / "widget.js").resolve()

Visit = Callable[[], Page]


@pytest.fixture(scope="module")
def engine(data: Path, draft: Draft) -> Iterator[Engine]:
    """The database of the demo site, which has a list in force."""
    assert draft.key
    read = settings.load(data, environment={})
    engine = db.open_engine(read.database_url, read.secret_key)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def token(engine: Engine) -> str:
    with db.writing(engine) as session:
        admin = people.person_by_login(session, "admin", reader=SETUP)
        assert admin is not None
        command = NewToken(system="模拟系统", scopes=frozenset(WINDOW), days=1)
        return service.make_token(session, command, by=admin.actor(), at=now())


@pytest.fixture(scope="module")
def host(data: Path, token: str) -> Iterator[Host]:
    """The business system, and beside it our site, which lists its origin."""
    with (
        business_system() as host,
        served(data, widget_origins=host.address) as site,
    ):
        host.site, host.token = site, token
        yield host


@pytest.fixture
def visit(chrome: Browser, host: Host) -> Iterator[Visit]:
    """Opens the page of the business system; what its console says is wrong fails."""
    wrong: list[str] = []
    context = window(chrome, host.address)

    def open_page() -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda said: wrong.append(said.text) if "Policy" in said.text else None,
        )
        page.goto("/")
        return page

    yield open_page
    context.close()
    assert wrong == []


def must_work(page: Page) -> None:
    """The page itself goes on: it saves, and what was typed stays."""
    page.fill("[name=papers]", "5")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#saved")).to_have_text("已保存 1 次")
    expect(page.locator("[name=papers]")).to_have_value("5")


def telling(outcome: str) -> Callable[[Response], bool]:
    """Wait for the answer to a report of an outcome."""
    return lambda answer: f'"{outcome}"' in (answer.request.post_data or "")


def outcomes(engine: Engine, item: str) -> dict[str, bool]:
    """Give what is known of an item of the last showing."""
    with db.reading(engine) as session:
        row = session.scalars(
            select(ShowingItemRow)
            .where(ShowingItemRow.item == item)
            .order_by(ShowingItemRow.showing_id.desc())
        ).first()
        names = ("shown", "ticked", "ignored", "useful")
        return {name: bool(getattr(row, f"{name}_at")) for name in names}


def test_tips_are_shown_ticked_and_told(visit: Visit, engine: Engine) -> None:
    page = visit()
    expect(page.locator(ITEMS)).to_have_count(5)
    expect(page.locator(ITEMS).first).to_contain_text("禁止")
    link = page.locator("fund-tips a").first.get_attribute("href")
    assert link
    assert re.fullmatch(
        r"http://.*/articles/rent-withdrawal\?on=[\d-]+#conditions", link
    )
    with page.expect_response(telling("ticked")) as told:
        page.locator(f"{ITEMS} input").first.check()
    assert told.value.status == 200
    assert outcomes(engine, WORST) == {
        **dict.fromkeys(("shown", "ticked"), True),
        **dict.fromkeys(("ignored", "useful"), False),
    }
    with page.expect_response(telling("useful")):
        page.get_by_role("button", name="有用").nth(1).click()
    with page.expect_response(telling("ignored")):
        page.get_by_role("button", name="核对完").click()
    expect(page.locator("fund-tips")).to_be_hidden()
    assert outcomes(engine, SECOND)["useful"]
    assert outcomes(engine, LATER)["ignored"]
    assert not outcomes(engine, WORST)["ignored"]
    must_work(page)


def test_the_page_is_told_the_ticket_and_changes_the_step(visit: Visit) -> None:
    page = visit()
    expect(page.locator(ITEMS)).to_have_count(5)
    first = page.locator("#ticket").inner_text()
    page.get_by_role("button", name="录入").click()
    expect(page.locator(ITEMS)).to_have_count(1)
    expect(page.locator("#ticket")).not_to_have_text(first)
    page.get_by_role("button", name="受理接件").click()  # nothing stands at that step
    expect(page.locator("fund-tips")).to_be_hidden()
    must_work(page)


def test_it_looks_as_it_should_without_any_style_of_the_page(visit: Visit) -> None:
    page = visit()
    expect(page.locator(ITEMS)).to_have_count(5)
    ban = page.locator("fund-tips i").first
    colour = ban.evaluate("node => getComputedStyle(node).backgroundColor")
    assert colour == "rgb(164, 34, 15)"  # the style got through the strict policy


@pytest.mark.parametrize("broken", ["wrong token", "another origin"])
def test_a_refused_widget_hides(
    visit: Visit, host: Host, data: Path, broken: str
) -> None:
    before = host.site, host.token
    try:
        if broken == "wrong token":
            host.token = "trn_made-up"  # noqa: S105  (of nobody)
            page = visit()
            page.wait_for_timeout(500)
            expect(page.locator("fund-tips")).to_be_hidden()
            must_work(page)
            return
        with served(data, widget_origins="https://elsewhere.example") as site:
            host.site = site
            page = visit()
            page.wait_for_timeout(500)
            expect(page.locator("fund-tips")).to_be_hidden()
            must_work(page)
    finally:
        host.site, host.token = before


@pytest.mark.parametrize("mode", ["slow", "error", *GARBAGE])
def test_the_page_is_unharmed_when_our_server_misbehaves(
    visit: Visit, host: Host, mode: str
) -> None:
    before = host.site
    script = SCRIPT.read_text("utf-8")
    with misbehaving(script, mode) as host.site:
        page = visit()
        must_work(page)
        wait = SLOW + 0.5 if mode == "slow" else 0.5
        page.wait_for_timeout(1000 * wait)
        expect(page.locator("fund-tips")).to_be_hidden()
        assert "LATE" not in page.content()
        expect(page.locator("fund-tips li")).to_have_count(0)
    host.site = before


def test_the_page_is_unharmed_when_our_server_is_away(visit: Visit, host: Host) -> None:
    before = host.site
    with misbehaving("", "down") as host.site:
        pass  # it has gone again
    page = visit()
    must_work(page)
    expect(page.locator("fund-tips li")).to_have_count(0)
    host.site = before


FRAME = """address => {
  const frame = document.createElement("iframe");
  frame.src = address;
  document.body.append(frame);
}"""


@pytest.mark.parametrize("listed", [True, False], ids=["listed", "not listed"])
def test_the_plain_page_stands_in_frames_of_listed_origins_only(
    chrome: Browser, host: Host, data: Path, *, listed: bool
) -> None:
    before = host.site
    origin = host.address if listed else "https://elsewhere.example"
    with served(data, widget_origins=origin, open_reading="true") as host.site:
        page = window(chrome, host.address).new_page()
        page.goto("/")
        path = "/checklists/tips?business=withdraw.rent&step=verify"
        page.evaluate(FRAME, f"{host.site}{path}")
        tips = page.frame_locator("iframe").locator(".ticked li")
        if listed:
            expect(tips).to_have_count(5)
        else:
            page.wait_for_timeout(500)
            expect(tips).to_have_count(0)
        must_work(page)
        page.context.close()
    host.site = before
