"""Takes the pictures of the guides: ``python -m bench.shots [FOLDER [NAME ...]]``.

Without names all of them. Pictures are of a fresh demo site, 1366 x 768, light; look at them before you commit.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser
from playwright.sync_api import Page

from bench.browser import chromium
from bench.browser import log_in
from bench.browser import window
from bench.papers import put_papers
from bench.site import demo_data
from bench.site import served


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: who looks at which page, and what is done there before it is taken.

    Something is typed, a link followed, a button pressed.
    """

    name: str
    role: str
    path: str
    typed: str = ""
    followed: str = ""
    pressed: str = ""
    width: int = 1366
    theme: str = "light"


SHOTS = (
    Shot("home", "clerk", "/"),
    Shot("card", "clerk", "/articles/rent-withdrawal"),
    Shot("live", "clerk", "/", "zftq"),
    Shot("live-dark", "clerk", "/", "zftq", theme="dark"),
    Shot("narrow", "clerk", "/articles/rent-withdrawal", width=390),
    Shot("policy", "clerk", "/articles/housing-fund-regulations"),
    Shot("results", "clerk", "/search?q=装修"),
    Shot("diff", "clerk", "/articles/rent-withdrawal/diff?old=1&new=2"),
    Shot("editor", "editor", "/desk/new/guide"),
    Shot("quizzes", "clerk", "/quizzes/"),
    Shot("paper", "clerk", "/quizzes/ready-for-withdrawals", pressed="开始"),
    Shot("banks", "editor", "/banks/"),
    Shot("question", "editor", "/banks/rent-withdrawal-cases/questions/parents-home"),
    Shot("grading", "supervisor", "/quizzes/grading/", followed="从第一份评起"),
    Shot("analysis", "approver", "/quizzes/rent-check/analysis"),
    Shot("competence", "clerk", "/competence"),
    Shot("why", "supervisor", "/competence/people/16/P5"),
    Shot("team", "supervisor", "/competence/team"),
    Shot("windows", "clerk", "/competence/windows"),
    Shot("newcomer", "w1018", "/"),
    Shot("plan", "w1004", "/plan"),
    Shot("course", "w1004", "/courses/withdraw-first-30-days"),
    Shot("assign", "supervisor", "/plans/assign"),
    Shot("mentoring", "mentor", "/mentoring"),
    Shot("inbox", "w1004", "/notices"),
    Shot("growth", "clerk", "/growth"),
    Shot("people", "admin", "/people"),
    Shot("person", "supervisor", "/people/3"),
    Shot("roster", "admin", "/people/roster"),
    Shot("audit", "auditor", "/audit/"),
)


def take(page: Page, shot: Shot, folder: Path) -> None:
    """Take one picture."""
    page.goto(shot.path)
    if shot.typed:
        page.locator("#q").press_sequentially(shot.typed, delay=40)
        page.wait_for_selector("#live .live-card .answer-card")
    if shot.followed:
        page.get_by_role("link", name=shot.followed).click()
    if shot.pressed:
        page.get_by_role("button", name=shot.pressed, exact=True).click()
        choice = page.locator("[data-ready] .choice").first
        choice.wait_for(state="attached")
        number = choice.locator("input").get_attribute("name") or ""
        page.locator(f'[data-number-of="{number.removeprefix("a")}"]').click()
        page.keyboard.press("a")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / f"{shot.name}.png")


def main(folder: Path, names: Collection[str]) -> None:
    """Take pictures, all of them when none is named."""
    folder.mkdir(parents=True, exist_ok=True)
    with demo_data() as data, chromium() as browser:
        put_papers(data)
        with served(data) as address:
            take_all(browser, address, folder, names)


def take_all(
    browser: Browser, address: str, folder: Path, names: Collection[str]
) -> None:
    """Take the pictures of a site that is served."""
    for shot in SHOTS:
        if not names or shot.name in names:
            context = window(browser, address, width=shot.width, theme=shot.theme)
            page = context.new_page()
            log_in(page, shot.role)
            take(page, shot, folder)
            context.close()
            print(folder / f"{shot.name}.png")


if __name__ == "__main__":
    told = sys.argv[1:] or ["docs/shots"]
    main(Path(told[0]), told[1:])
