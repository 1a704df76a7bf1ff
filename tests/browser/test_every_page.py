"""Bars 5, 7, 8 and 17 on every page: access, reflow, strict policy, print."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage
from playwright.sync_api import Page

from tests.browser.conftest import Draft
from tests.browser.conftest import Opener
from tests.browser.pages import PAGES
from tests.browser.pages import unvisited
from trainer.app import create_app
from trainer.kit import db
from trainer.settings import Settings

WIDTHS = (320, 480, 683, 1024, 1366, 1920)
"""683 is 1366 at 200 % zoom."""


def watched(page: Page) -> list[str]:
    """Give the list into which the page's complaints will go."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("role", sorted({role for role, _ in PAGES}))
def test_every_page_is_accessible_and_complains_of_nothing(
    opened: Opener, draft: Draft, role: str, theme: str
) -> None:
    page = opened(role, theme=theme)
    complaints = watched(page)
    wrong = []
    for path in draft.paths(role):
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, path
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'self'")
        page.wait_for_load_state("networkidle")
        found = Axe().run(page)
        if found.violations_count:
            wrong.append(f"{path}: {found.generate_report()}")
    assert wrong == []
    assert complaints == []


@pytest.mark.parametrize(
    ("width", "language"), [*((width, "zh") for width in WIDTHS), (320, "en")]
)
def test_no_page_scrolls_sideways(
    opened: Opener, draft: Draft, address: str, width: int, language: str
) -> None:
    wide = []
    for role in sorted({role for role, _ in PAGES}):
        page = opened(role, width=width)
        page.context.add_cookies(
            [{"name": "language", "value": language, "url": address}]
        )
        for path in draft.paths(role):
            page.goto(path)
            across = page.evaluate("document.documentElement.scrollWidth")
            if across > width:
                wide.append((path, across))
    assert wide == []


def test_large_type_does_not_scroll_sideways(opened: Opener, address: str) -> None:
    page = opened("clerk", width=1024)
    page.context.add_cookies([{"name": "size", "value": "large", "url": address}])
    page.goto("/articles/rent-withdrawal")
    assert page.evaluate("document.documentElement.dataset.size") == "large"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1024


@pytest.mark.parametrize(
    "path", ["/articles/rent-withdrawal", "/articles/housing-fund-regulations"]
)
def test_a_printed_page_has_no_frame(clerk: Page, path: str) -> None:
    clerk.goto(path)
    clerk.emulate_media(media="print")
    for part in (".top", ".side", ".actions", ".trail"):
        assert not clerk.locator(part).first.is_visible(), part
    assert clerk.locator("h1").first.is_visible()
    assert clerk.pdf(format="A4").startswith(b"%PDF")


def test_chinese_is_shown_in_a_chinese_font(clerk: Page) -> None:
    clerk.goto("/articles/rent-withdrawal")
    session = clerk.context.new_cdp_session(clerk)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": "#answer p"})
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})
    glyphs = {font["familyName"]: font["glyphCount"] for font in fonts["fonts"]}
    chinese = sum(
        n for name, n in glyphs.items() if "CJK" in name or "WenQuanYi" in name
    )
    assert chinese > 20, glyphs


def test_every_page_is_visited(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url="sqlite://", secret_key="k" * 32)
    app = create_app(settings, db.open_engine(settings.database_url))
    assert unvisited(app) == set()
