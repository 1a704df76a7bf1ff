"""Bars 1, 6 and 13: six keystrokes, no mouse, no JavaScript."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page
from playwright.sync_api import Route
from playwright.sync_api import expect

from tests.browser.conftest import Opener

MOST_KEYS = 6
"""Keystrokes for a common need, Enter included."""

NEEDS = {
    "zftq": "rent-withdrawal",
    "lztq": "departure-withdrawal",
    "txtq": "retirement-withdrawal",
    "zxtq": "decoration-withdrawal",
    "wyf": "property-fee-withdrawal",
    "esf": "second-hand-purchase-withdrawal",
    "ydgf": "remote-purchase-withdrawal",
    "sftq": "down-payment-withdrawal",
    "dttq": "elevator-withdrawal",
    "cjdj": "emigration-withdrawal",
    "dbtq": "withdrawal-by-agent",
    "ayhd": "monthly-offset",
    "hdtq": "loan-repayment-withdrawal",
    "dwdj": "unit-registration",
    "jcjs": "contribution-base",
    "jcbl": "contribution-ratio",
    "hj": "deferral-and-lower-ratio",
    "fcqf": "account-sealing",
    "lhjy": "flexible-employment",
    "jczm": "contribution-certificate",
    "ydzy": "account-transfer",
    "tczy": "same-city-transfer",
    "bj": "back-payment",
    "dktj": "loan-eligibility",
    "dksp": "loan-decision-time",
    "dkll": "loan-rates-guide",
    "dked": "sample-loan-quota",
    "yddk": "remote-loan",
    "szg": "commercial-to-fund-loan",
    "tqhk": "early-repayment",
    "dkyq": "loan-overdue",
}
"""The thirty commonest needs, by the initials a clerk types."""

FACES = ("answer", "conditions", "materials", "plain")
"""Faces whose beginning must be on the first screen."""


@pytest.mark.parametrize("typed", NEEDS)
def test_a_common_need_takes_six_keystrokes(clerk: Page, typed: str) -> None:
    clerk.goto("/")
    expect(clerk.locator("#q")).to_be_focused()
    clerk.keyboard.type(typed, delay=25)
    clerk.keyboard.press("Enter")
    clerk.wait_for_url(lambda url: "/articles/" in url)
    assert f"/articles/{NEEDS[typed]}?" in clerk.url
    assert len(typed) + 1 <= MOST_KEYS


def test_the_card_answers_on_the_first_screen(clerk: Page) -> None:
    clerk.goto("/articles/rent-withdrawal")
    for face in FACES:
        box = clerk.locator(f"#{face} h2, #{face}.lead p").last.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 768, face


def test_arrows_choose_and_enter_opens(clerk: Page) -> None:
    clerk.goto("/")
    expect(clerk.locator("#q")).to_be_focused()
    clerk.keyboard.type("提取", delay=25)
    second = clerk.locator("#live [role=option]").nth(1)
    expect(second).to_be_visible()
    clerk.keyboard.press("ArrowDown")
    expect(second).to_have_attribute("aria-selected", "true")
    slug = second.get_attribute("data-slug")
    clerk.keyboard.press("Enter")
    clerk.wait_for_url(lambda url: f"/articles/{slug}" in url)


def test_keys_mean_the_list_for_what_is_typed_however_late_it_comes(
    clerk: Page,
) -> None:
    clerk.goto("/articles/loan-overdue")
    clerk.goto("/articles/rent-notice-2015")
    clerk.goto("/")
    expect(clerk.locator("#live .before [role=option]").nth(1)).to_be_visible()
    clerk.route("**/search/live?*", _late)
    clerk.keyboard.type("租房提取", delay=25)
    clerk.keyboard.press("ArrowDown")
    second = clerk.locator("#live [role=option][data-rank]").nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    clerk.keyboard.press("ArrowUp")
    clerk.keyboard.press("Enter")
    clerk.wait_for_url(lambda url: "/articles/rent-withdrawal" in url)


def test_enter_without_an_answer_asks_the_page_of_results(clerk: Page) -> None:
    clerk.goto("/")
    clerk.route("**/search/live?*", lambda route: route.abort())
    clerk.locator("#q").fill("租房提取")
    clerk.keyboard.press("Enter")
    clerk.wait_for_url(lambda url: "/search?" in url)


def test_the_box_is_reached_from_anywhere_by_key(clerk: Page) -> None:
    clerk.goto("/articles/rent-withdrawal")
    clerk.keyboard.press("/")
    expect(clerk.locator("#q")).to_be_focused()
    clerk.keyboard.press("Escape")
    clerk.locator("main").focus()
    clerk.keyboard.press("Control+k")
    expect(clerk.locator("#q")).to_be_focused()


def test_nothing_is_asked_in_the_middle_of_an_input_method(clerk: Page) -> None:
    asked: list[str] = []
    clerk.on("request", lambda request: asked.append(request.url))
    clerk.goto("/")
    asked.clear()
    session = clerk.context.new_cdp_session(clerk)
    clerk.locator("#q").focus()
    session.send(
        "Input.imeSetComposition",
        {"text": "zufang", "selectionStart": 6, "selectionEnd": 6},
    )
    clerk.wait_for_timeout(400)
    assert not [url for url in asked if "/search/live" in url]
    session.send("Input.insertText", {"text": "租房"})
    expect(clerk.locator("#live [role=option]").first).to_be_visible()


def test_the_skip_link_leads_to_the_text(clerk: Page) -> None:
    clerk.goto("/articles/rent-withdrawal")
    clerk.keyboard.press("Tab")
    expect(clerk.locator(".skip")).to_be_focused()
    clerk.keyboard.press("Enter")
    expect(clerk.locator("#main")).to_be_focused()


def test_search_and_articles_work_without_javascript(opened: Opener) -> None:
    page = opened("clerk", script=False)
    page.goto("/")
    page.fill("#q", "租房提取")
    page.press("#q", "Enter")
    page.locator(".results .hit").first.click()
    expect(page.locator("#answer")).to_contain_text("3 个月")


@pytest.mark.parametrize(
    ("on", "said"), [("2026-09-19", "不能提"), ("2026-09-20", "能提")]
)
def test_the_business_date_decides_the_answer(clerk: Page, on: str, said: str) -> None:
    clerk.goto(f"/articles/decoration-withdrawal?on={on}")
    expect(clerk.locator("#answer")).to_contain_text(said)


def _late(route: Route) -> None:
    """Answer after the clerk has pressed her next key."""
    time.sleep(0.4)
    route.continue_()
