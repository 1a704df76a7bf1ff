"""Bars 4, 5, 7, 8 and 17 on every page: calm, access, reflow, strict policy, print."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage
from playwright.sync_api import Page
from playwright.sync_api import Request
from playwright.sync_api import Route
from playwright.sync_api import ViewportSize

from tests.browser.conftest import Draft
from tests.browser.conftest import Opener
from tests.browser.pages import PAGES
from tests.browser.pages import unvisited
from trainer.app import create_app
from trainer.kit import db
from trainer.settings import Settings

ROLES = sorted({role for role, _ in PAGES})
NARROWEST = 320
WIDTHS = (NARROWEST, 480, 683, 1024, 1366, 1920)
"""683 is 1366 at 200 % zoom. A page comes at the narrowest and is widened."""

USUAL = ViewportSize(width=1366, height=768)
LOOKED_FOR = {"resultTypes": ["violations"]}
LOOKED_FOR_IN_THE_DARK = {**LOOKED_FOR, "runOnly": ["color-contrast"]}
"""What axe looks for: a theme changes colours and nothing else of a page."""

DARKEN = """() => {
  const scheme = document.querySelector('meta[name="color-scheme"]');
  if (!scheme) return;
  scheme.content = document.documentElement.dataset.bsTheme = "dark";
}"""
"""What the server writes into a page for the dark; sheets of paper stay light."""

LOOKS_EVERY, MOST_LOOKS = 40, 100
"""Milliseconds between looks whether a page is quiet, and when it should be."""

LATE = re.compile(r"(?<!/app)\.js$")
"""Scripts a page does not wait for before it shows itself."""

PAINTED = """() => new Promise((done) => new PerformanceObserver((seen) => {
  if (seen.getEntriesByName("first-contentful-paint").length) done();
}).observe({ type: "paint", buffered: true }))"""
MOVED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  await frame();
  const seen = new PerformanceObserver(() => {});
  seen.observe({ type: "layout-shift", buffered: true });
  return seen.takeRecords().reduce((sum, shift) => sum + shift.value, 0);
}"""
"""How much moved on the screen since the page came (Cumulative Layout Shift)."""


