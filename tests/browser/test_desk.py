"""The desk: on a narrow screen, and the form that spares the front matter."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from playwright.sync_api import expect

from tests.browser.conftest import Opener


def test_what_is_due_is_read_and_answered_without_scrolling_sideways(
    opened: Opener,
) -> None:
    page = opened("editor", width=390)
    page.goto("/desk/due")
    row = page.locator(".texts tbody tr").first
    for part in ("th a", "td [aria-label]", "td button", "td a.btn"):
        box = row.locator(part).last.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390, part
    expect(row.locator("[data-label]").first).to_contain_text("2026-")


@pytest.fixture
def editor(opened: Opener) -> Page:
    """An editor who begins a new article."""
    page = opened("editor")
    page.goto("/desk/new/guide")
    return page


def test_what_is_typed_in_the_form_comes_into_the_text(editor: Page) -> None:
    editor.get_by_label("标题", exact=True).fill("装修提取: 新")
    editor.keyboard.press("Tab")
    text = editor.locator("#text")
    expect(text).to_have_value(re.compile('^title: "装修提取: 新"$', re.MULTILINE))
    expect(editor.get_by_label("类型", exact=True)).to_be_focused()
    rent = editor.get_by_label("租房提取", exact=True)
    rent.check()
    expect(text).to_have_value(re.compile(r"\nbusiness: \[withdraw\.rent\]\n"))
    expect(rent).to_be_focused()


def test_what_is_typed_in_the_text_comes_into_the_form(editor: Page) -> None:
    text = editor.locator("#text")
    text.fill(text.input_value().replace("evidence: C", "evidence: B"))
    editor.keyboard.press("Tab")
    expect(editor.get_by_label("核实程度")).to_have_value("B")
    text.fill(text.input_value().replace("evidence: B", "evidence: [B"))
    editor.keyboard.press("Tab")
    expect(editor.locator(".heading-form .alert")).to_contain_text("读不出来")
    expect(editor.get_by_label("核实程度")).to_have_count(0)
    text.fill(text.input_value().replace("evidence: [B", "evidence: A"))
    editor.keyboard.press("Tab")
    expect(editor.get_by_label("核实程度")).to_have_value("A")


def test_what_is_wrong_in_the_form_is_told_there(editor: Page) -> None:
    editor.get_by_label("复核周期").fill("7")
    editor.keyboard.press("Tab")
    expect(editor.locator("#head-review_every_days-wrong")).to_contain_text("30 到 730")
    found = Axe().run(editor)
    assert found.violations_count == 0, found.generate_report()
    editor.get_by_label("复核周期").fill("365")
    editor.keyboard.press("Tab")
    expect(editor.locator("#head-review_every_days-wrong")).to_have_count(0)
    expect(editor.locator("#text")).to_have_value(re.compile("review_every_days: 365"))


def test_the_form_is_kept_without_javascript(opened: Opener) -> None:
    page = opened("editor", script=False)
    page.goto("/desk/new/guide")
    page.fill("#slug", "made-without-a-script")
    page.get_by_label("标题", exact=True).fill("没有脚本也行")
    page.get_by_label("失效日").fill("2030-01-01")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".alert-success")).to_contain_text("已保存")
    expect(page.locator("#text")).to_have_value(
        re.compile("title: 没有脚本也行\n.*effective_to: 2030-01-01\n", re.DOTALL)
    )
