"""Which language a page is in: what was chosen, else the browser's, else Chinese."""

from __future__ import annotations

import pytest

from tests.sites import Site
from tests.sites import post


def language_of(page: str) -> str:
    return page.partition('<html lang="')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", "zh-CN"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("en-US,en;q=0.9", "en"),
        ("fr,en;q=0.5", "en"),
        ("fr", "zh-CN"),
        ("no such thing;;", "zh-CN"),
    ],
)
def test_the_browser_asks_for_a_language(site: Site, asked: str, given: str) -> None:
    answer = site.browser().get("/people/login", headers={"Accept-Language": asked})
    assert language_of(answer.text) == given


def test_a_choice_counts_more_than_the_browser(site: Site) -> None:
    browser = site.browser("clerk")
    form: dict[str, object] = {"language": "en", "back": "/people/me"}
    assert post(browser, "/display", form, "/people/me").location == "/people/me"
    page = browser.get("/people/me", headers={"Accept-Language": "zh-CN"}).text
    assert language_of(page) == "en"
    assert "Open sessions" in page
    assert 'name="language" value="zh" lang="zh-CN"' in page
    post(browser, "/display", {"language": "zh"}, "/people/me")
    page = browser.get("/people/me", headers={"Accept-Language": "en"}).text
    assert language_of(page) == "zh-CN"
    assert 'name="language" value="en" lang="en"' in page


@pytest.mark.parametrize("chosen", ["fr", "../../etc", ""])
def test_a_language_we_do_not_speak_changes_nothing(site: Site, chosen: str) -> None:
    browser = site.browser("clerk")
    post(browser, "/display", {"language": chosen}, "/people/me")
    browser.set_cookie("language", chosen)
    assert language_of(browser.get("/people/me").text) == "zh-CN"


def test_an_error_page_speaks_too(site: Site) -> None:
    browser = site.browser("clerk")
    browser.set_cookie("language", "en")
    assert "No such page" in browser.get("/no/such/page").text
    answer = browser.get("/?on=32")
    assert "The business date “32” is wrong" in answer.text


def test_days_are_written_the_same(site: Site) -> None:
    browser = site.browser("clerk")
    browser.set_cookie("language", "en")
    assert "2026-11-22 10:00" in browser.get("/people/me").text


def test_a_site_that_is_named_keeps_its_name(site: Site) -> None:
    site.app.jinja_env.globals["site_name"] = "某市公积金"
    page = site.browser().get("/people/login", headers={"Accept-Language": "en"}).text
    assert '<span lang="zh-CN">某市公积金</span>' in page
