"""Checklists in a real browser: the words to say by a key, the block beside answers."""

from __future__ import annotations

import re

from playwright.sync_api import Page
from playwright.sync_api import expect

from tests.browser.conftest import Opener

LIST = "/checklists/browsed-errors"


def test_a_key_copies_the_words_of_the_item_that_is_meant(clerk: Page) -> None:
    clerk.goto(LIST)
    clerk.keyboard.press("c")
    expect(clerk.locator("#said")).to_contain_text("我们只看您和爱人")
    clerk.goto(f"{LIST}#their-home")
    clerk.keyboard.press("c")
    expect(clerk.locator("#said")).to_contain_text("您爱人的房子在哪个市")
    clerk.get_by_role("button", name=re.compile("把父母名下")).first.focus()
    clerk.keyboard.press("c")
    expect(clerk.locator("#said")).to_contain_text("我们只看您和爱人")


def test_a_key_prints_and_a_key_flags(clerk: Page) -> None:
    clerk.goto(LIST)
    clerk.keyboard.press("f")
    expect(clerk.get_by_label("哪里不对")).to_be_visible()
    clerk.keyboard.press("Escape")
    clerk.goto(LIST)
    clerk.keyboard.press("p")
    clerk.wait_for_url(f"**{LIST}/print**")
    expect(clerk.get_by_role("button", name="打印")).to_be_visible()


def test_as_one_types_items_never_stand_before_the_first_hit(clerk: Page) -> None:
    clerk.goto("/")
    clerk.locator("#q").press_sequentially("租房提取", delay=40)
    block = clerk.locator("#live .live-items")
    expect(block).to_be_visible()
    last = clerk.locator("#live [role=option]").last.bounding_box()
    box = block.bounding_box()
    assert last is not None
    assert box is not None
    assert box["y"] >= last["y"] + last["height"]


def test_an_item_is_written_and_moved_without_a_script(opened: Opener) -> None:
    page = opened("editor", script=False)
    page.goto(f"{LIST}/items/their-home")
    page.get_by_label("会错在哪里").fill("没问清配偶的房子在哪个市")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("窗口看到的样子")).to_be_visible()
    page.get_by_role("button", name="保存到草稿").click()
    expect(page.locator("article.item h3").last).to_contain_text("没问清配偶")
    page.get_by_role("button", name="上移 their-home").click()
    expect(page.locator("article.item h3").first).to_contain_text("没问清配偶")
