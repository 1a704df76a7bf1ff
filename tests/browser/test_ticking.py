"""Ticking off at the counter by keys, within ten seconds; and without a script."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page
from playwright.sync_api import expect

from tests.browser.conftest import Opener

STEP = "/checklists/tick?business=withdraw.rent&step=verify"
LONGEST = 10.0
"""Seconds for five items, by somebody who knows them."""


def test_five_items_are_ticked_by_keys_and_enter_leads_on(clerk: Page) -> None:
    clerk.goto(STEP)
    boxes = clerk.locator("[name=ticked]")
    expect(boxes).to_have_count(5)
    expect(boxes.first).to_be_focused()
    begun = time.perf_counter()
    for key in "12345":
        clerk.keyboard.press(key)
    clerk.keyboard.press("3")  # taken back
    expect(boxes.nth(2)).not_to_be_checked()
    clerk.keyboard.press("Enter")
    expect(clerk.locator(".alert")).to_contain_text("5 条里勾了 4 条")
    assert time.perf_counter() - begun < LONGEST
    expect(clerk.get_by_role("link", name="下一环节：录入")).to_be_focused()
    clerk.keyboard.press("Enter")
    expect(clerk.locator("h1")).to_have_text("租房提取 · 录入")
    clerk.keyboard.press("Escape")
    expect(clerk.locator("h1")).to_have_text("逐条核对")
    expect(clerk.locator("#q")).to_have_value("")  # no key went to the search


def test_the_case_makes_it_finer(clerk: Page) -> None:
    clerk.goto(STEP)
    clerk.get_by_text("说得更细").click()
    clerk.get_by_label("来办的人").select_option("代办人")
    clerk.get_by_role("button", name="按这些情况重排").click()
    expect(clerk).to_have_url(re.compile("person=agent"))
    expect(clerk.get_by_label("来办的人")).to_have_value("agent")


def test_without_a_script_it_is_a_form(opened: Opener) -> None:
    page = opened("clerk", script=False)
    page.goto("/checklists/tick")
    page.get_by_label("办的是哪项业务").select_option("租房提取")
    page.get_by_role("button", name="选环节").click()
    page.get_by_role("link", name="核验").click()
    page.locator("[name=ticked]").nth(1).check()
    page.get_by_role("button", name="完成").click()
    expect(page.locator(".alert")).to_contain_text("5 条里勾了 1 条")
    page.get_by_role("link", name="下一环节").click()
    expect(page.locator("[name=ticked]")).to_have_count(1)
