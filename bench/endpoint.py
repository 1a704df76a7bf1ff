"""The site under the clerk's fingers: ``python -m bench.endpoint [--articles 5000]``.

Builds a site with the starter pack and generated articles, serves it in a process
of its own, and measures

* the server: request to last byte of ``/search/live`` (as one types), beside the
  login page of the same server, which asks the database for nothing;
* the browser: last key to card on screen, DOMContentLoaded, requests, bytes;
* publishing: approval to the first answer that shows the new text.

The limits are those of ``docs/decisions`` (ui bars 2 and 3); a limit that is missed
is printed as missed.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import time
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.parse import urlencode
from urllib.parse import urlsplit

from playwright.sync_api import Page
from playwright.sync_api import Response

from bench.browser import chromium
from bench.browser import log_in
from bench.browser import window
from bench.measure import Limit
from bench.measure import percentile
from bench.measure import report
from bench.site import PASSWORD
from bench.site import demo_data
from bench.site import served
from trainer import settings
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import now
from trainer.kit import db
from trainer.kit.index import Store
from trainer.knowledge import service as knowledge
from trainer.publishing import service as publishing
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.lifecycle import Approval
from trainer.search import service as search

SEED = 20261122
EDITOR = Actor(9001, "生成", frozenset(Permission))
APPROVER = Actor(9002, "批准", frozenset(Permission))
WORDS = (
    "提取 缴存 贷款 租房 购房 退休 离职 封存 转移 基数 比例 补缴 利率 额度 担保 抵押 还款 装修 物业费 电梯 "
    "证明 身份证 合同 发票 配偶 父母 子女 本市 异地 窗口 线上 审核 受理 时限 余额 账户 单位 职工 户籍 婚姻"
).split()
QUESTIONS = (
    "租房提",
    "zftq",
    "退休怎么取",
    "离职提取要封存多久",
    "贷款利率",
    "公积金断缴了还能不能贷款买房",
    "装修",
    "第二十四条",
)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def text(number: int, dice: random.Random) -> str:
    """Make the text of one article."""
    title = "".join(dice.sample(WORDS, 3)) + str(number)

    def sentence() -> str:
        return "".join(dice.choices(WORDS, k=12)) + f"满 {dice.randint(1, 24)} 个月。"

    faces = "\n\n".join(
        f"## {name} {{#{key}}}\n\n- {sentence()}\n- {sentence()}"
        for key, name in (
            ("conditions", "条件"),
            ("materials", "材料"),
            ("pitfalls", "易错点"),
            ("plain", "话术"),
        )
    )
    return (
        f"---\ntitle: {title}\nkind: guide\nline: withdraw\nowner: withdrawal-desk\n"
        "review_every_days: 365\neffective_from: 2026-01-01\nevidence: C\nsource: 生成\n"
        f"---\n## 一句话结论 {{#answer}}\n\n{sentence()}\n\n{faces}\n"
    )


def fill(data: Path, count: int) -> None:
    """Publish generated articles and build the index."""
    dice = random.Random(SEED)  # noqa: S311  (not a secret)
    read = settings.load(data, environment={})
    engine = db.open_engine(read.database_url, read.secret_key)
    for start in range(0, count, 500):
        with db.writing(engine) as session:
            approvals = {}
            for number in range(start, min(start + 500, count)):
                prepared = knowledge.prepare(text(number, dice))
                draft = publishing.create_draft(
                    session, f"generated-{number}", prepared, by=EDITOR, at=now()
                )
                publishing.submit(session, draft.id, by=EDITOR, at=now())
                approvals[draft.id] = Approval(
                    content_hash=draft.content_hash,
                    default=ChangeKind.SUBSTANCE,
                    reason="测量",
                )
            publishing.approve_all(session, approvals, by=APPROVER, at=now())
    with db.reading(engine) as session:
        search.rebuild(session, Store(data / "index"))
    engine.dispose()


class Client:
    """One keep-alive connection of a clerk who is logged in."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc)
        self._cookie = ""
        page = self.get("/people/login")
        token = TOKEN.search(page)
        sent = {"csrf_token": token[1] if token else "", "login": "clerk"}
        body = urlencode({**sent, "password": PASSWORD})
        self._send("POST", "/people/login", body)

    def get(self, path: str) -> str:
        """Fetch a page."""
        return self._send("GET", path)

    def _send(self, method: str, path: str, body: str | None = None) -> str:
        headers = {"Cookie": self._cookie, "Accept-Encoding": "identity"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        if answer.status >= http.HTTPStatus.BAD_REQUEST:
            raise RuntimeError(f"{path}: {answer.status}")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self._cookie = cookie.partition(";")[0]
        return answer.read().decode()


def timed(act: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each of some calls, the first few left out."""
    taken = []
    for _ in range(times + 5):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return taken[5:]


def server(address: str) -> Iterator[Limit]:
    """Measure the server alone."""
    client = Client(address)
    base = timed(lambda: client.get("/people/password"), 60)
    yield Limit("小页面 p95（毫秒，对照）", percentile(base, 95))
    live: list[float] = []
    for question in QUESTIONS:
        typed = [quote(question[:n]) for n in range(1, len(question) + 1)]
        for part in typed:
            live += timed(lambda part=part: client.get(f"/search/live?q={part}"), 8)  # type: ignore[misc]  # bound at once
    yield Limit("边输边查 p50", percentile(live, 50))
    yield Limit("边输边查 p95", percentile(live, 95), 50)
    yield Limit("边输边查 p99", percentile(live, 99))
    card = timed(lambda: client.get("/articles/rent-withdrawal"), 60)
    yield Limit("答案卡 p95", percentile(card, 95), 50)


def first_view(page: Page) -> Iterator[Limit]:
    """Measure the first page in a browser with an empty cache."""
    seen: list[Response] = []
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.on("response", lambda response: seen.append(response))  # noqa: PLW0108  (it marks its handlers)
    page.goto("/articles/rent-withdrawal")
    page.wait_for_load_state("networkidle")
    ready = page.evaluate(
        "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    )
    sizes = page.evaluate(
        "performance.getEntries().reduce((sum, e) => sum + (e.transferSize || 0), 0)"
    )
    yield Limit("首屏 DOMContentLoaded（毫秒）", ready, 500)
    yield Limit("首屏请求数", len(seen), 6)
    yield Limit("首屏传输 KB", sizes / 1024, 120)


def last_key(page: Page) -> Iterator[Limit]:
    """Measure from the last key to the card on the screen."""
    taken = []
    for question in QUESTIONS * 5:
        page.goto("/")
        box = page.locator("#q")
        box.press_sequentially(question[:-1], delay=15)
        page.wait_for_timeout(250)
        page.evaluate("document.getElementById('live').replaceChildren()")
        start = time.perf_counter()
        box.press_sequentially(question[-1])
        page.wait_for_selector("#live .hit, #live .answer-card")
        taken.append((time.perf_counter() - start) * 1000)
    yield Limit("末键到答案 p50（毫秒）", percentile(taken, 50))
    yield Limit("末键到答案 p95", percentile(taken, 95), 300)


def visible(address: str, data: Path) -> Iterator[Limit]:
    """Measure from approval to the first answer that shows the new text."""
    client = Client(address)
    read = settings.load(data, environment={})
    engine = db.open_engine(read.database_url, read.secret_key)
    dice = random.Random(SEED + 1)  # noqa: S311  (not a secret)
    taken = []
    for number in range(20):
        fresh = text(900_000 + number, dice)
        word = f"visible{number}x"
        prepared = knowledge.prepare(fresh.replace("title: ", f"title: {word} "))
        with db.writing(engine) as session:
            slug = f"visible-{number}"
            draft = publishing.create_draft(
                session, slug, prepared, by=EDITOR, at=now()
            )
            publishing.submit(session, draft.id, by=EDITOR, at=now())
            approval = Approval(content_hash=draft.content_hash, reason="测量")
            publishing.approve(session, draft.id, approval, by=APPROVER, at=now())
        start = time.perf_counter()
        while f'data-slug="{slug}"' not in client.get(f"/search?q={word}"):
            time.sleep(0.01)
        taken.append((time.perf_counter() - start) * 1000)
    engine.dispose()
    yield Limit("批准到可查 p50（毫秒）", percentile(taken, 50))
    yield Limit("批准到可查 p95", percentile(taken, 95), 1000)


def main(articles: int) -> None:
    """Build, serve, measure, print."""
    with demo_data() as data:
        fill(data, articles)
        with served(data) as address:
            rows = [*server(address), *visible(address, data)]
            with chromium() as browser:
                page = window(browser, address).new_page()
                log_in(page, "clerk")
                rows += last_key(page)
                fresh = window(browser, address).new_page()
                log_in(fresh, "clerk")
                rows += first_view(fresh)
    report(f"网站（示例内容 + {articles} 篇生成文章）", rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    main(parser.parse_args().articles)
