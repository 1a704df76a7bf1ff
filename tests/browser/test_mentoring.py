"""A newcomer enters cases on a phone, his mentor signs them, the phase moves on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page
from playwright.sync_api import expect

from bench.browser import log_in
from bench.browser import window
from bench.site import demo_data
from bench.site import served

PHONE = 390
WHO, LINE, BUSINESS = "蒋四海", "服务规范", "查询与异议复核"
FIGURES = {
    "全数共同签字几周": "0",
    "全签阶段至少签多少件": "9",
    "其中最近几件要全部一次办对": "5",
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A demo site of its own."""
    with demo_data() as data, served(data) as address:
        yield address


def opened(chrome: Browser, address: str, login: str) -> Page:
    """Open a phone on which somebody has logged in."""
    page = window(chrome, address, width=PHONE).new_page()
    log_in(page, login)
    page.goto("/mentoring")
    return page


def enters(page: Page, reference: str) -> None:
    page.get_by_label("办的业务").select_option(label=BUSINESS)
    page.get_by_label("柜台流水号").fill(reference)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".alert-success")).to_contain_text(f"{reference} 记下了")


def signs_all(page: Page) -> None:
    """Sign what waits: the other business has its competencies chosen first."""
    page.get_by_role("link", name="共同签字").first.click()
    while page.get_by_role("button", name="签字", exact=True).count():
        form = page.locator("main section form").first
        if not form.locator("input[name$=competencies]:checked").count():
            form.get_by_label("C1").check()
        form.get_by_role("button", name="签字", exact=True).click()
        expect(page.locator(".alert-success")).to_contain_text("已签")


def shorten(boss: Page) -> None:
    """Ask for fewer cases, and no weeks."""
    boss.get_by_role("link", name="带教安排").click()
    boss.get_by_role("link", name=WHO).click()
    plan = boss.locator(".line-plan", has_text=LINE)
    plan.get_by_role("link", name="调整计划或阶段").click()
    for label, figure in FIGURES.items():
        boss.get_by_label(label).fill(figure)
    boss.get_by_role("button", name="保存计划").click()


def test_a_phase_moves_on_when_enough_was_seen(chrome: Browser, address: str) -> None:
    newcomer = opened(chrome, address, "w1004")
    mentor = opened(chrome, address, "mentor")
    shorten(opened(chrome, address, "supervisor"))

    newcomer.get_by_role("link", name="登一件").click()
    enters(newcomer, "3-030")
    enters(newcomer, "3-031")
    newcomer.get_by_label("柜台流水号").fill("13800001111")
    newcomer.get_by_role("button", name="登记", exact=True).click()
    expect(newcomer.locator("main")).to_contain_text("不要写身份证、电话、账号")
    newcomer.goto("/mentoring")
    line = newcomer.locator(".line-phases li", has_text=LINE)
    expect(line).to_contain_text("全数共同签字")
    expect(line).to_contain_text("还差 5 件共同签字")

    signs_all(mentor)
    assert mentor.evaluate("document.documentElement.scrollWidth") <= PHONE
    newcomer.reload()
    expect(line).to_contain_text("抽查")
    expect(line).to_contain_text("还差 5 件共同签字")


def test_a_question_is_answered(chrome: Browser, address: str) -> None:
    newcomer = opened(chrome, address, "w1004")
    mentor = opened(chrome, address, "mentor")
    newcomer.get_by_role("link", name="计划、记录和提问").click()
    newcomer.get_by_text("向带教老师提问…").click()
    words = newcomer.locator("#question-words")
    words.fill("抽查的件要先给您看吗？")
    newcomer.locator("form", has=words).get_by_role("button", name="保存").click()
    mentor.reload()
    mentor.get_by_role("link", name="回答提问").click()
    mentor.get_by_label("回答").first.fill("办完再给我看就行。")
    mentor.get_by_role("button", name="保存").first.click()
    newcomer.reload()
    expect(newcomer.locator("main")).to_contain_text("办完再给我看就行。")
