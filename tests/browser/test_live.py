"""A play by two on two telephones, and a meeting on the wall."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from playwright.sync_api import expect

from tests.browser.conftest import Draft
from tests.browser.conftest import Opener
from tests.browser.conftest import plan
from tests.browser.test_every_page import watched
from trainer import settings
from trainer.kit import db

NARROW = 390
LEAST = 44
"""Pixels of what is tapped with a thumb."""


@pytest.fixture
def played(data: Path, address: str, request: pytest.FixtureRequest) -> int:
    """A play of ``w1002`` that nobody has begun: clerk asks, mentor observes."""
    assert address
    read = settings.load(data, environment={})
    engine = db.open_engine(read.database_url, read.secret_key)
    with db.writing(engine) as session:
        key = plan(session, "w1002", "clerk", once=request.node.name)
    engine.dispose()
    return key


def fits(page: Page) -> bool:
    """Tell whether nothing is wider than the telephone."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def thumbs(page: Page, buttons: str) -> list[float]:
    boxes = [each.bounding_box() for each in page.locator(buttons).all()]
    return [box["height"] for box in boxes if box]


def test_two_telephones_play_a_scenario_to_its_end(opened: Opener, played: int) -> None:
    citizen = opened("clerk", width=NARROW)
    complaints = watched(citizen)
    citizen.goto("/live/")
    citizen.locator(f'a[href="/live/{played}"]').click()
    citizen.get_by_role("link", name="打开剧本").click()
    expect(citizen.get_by_text("最佳")).to_have_count(0)
    assert fits(citizen)
    assert min(thumbs(citizen, ".live-ways .btn, .live-foot .btn")) >= LEAST
    first = opened("mentor", width=NARROW)
    first.goto(f"/live/{played}/rubric")
    first.get_by_role("button", name="说对了，还说得出依据").click()
    assert fits(first)
    assert min(thumbs(first, ".live-mark .btn, .live-foot .btn")) >= LEAST
    plays_the_citizen(citizen)
    # The observer's telephone goes flat; another one goes on where it was.
    second = opened("mentor", width=NARROW)
    second.goto(f"/live/{played}/rubric")
    marks_the_rest(second)
    expect(second.locator(".live-score")).to_have_text("87%")
    expect(second.get_by_text("先问我户口在哪")).to_be_visible()
    assert fits(second)
    citizen.goto(f"/live/{played}")
    expect(citizen.locator(".live-score")).to_have_count(0)
    assert complaints == []


def plays_the_citizen(page: Page) -> None:
    """Note other words, tap wrongly, take it back, and go on to the end."""
    page.get_by_text("都不像，是别的说法").click()
    page.get_by_label("他大概怎么说的").fill("先问我户口在哪")
    page.get_by_role("button", name="记下").click()
    page.get_by_role("button", name="能取的，您放心").click()
    page.get_by_role("button", name="点错了，退回上一步").click()
    expect(page.get_by_text("我租着房呢")).to_be_visible()
    page.get_by_role("button", name="能不能办，先看").click()
    page.get_by_role("button", name="租出去也算有住房").click()
    expect(page.get_by_text("到结局了")).to_be_visible()
    page.get_by_role("button", name="演完了").click()
    expect(page.get_by_text("等观察的人打完分")).to_be_visible()


def marks_the_rest(page: Page) -> None:
    """Go on where one line is marked already."""
    pressed = page.locator('.live-mark [aria-pressed="true"]')
    expect(pressed).to_have_count(1)
    for level in ("说了，有遗漏", "说人话，稳得住", "看出来并按规定处理"):
        page.get_by_role("button", name=level).click()
    expect(pressed).to_have_count(4)
    page.get_by_label("评语").fill("先问了住房")
    page.get_by_role("button", name="打完了").click()


def test_the_script_is_played_without_scripts(opened: Opener, played: int) -> None:
    page = opened("clerk", width=NARROW, script=False)
    page.goto(f"/live/{played}/script")
    page.get_by_role("button", name="能不能办，先看").click()
    expect(page.get_by_text("爱人名下有一套")).to_be_visible()


def test_the_pack_goes_on_by_keys_and_is_left_by_escape(
    opened: Opener, draft: Draft
) -> None:
    page = opened("supervisor", theme="dark")
    complaints = watched(page)
    page.goto(f"/meetings/{draft.meeting}")
    page.get_by_role("link", name="投屏").click()
    place, shown = page.locator("[data-place]"), page.locator(".slide:visible")
    expect(place).to_have_text("1 / 8")
    expect(shown).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(shown).to_contain_text("父母名下的房子")
    page.keyboard.press("End")
    expect(shown).to_contain_text("揭晓")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(place).to_have_text("7 / 8")
    page.reload()
    expect(place).to_have_text("7 / 8")
    assert page.locator(".side, .top").count() == 0
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="谁来了")).to_be_visible()
    assert complaints == []


def test_a_pack_without_scripts_is_read_by_scrolling(
    opened: Opener, draft: Draft
) -> None:
    page = opened("supervisor", script=False)
    page.goto(f"/meetings/{draft.meeting}/show")
    expect(page.locator(".slide:visible")).to_have_count(8)
