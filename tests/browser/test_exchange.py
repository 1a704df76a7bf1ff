"""Questions brought in through the pages: calm at any width, and without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from trainer.kit.files import write_csv

COLUMNS = ("题型", "题干", "选项A", "选项B", "答案", "解析", "备注")
ROWS = (
    (
        "单选题",
        "租房提取要不要比较房租占收入的比例？",
        "要",
        "不要",
        "B",
        "没有。",
        "甲",
    ),
    ("填空题", "材料不齐要 ____ 告知。", "", "", "一次性", "一次告知。", ""),
    ("排序题", "按先后排好。", "查账户", "核身份", "BA", "先核身份。", ""),
    ("匹配题", "各对应哪一种？", "租房", "退休", "A-2、B-1", "看类型。", ""),
    ("简答题", "怎样说？", "", "", "先说缺什么（2分）", "说清楚。", ""),
    ("单选题", "带什么？", "身份证", "户口簿", "E", "", ""),
)


def previewed(page: Page, folder: Path) -> None:
    """Choose what the questions do not say, send them, wait for the preview."""
    path = folder / "题目.csv"
    path.write_bytes(write_csv("题", COLUMNS, ROWS))
    page.goto("/banks/exchange/?bank=rent-withdrawal-cases")
    page.select_option("#competency", "P5")
    page.select_option("#difficulty", "1")
    page.select_option("#asks", "rule")
    page.select_option("#article", "rent-withdrawal")
    page.click("button[value=sections]")
    page.select_option("#section", "answer")
    page.set_input_files("#file", path)
    page.click("form.exchange .btn-primary")
    expect(page.locator(".counts")).to_contain_text("要改")


@pytest.mark.parametrize(("theme", "width"), [("light", 1366), ("dark", 320)])
def test_a_preview_is_accessible_and_does_not_scroll_sideways(
    opened: Opener, tmp_path: Path, theme: str, width: int
) -> None:
    page = opened("editor", theme=theme, width=width)
    previewed(page, tmp_path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".previewed").count() == len(ROWS)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_an_import_is_confirmed_and_taken_back_without_scripts(
    opened: Opener, tmp_path: Path
) -> None:
    page = opened("editor", script=False)
    previewed(page, tmp_path)
    page.check("#without_wrong")
    page.click("#confirm button")
    expect(page.locator("main")).to_contain_text("已做成一份稿件")
    page.click("form[action$='/undo'] button")
    expect(page.locator("main")).to_contain_text("这次导入已撤销")
