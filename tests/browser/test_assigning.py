"""Bar 10 of ui.md: a supervisor assigns a course to an intake in at most 5 actions."""

from __future__ import annotations

from playwright.sync_api import Page
from playwright.sync_api import expect

from tests.browser.conftest import Opener

COURSE, OTHER = "新派驻30天上岗：提取", "新人第一周"
NEWCOMER, LOGIN = "华立冬", "w1018"
MOST = 5
"""A click, a tick or a key is an action; the first page is there already."""


class Supervisor:
    """Somebody at a page whose every action is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def follows(self, link: str) -> None:
        self.actions += 1
        self.page.get_by_role("link", name=link, exact=True).first.click()

    def ticks(self, label: str) -> None:
        self.actions += 1
        self.page.get_by_label(label, exact=True).check()

    def presses(self, button: str) -> None:
        self.actions += 1
        self.page.get_by_role("button", name=button, exact=True).click()


def test_an_intake_has_its_course_after_five_actions(opened: Opener) -> None:
    page = opened("westboss")
    who = Supervisor(page)
    who.follows("派课与进度")
    who.follows("派给一批人")
    expect(page.get_by_label(NEWCOMER)).to_be_checked()
    who.ticks(COURSE)
    who.presses("看会影响谁")
    told = page.locator("main").get_by_role("status")
    expect(told).to_contain_text("人刚到岗")
    expect(told).to_contain_text(f"{NEWCOMER}（虚构）")
    expect(told).to_contain_text("还没有保存")
    who.presses("确认派课")
    expect(page.locator(".alert-success")).to_contain_text("派好了")
    assert who.actions <= MOST

    phone = opened(LOGIN, width=390)
    phone.goto("/plan")
    course = phone.locator("li", has_text=COURSE).first
    expect(course).to_contain_text("主管派的课")
    expect(course).to_contain_text("最迟")


def test_it_is_done_without_a_mouse_and_without_scripts(opened: Opener) -> None:
    page = opened("supervisor", script=False)
    page.goto("/plans/assign")
    page.get_by_label(OTHER, exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="看会影响谁").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="确认派课")).to_be_visible()
    page.get_by_role("button", name="确认派课").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".alert-success")).to_contain_text("派好了")
