"""A scenario by keyboard: its server is stopped midway, it ends on another machine."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page
from playwright.sync_api import expect

from bench.browser import log_in
from bench.browser import window
from bench.site import demo_data
from tests.browser.test_exam import serving
from tests.factories import SETUP
from tests.scenarios.published import put_in_force
from trainer import settings
from trainer.core.clock import now
from trainer.kit import db
from trainer.people import queries as people

HOME = "/scenarios/rent-talk"


@pytest.fixture(scope="module")
def stage() -> Iterator[Path]:
    """The data directory of a demo site with a scenario."""
    with demo_data() as data:
        read = settings.load(data, environment={})
        engine = db.open_engine(read.database_url, read.secret_key)
        with db.writing(engine) as session:
            staff = [
                people.person_by_login(session, login, reader=SETUP)
                for login in ("editor", "approver")
            ]
            editor, approver = (each.actor() for each in staff if each)
            put_in_force(session, by=(editor, approver), at=now())
        engine.dispose()
        yield data


def begin(page: Page, role: str = "clerk") -> None:
    log_in(page, role)
    page.goto(HOME)
    expect(page.get_by_role("button", name="开始演练")).to_be_focused()
    page.keyboard.press("Enter")
    must_listen(page, 1)


def must_listen(page: Page, step: int) -> None:
    """The page of a step is there, and says that it takes digits."""
    expect(page.locator("#now")).to_have_attribute("aria-label", f"第 {step} 步")
    expect(page.locator("[data-keys]")).to_be_visible()


def test_a_play_by_keyboard_survives_its_server_and_changes_machines(
    chrome: Browser, stage: Path
) -> None:
    with serving(stage) as (address, process):
        first = window(chrome, address).new_page()
        begin(first)
        first.keyboard.press("2")
        expect(first.locator("#now")).to_have_attribute("aria-label", "第 2 步")
        said = first.locator(".talk").inner_text()
        asked = first.locator("#now .words").inner_text()
        process.send_signal(signal.SIGTERM)
        process.wait()
        first.context.close()
    with serving(stage) as (address, _):
        second = window(chrome, address).new_page()
        log_in(second, "clerk")
        second.goto(HOME)
        expect(second.get_by_role("link", name="接着演").first).to_be_focused()
        second.keyboard.press("Enter")
        must_listen(second, 2)
        assert second.locator(".talk").inner_text() == said
        assert second.locator("#now .words").inner_text() == asked
        second.keyboard.press("1")
        expect(second.locator(".score")).to_contain_text("没通过")
        assert "更好的说法" in second.content()
        again = second.get_by_role("button", name="从这一步重来")
        again.focus()
        second.keyboard.press("Enter")
        expect(second.locator("#now")).to_have_attribute("aria-label", "第 2 步")
        assert "重来，不计结果" in second.content()
        second.context.close()


def test_who_presses_twice_has_chosen_once(chrome: Browser, stage: Path) -> None:
    with serving(stage) as (address, _):
        page = window(chrome, address).new_page()
        begin(page, "mentor")
        page.keyboard.press("2")
        page.keyboard.press("1")
        expect(page.locator("#now")).to_have_attribute("aria-label", "第 2 步")
        expect(page.locator(".talk li")).to_have_count(1)
        expect(page.locator(".talk")).to_contain_text("能不能办，先看")
        page.context.close()


def test_a_play_needs_no_script(chrome: Browser, stage: Path) -> None:
    with serving(stage) as (address, _):
        page = window(chrome, address, script=False).new_page()
        log_in(page, "manager")
        page.goto(HOME)
        page.get_by_role("button", name="开始演练").click()
        page.get_by_role("button", name="能不能办").click()
        page.get_by_role("button", name="先回去问问").click()
        expect(page.locator(".score")).to_contain_text("没通过")
        page.context.close()
