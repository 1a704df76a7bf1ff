"""An article through time: versions, differences, ties; from the browser's side."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest

from tests.factories import make_text
from tests.knowledge.desks import GUIDE
from tests.knowledge.desks import NEW_RULES
from tests.knowledge.desks import RULES
from tests.knowledge.desks import counted
from tests.knowledge.desks import drafted
from tests.knowledge.desks import published
from tests.sites import Site
from tests.sites import post

VERSIONS = "/articles/rules/versions"
DIFF = "/articles/rules/diff"


@pytest.fixture
def rules(site: Site) -> Site:
    """A site with two versions of the rules, and a guide that cites them."""
    published(site, RULES, "rules")
    published(site, GUIDE)
    published(site, NEW_RULES, "rules")
    return site


def test_a_clerk_sees_every_version_with_its_days_and_standing(rules: Site) -> None:
    page = rules.browser("clerk").get(VERSIONS).text
    assert page.index("第 2 版") < page.index("第 1 版")
    assert "2026-09-20 至 2026-11-30" in page
    assert "2026-12-01 至 今后" in page
    assert "现行有效" in page
    assert "即将生效" in page
    assert "approver（虚构）" in page
    assert "撤回" not in page
    assert "修订" not in page


def test_the_standing_follows_the_business_date(rules: Site) -> None:
    page = rules.browser("clerk").get(f"{VERSIONS}?on=2026-12-01").text
    assert "已失效" in page
    assert "即将生效" not in page


def test_open_texts_are_shown_to_those_who_may_know_of_them(rules: Site) -> None:
    drafted(rules, RULES.replace("提取规定", "还没发布"), "rules")
    assert "还没发布" in rules.browser("editor").get(VERSIONS).text
    assert "还没发布" not in rules.browser("clerk").get(VERSIONS).text


def test_an_approver_withdraws_with_a_reason_only(rules: Site) -> None:
    approver, clerk = rules.browser("approver"), rules.browser("clerk")
    path = f"{VERSIONS}/2/withdraw"
    refused = post(approver, path, {"reason": " "}, VERSIONS)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "请写明撤回的理由" in refused.text
    done = post(approver, path, {"reason": "发布有误"}, VERSIONS)
    assert done.status_code == HTTPStatus.FOUND
    assert "已撤回" in approver.get(VERSIONS).text
    assert "第 2 版" not in clerk.get(VERSIONS).text
    again = post(approver, path, {"reason": "再来一次"}, VERSIONS)
    assert again.status_code == HTTPStatus.CONFLICT


def test_withdrawing_is_not_for_others(rules: Site) -> None:
    for role in ("editor", "clerk"):
        answer = post(
            rules.browser(role),
            f"{VERSIONS}/2/withdraw",
            {"reason": "不要"},
            "/people/password",
        )
        assert answer.status_code == HTTPStatus.FORBIDDEN


def test_what_does_not_exist_has_no_versions(rules: Site) -> None:
    clerk = rules.browser("clerk")
    drafted(rules, make_text(), "only-a-draft")
    for slug in ("nobody", "only-a-draft"):
        for page in ("versions", "diff", "links"):
            answer = clerk.get(f"/articles/{slug}/{page}")
            assert answer.status_code == HTTPStatus.NOT_FOUND, (slug, page)


def test_the_difference_is_always_from_old_to_new(rules: Site) -> None:
    clerk = rules.browser("clerk")
    for asked in ("", "?old=1&new=2", "?old=2&new=1", "?old=x&new="):
        page = clerk.get(DIFF + asked).text
        assert re.search(r"第 1 版（2026-09-20 起） → 第 2 版", page), asked
        assert re.search(r'w-number">15 日</del> → <ins class="w-number">10 日', page)


def test_each_layout_works_without_a_script(rules: Site) -> None:
    clerk = rules.browser("clerk")
    side = clerk.get(f"{DIFF}?view=side").text
    assert side.count('class="sides"') == 1
    assert "1 节未变" in side
    inline = clerk.get(f"{DIFF}?view=inline").text
    assert 'class="sides"' not in inline
    assert "1 节未变" in inline
    changes = clerk.get(f"{DIFF}?view=changes").text
    assert "1 节未变" not in changes
    assert 'aria-current="true"' in changes
    assert clerk.get(f"{DIFF}?view=<b>").status_code == HTTPStatus.OK


def test_one_version_has_no_difference(site: Site) -> None:
    published(site, RULES, "rules")
    page = site.browser("clerk").get(DIFF)
    assert page.status_code == HTTPStatus.OK
    assert "没有可比的" in page.text
    assert site.browser("clerk").get(f"{DIFF}?old=1&new=7").status_code == 404


def test_what_is_written_in_a_text_stays_text(site: Site) -> None:
    published(site, make_text(effective_from="2026-09-20"))
    body = "## 一句话结论 {#answer}\n\n<script>alert(1)</script> & <b>"
    published(site, make_text(effective_from="2026-12-01", body=body))
    page = site.browser("clerk").get("/articles/rent-withdrawal/diff").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_an_article_shows_what_it_cites_and_who_cites_it(rules: Site) -> None:
    clerk = rules.browser("clerk")
    guide = clerk.get("/articles/rent-withdrawal/links").text
    assert "《提取规定》第一条 期限" in guide
    assert "待复核" not in guide
    assert "《租房提取》一句话结论" in clerk.get("/articles/rules/links").text
    later = clerk.get("/articles/rent-withdrawal/links?on=2026-12-01").text
    assert "条款已变，待复核" in later
    assert "/articles/rules/diff?old=1&amp;new=2&amp;view=changes#s-term" in later


def test_the_list_of_versions_asks_as_much_for_many_as_for_few(site: Site) -> None:
    clerk = site.browser("clerk")

    def asked(path: str) -> int:
        with counted(site.engine) as statements:
            assert clerk.get(path).status_code == HTTPStatus.OK
        return len(statements)

    published(site, RULES, "rules")
    published(site, GUIDE)
    paths = (VERSIONS, "/articles/rules/links", "/articles/rent-withdrawal/links")
    few = [asked(path) for path in paths]
    for day in range(1, 8):
        text = RULES.replace("2026-09-20", f"2026-12-0{day}").replace("15", f"{day}")
        published(site, text, "rules")
        published(site, GUIDE, f"guide-{day}")
    assert [asked(path) for path in paths] == few
