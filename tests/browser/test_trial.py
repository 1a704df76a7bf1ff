"""试算 on an answer card: by keyboard, in place, and without JavaScript."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from playwright.sync_api import expect

from tests.browser.conftest import Opener

CARD = "/articles/sample-loan-quota?on=2026-11-22"


@pytest.fixture
def trial(clerk: Page) -> Page:
    """A card whose first formula was opened with its key."""
    clerk.goto(CARD)
    clerk.keyboard.press("=")
    expect(clerk.get_by_label("申请人")).to_be_focused()
    return clerk


def fill_in(page: Page, balance: str) -> None:
    """Go through the form as a clerk does, from field to field."""
    for words in (None, balance, "", "8000"):
        if words is not None:
            page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_a_clerk_calculates_on_the_card_without_a_mouse(trial: Page) -> None:
    fill_in(trial, "4.5万")
    headline = trial.locator(".outcome h2")
    expect(headline).to_contain_text("598,367.89 元")
    expect(headline).to_be_focused()
    expect(trial.locator(".outcome")).to_contain_text("按 2026-11-22 的规定")
    below = headline.bounding_box()
    form = trial.locator(".offer form").bounding_box()
    assert below is not None
    assert form is not None
    assert below["y"] > form["y"] + form["height"]
    assert trial.url.endswith(CARD)
    expect(trial.locator("#answer")).to_be_visible()
    found = Axe().run(trial)
    assert found.violations_count == 0, found.generate_report()


def test_a_mistake_is_told_on_the_card_and_what_was_typed_stays(trial: Page) -> None:
    fill_in(trial, "很多")
    expect(trial.locator(".offer [role=alert]")).to_be_focused()
    expect(trial.get_by_label("本人账户余额")).to_have_value("很多")


def test_escape_closes_and_leads_back_to_the_button(trial: Page) -> None:
    trial.keyboard.press("Escape")
    button = trial.locator(".offer summary").first
    expect(button).to_be_focused()
    expect(trial.get_by_label("申请人")).to_be_hidden()
    trial.keyboard.press("Enter")
    expect(trial.get_by_label("申请人")).to_be_visible()


def test_nothing_of_the_form_is_kept_in_the_browser(trial: Page) -> None:
    fill_in(trial, "41234.56")
    expect(trial.locator(".outcome h2")).to_be_focused()
    kept = trial.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert "41234" not in kept
    trial.reload()
    expect(trial.locator(".offer .trial")).to_have_count(0)


def test_when_the_form_does_not_come_the_link_is_there(clerk: Page) -> None:
    clerk.route("**/part?*", lambda route: route.abort())
    clerk.goto(CARD)
    clerk.keyboard.press("=")
    clerk.get_by_role("link", name="到试算页去算").click()
    expect(clerk.locator("h1")).to_have_text("可贷额度（示例市）")


def test_without_javascript_the_button_opens_a_link_to_the_page(opened: Opener) -> None:
    page = opened("clerk", script=False)
    page.goto(CARD)
    page.locator(".offer summary").first.click()
    page.get_by_role("link", name="到试算页去算").click()
    page.fill("[name=balance]", "4.5万")
    page.fill("[name=family_income]", "8000")
    page.press("[name=family_income]", "Enter")
    expect(page.locator(".outcome h2")).to_contain_text("598,367.89 元")
