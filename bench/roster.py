"""A roster of 1,000 people under the administrator's hands: ``python -m bench.roster``.

Measures, on a database that already has people, in one process and without a
browser: reading the file, the preview as a page (what the person waits for after a
correction), and upload to first preview; beside them, for information, confirming
and undoing. Limit: bar 11 of the interface, 1,000 rows previewed within 3 s.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy import event

from bench.measure import Limit
from bench.measure import report
from trainer import migrations
from trainer.app import create_app
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.kit import db
from trainer.kit.files import write_xlsx
from trainer.kit.files.tables import read_table
from trainer.people import service as people
from trainer.people.domain.accounts import Account
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.places import Site
from trainer.people.domain.roles import Role
from trainer.settings import Settings

SETUP = Actor(0, "测量", frozenset(Permission))
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
PASSWORD = "window-2026"  # noqa: S105  (fictitious)
HEADER = (
    *("工号", "姓名", "部门", "窗口", "手机", "派驻银行", "派驻开始", "派驻截止"),
    *("带教", "状态", "原因", "备注"),
)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
HIDDEN = re.compile(r'name="(edit|seal)" value="([^"]*)"')
CHOSEN = re.compile(
    r'name="(column\.\d+)".*?<option value="([^"]*)" selected', re.DOTALL
)
MOST_SECONDS = 3.0


def make_file(people: int, *, wrong: int = 20) -> bytes:
    """Write a roster of twelve columns, some of its days impossible."""
    rows = [
        [
            f"w{n:05}",
            f"派驻{n}（虚构）",
            f"示例中心/第{n % 10}管理部",
            "",
            f"138{n:08}",
            "甲银行（虚构）",
            "2026.1.1",
            "2026-02-30" if n < wrong else "2026年12月31日",
            f"w{wrong + n // 10:05}" if n > 2 * wrong else "",
            "",
            "",
            "自己的列",
        ]
        for n in range(people)
    ]
    return write_xlsx("花名册", HEADER, rows)


def prepare(engine: Engine) -> None:
    """Make the places, an administrator, and nobody else."""
    migrations.upgrade(engine)
    with db.writing(engine) as session:
        for code, name, kind in (
            ("centre", "示例中心", OrganisationKind.CENTRE),
            ("bank-a", "甲银行（虚构）", OrganisationKind.BANK),
        ):
            made = Organisation(code=code, name=name, kind=kind)
            people.save_organisation(session, made, by=SETUP, at=NOW)
        for n in range(10):
            site = Site(code=f"site-{n}", name=f"第{n}管理部")
            people.save_site(session, site, by=SETUP, at=NOW)
        boss = Account(
            login="boss", name="管理（虚构）", roles=frozenset({Role.ADMINISTRATOR})
        )
        people.add_person(session, boss, PASSWORD, by=SETUP, at=NOW, must_change=False)


class Browser:
    """The administrator, without a window."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client
        self.post("/people/login", {"login": "boss", "password": PASSWORD})

    def get(self, path: str) -> str:
        """Fetch a page."""
        return self._client.get(path).text

    def post(self, path: str, data: dict[str, str]) -> tuple[str, str]:
        """Send a form; gives the page, and where it leads."""
        answer = self._client.post(path, data={**data, "csrf_token": self.token()})
        return answer.text, answer.headers.get("Location", "")

    def upload(self, content: bytes) -> str:
        """Send a file; gives the address of its columns."""
        head = (
            f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n'
            f"{self.token()}\r\n--x\r\nContent-Disposition: form-data; "
            f'name="file"; filename="a.xlsx"\r\n\r\n'
        )
        body = head.encode() + content + b"\r\n--x--\r\n"
        answer = self._client.post(
            "/people/roster", data=body, content_type="multipart/form-data; boundary=x"
        )
        return answer.headers["Location"]

    def token(self) -> str:
        """Give the token of the forms."""
        found = TOKEN.search(self.get("/people/login"))
        return found[1] if found else ""


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Count statements."""
    seen: list[str] = []

    def note(*args: object) -> None:
        if not str(args[2]).startswith(("BEGIN", "PRAGMA")):
            seen.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def timed(act: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def measure(browser: Browser, engine: Engine, count: int) -> Iterator[Limit]:
    """Bring a roster in and take it back."""
    content = make_file(count)
    yield Limit("读文件（秒）", timed(lambda: read_table(content)))
    start = time.perf_counter()
    columns = browser.upload(content)
    page = browser.get(columns)
    form = dict(HIDDEN.findall(page)) | dict(CHOSEN.findall(page))
    _, preview = browser.post(columns, form)
    shown = browser.get(preview)
    yield Limit("上传到首次预览（秒）", time.perf_counter() - start, MOST_SECONDS)
    before = time.process_time()
    times = [timed(lambda: browser.get(preview)) for _ in range(5)]
    work = (time.process_time() - before) / len(times)
    yield Limit("预览页，处理器时间（秒）", work)
    yield Limit("预览页（秒，5 次中最慢）", max(times), MOST_SECONDS)
    yield Limit("预览页 KB", len(shown.encode()) / 1024)
    with counted(engine) as asked:
        browser.get(preview)
    yield Limit("预览页的数据库语句", len(asked), 6)
    told = dict(HIDDEN.findall(shown)) | {"without_wrong": "1"}
    yield Limit(
        "确认，含算初始密码（秒）",
        timed(lambda: browser.post(f"{preview}/confirm", told)),
    )
    yield Limit("撤销（秒）", timed(lambda: browser.post(f"{preview}/undo", {})))


def main(count: int) -> None:
    """Build, measure, print."""
    with tempfile.TemporaryDirectory(prefix="trainer-bench-") as folder:
        data = Path(folder)
        url = db.sqlite_url(data / "trainer.db")
        engine = db.open_engine(url, "k" * 32)
        prepare(engine)
        settings = Settings(data=data, database_url=url, secret_key="k" * 32)
        app = create_app(settings, engine, now=lambda: NOW)
        browser = Browser(app.test_client())
        rows = list(measure(browser, engine, count))
        engine.dispose()
    report(f"花名册（{count:,} 行 × {len(HEADER)} 列）", rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    main(parser.parse_args().people)