def watched(page: Page) -> list[str]:
    """Give the list into which the page's complaints will go."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def settled(page: Page) -> Callable[[], None]:
    """Give what waits until nothing that the page asked for is under way."""
    under_way: set[Request] = set()

    def began(request: Request) -> None:
        under_way.add(request)

    def ended(request: Request) -> None:
        under_way.discard(request)

    page.on("request", began)
    page.on("requestfinished", ended)
    page.on("requestfailed", ended)

    def settle() -> None:
        for _ in range(MOST_LOOKS):
            page.wait_for_timeout(LOOKS_EVERY)
            if not under_way:
                return
        raise AssertionError(page.url, [request.url for request in under_way])

    return settle


def test_the_wait_for_a_quiet_page_bites(clerk: Page) -> None:
    settle = settled(clerk)
    clerk.goto("/")
    clerk.route("**/never", lambda _route: None)
    settle()
    clerk.evaluate("() => { fetch('/never'); }")
    with pytest.raises(AssertionError, match="never"):
        settle()


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_every_page_fits_is_accessible_and_complains_of_nothing(
    opened: Opener, draft: Draft, role: str
) -> None:
    page = opened(role, width=NARROWEST)
    complaints, settle = watched(page), settled(page)
    wrong: list[object] = []
    for path in draft.paths(role):
        page.set_viewport_size({"width": NARROWEST, "height": 768})
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, path
        assert answer.request.redirected_from is None, path
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'self'")
        settle()
        wrong += [(path, *found) for found in wider(page, WIDTHS)]
        page.set_viewport_size(USUAL)
        wrong += [f"{path}: {found}" for found in violations(page)]
    assert wrong == []
    assert complaints == []


def wider(page: Page, widths: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Give the widths at which a page is wider than its window, and how wide."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 768})
        across = page.evaluate("document.documentElement.scrollWidth")
        if across > width:
            yield width, across


def violations(page: Page) -> Iterator[str]:
    """Give what axe reports of a page in the light, then of its colours in the dark."""
    for options in (LOOKED_FOR, LOOKED_FOR_IN_THE_DARK):
        found = Axe().run(page, options=options)
        if found.violations_count:
            yield found.generate_report()
        page.evaluate(DARKEN)


def test_a_page_is_darkened_as_the_server_darkens_it(opened: Opener) -> None:
    pages = opened("clerk"), opened("clerk", theme="dark")
    for page in pages:
        page.goto("/articles/rent-withdrawal")
    pages[0].evaluate(DARKEN)
    own = re.compile(r'<button[^>]*name="theme".*?</button>|value="[^"]*"', re.DOTALL)
    light, dark = (own.sub("", page.content()) for page in pages)
    assert light == dark


def test_what_is_hard_to_read_in_the_dark_is_seen(clerk: Page) -> None:
    clerk.goto("/")
    dim = '[data-bs-theme="dark"] h1 { color: #333 }'
    clerk.evaluate(
        """(text) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(text);
          document.adoptedStyleSheets.push(sheet);
        }""",
        dim,
    )
    (report,) = violations(clerk)
    assert "color-contrast" in report


def moved(page: Page, path: str) -> float:
    """Open a page whose scripts come only after it was seen."""
    held: list[Route] = []
    page.route(LATE, lambda route: held.append(route))  # noqa: PLW0108  (it marks its handlers)
    page.goto(path, wait_until="commit")
    page.evaluate(PAINTED)
    page.unroute(LATE)
    for route in held:
        route.fallback()
    page.wait_for_load_state("load")
    return float(page.evaluate(MOVED))


def test_nothing_moves_when_the_scripts_come(opened: Opener, draft: Draft) -> None:
    jumpy = []
    for role in ROLES:
        page = opened(role)
        for path in draft.paths(role):
            shift = moved(page, path)
            if shift:
                jumpy.append((path, shift))
    assert jumpy == []


def test_the_rule_against_moving_bites(clerk: Page) -> None:
    late = "document.querySelector('#main').style.marginTop = '50px'"
    script = {"body": late, "content_type": "text/javascript"}
    clerk.route("**/search.js", lambda route: route.fulfill(**script))
    assert moved(clerk, "/") > 0


def test_half_a_page_is_not_seen(clerk: Page) -> None:
    """It waits for app.js, which runs when the page has all come."""
    held: list[Route] = []
    clerk.route("**/app.js", lambda route: held.append(route))  # noqa: PLW0108  (it marks its handlers)
    clerk.goto("/browse/withdraw", wait_until="commit")
    clerk.wait_for_timeout(300)
    assert clerk.evaluate("performance.getEntriesByType('paint').length") == 0
    held[0].continue_()
    clerk.evaluate(PAINTED)


def test_no_page_scrolls_sideways_in_english(
    opened: Opener, draft: Draft, address: str
) -> None:
    wide = []
    for role in ROLES:
        page = opened(role, width=NARROWEST)
        page.context.add_cookies([{"name": "language", "value": "en", "url": address}])
        for path in draft.paths(role):
            page.goto(path)
            wide += [(path, *found) for found in wider(page, [NARROWEST])]
    assert wide == []


def test_the_rule_against_scrolling_bites(clerk: Page) -> None:
    clerk.goto("/")
    clerk.evaluate("document.querySelector('#main').style.width = '1500px'")
    clerk.set_viewport_size({"width": NARROWEST, "height": 768})
    assert clerk.evaluate("document.documentElement.scrollWidth") > NARROWEST


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
    app = create_app(settings, db.open_engine(settings.database_url, "k" * 32))
    assert unvisited(app) == set()
