"""A real Chromium, set up as a window's computer in China would be."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page
from playwright.sync_api import ViewportSize
from playwright.sync_api import sync_playwright

from bench.site import PASSWORD

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def executable() -> str:
    """Find Chromium: ``CHROMIUM`` in the environment, else on the path."""
    found = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, NAMES)), None
    )
    if found is None:
        raise RuntimeError(
            "no Chromium: install chromium-headless-shell or set CHROMIUM"
        )
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield browser
        browser.close()


def window(
    browser: Browser,
    address: str,
    *,
    width: int = 1366,
    theme: str = "light",
    script: bool = True,
) -> BrowserContext:
    """Open a window of a width in a theme, with or without JavaScript."""
    size = ViewportSize(width=width, height=844 if width < 500 else 768)
    context = browser.new_context(
        base_url=address,
        java_script_enabled=script,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport=size,
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "theme", "value": theme, "url": address}])
    return context


def log_in(page: Page, role: str) -> None:
    """Log a demo person in."""
    page.goto("/people/login")
    page.fill("#login", role)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(lambda url: "/people/login" not in url)
