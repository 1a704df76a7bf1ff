"""Bar 6: an administrator brings in two hundred people without a mouse."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from trainer.kit.files import write_xlsx

HEADER = ["员工号", "姓名", "所属部门", "委托银行", "派驻起止", "血型"]


def make_file(folder: Path) -> Path:
    """Write two hundred people, two of them with a slip."""
    rows = [
        [
            f"b{n:03}",
            f"派驻{n}（虚构）",
            f"示例中心/城东管理部/{n % 8 + 1}号窗口",
            "甲银行（虚构）",
            "2026.1.1-2026.12.31",
            "A",
        ]
        for n in range(200)
    ]
    rows[120][4], rows[150][0] = "2026.1.1-2026.2.31", "编号没有"
    path = folder / "花名册.xlsx"
    path.write_bytes(write_xlsx("名单", HEADER, rows))
    return path


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    wanted = page.locator(selector).first
    for _ in range(400):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(selector)


SLOW = 180_000
"""Milliseconds that hashing two hundred passwords may take on a busy machine."""


def press(page: Page, selector: str, *, within: int = 30_000) -> None:
    """Go to a button by Tab, press it by Enter, wait for the next page."""
    tab_to(page, selector)
    with page.expect_navigation(timeout=within):
        page.keyboard.press("Enter")


def upload(page: Page, path: Path) -> None:
    page.goto("/people/roster")
    # What the dialog of the system does with a file is not the page's.
    page.set_input_files("#file", path)
    page.locator("#file").focus()
    press(page, "form[enctype] button")
    press(page, "main form .btn-primary")


def tick_everything(page: Page) -> None:
    """Have every missing place made."""
    for number in range(page.locator("[name=taken]").count()):
        tab_to(page, f"[id='take.{number + 1}']")
        page.keyboard.press("Space")
    press(page, "main form button[type=submit]")


def correct_both(page: Page) -> None:
    """Type the two wrong cells anew and have them checked."""
    expect(page.locator("[aria-invalid]")).to_have_count(2)
    tab_to(page, "[aria-invalid]")
    page.keyboard.press("Control+a")
    page.keyboard.type("2026.1.1-2026.2.28")
    page.keyboard.press("ArrowDown")  # the same column of the next wrong row
    expect(page.locator(":focus")).to_have_attribute("data-field", "span")
    tab_to(page, "[data-field=login][aria-invalid]")
    page.keyboard.press("Control+a")
    page.keyboard.type("b150")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_two_hundred_are_brought_in_corrected_and_taken_back_by_keyboard(
    opened: Opener, tmp_path: Path
) -> None:
    page = opened("admin")
    upload(page, make_file(tmp_path))
    expect(page.locator("main")).to_contain_text("不导入的列：血型")

    tick_everything(page)
    correct_both(page)
    expect(page.locator("[aria-invalid]")).to_have_count(0)
    expect(page.locator(".tally")).to_contain_text("新增 200")
    press(page, "button[formaction$=confirm]", within=SLOW)
    expect(page.locator("h1")).to_have_text("已导入")
    expect(page.locator("tbody tr")).to_have_count(200)
    tab_to(page, "main form .btn-primary")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.suggested_filename.startswith("初始密码")

    press(page, "main a.btn")
    press(page, "main form button", within=SLOW)
    expect(page.locator("main")).to_contain_text("已撤销，全部还原")


def test_a_roster_is_brought_in_without_javascript(
    opened: Opener, tmp_path: Path
) -> None:
    page = opened("admin", script=False)
    row = [
        "n001",
        "一人（虚构）",
        "城东管理部",
        "甲银行（虚构）",
        "2026.1.1-2026.12.31",
        "",
    ]
    path = tmp_path / "一人.xlsx"
    path.write_bytes(write_xlsx("名单", HEADER, [row]))
    page.goto("/people/roster")
    page.set_input_files("#file", path)
    page.click("form[enctype] button")
    page.click("main form .btn-primary")
    for box in page.locator("[name=taken]").all():
        box.check()
    page.click("main form button[type=submit]")
    expect(page.locator("[aria-invalid]")).to_have_count(0)
    page.click("button[formaction$=confirm]")
    expect(page.locator("h1")).to_have_text("已导入")


def test_a_file_may_be_dropped(opened: Opener) -> None:
    page = opened("admin")
    page.goto("/people/roster")
    dropped = page.evaluate_handle(
        """() => {
          const given = new DataTransfer();
          given.items.add(new File(["工号,姓名\\nx1,一人"], "a.csv"));
          return given;
        }"""
    )
    page.dispatch_event(".drop", "drop", {"dataTransfer": dropped})
    assert page.evaluate("document.getElementById('file').files[0].name") == "a.csv"
    expect(page.locator("#file")).to_be_focused()
