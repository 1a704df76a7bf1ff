"""Risk tips with 500 lists and 2,000 items: ``python -m bench.tips``.

Serves a demo site in a process of its own and asks over HTTP as a business system
does: one after the other for the time of an answer, several at once for how many
there are in a second; beside it, in the same run, the login page of the same server,
which asks the database for next to nothing. Then outcomes are told, each of a showing
of its own. Memory is what the items take in a process that keeps them.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
import tracemalloc
from collections.abc import Callable
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode
from urllib.parse import urlsplit

from sqlalchemy import Engine

from bench.endpoint import timed
from bench.measure import Limit
from bench.measure import percentile
from bench.measure import report
from bench.site import demo_data
from bench.site import served
from tests.checklists.lists import HEADER
from tests.checklists.lists import item
from tests.checklists.shown import CITES
from tests.checklists.systems import WINDOW
from tests.factories import APPROVER
from tests.factories import EDITOR
from tests.factories import SETUP
from tests.factories import make_approval
from trainer import settings
from trainer.checklists import queries
from trainer.checklists import service as checklists
from trainer.core.actor import READER
from trainer.core.clock import day_of
from trainer.core.clock import now
from trainer.kit import db
from trainer.people import queries as people_queries
from trainer.people import service as people
from trainer.people.domain.tokens import NewToken
from trainer.publishing import service as publishing
from trainer.topics import queries as topics

SEED = 20261122
LISTS, ITEMS = 500, 2000
ASKED, TOLD = 400, 200
"""Requests that are measured."""

AT_ONCE = 8
"""Requests under way at the same time; the server has 8 threads."""

TIPS_MS = 50.0
"""As for what appears while one types (ui.md, bar 2): a window waits for it."""

SEVERITIES = ("tip", "error", "risk", "ban")
CASES: tuple[dict[str, str], ...] = (
    {},
    {"when": "{person: [agent]}"},
    {"when": "{region: [local]}"},
)

Question = dict[str, str]


def text(number: int, codes: list[str], steps: list[str], dice: random.Random) -> str:
    """Make the text of one list."""
    head = HEADER.replace("租房提取易错清单", f"生成的清单 {number}")
    return head + "".join(
        item(
            f"item-{n}",
            business=f"[{', '.join(dice.sample(codes, 2))}]",
            step=dice.choice(steps),
            severity=dice.choice(SEVERITIES),
            cites=CITES,
            **dice.choice(CASES),
        )
        for n in range(ITEMS // LISTS)
    )


def fill(engine: Engine, dice: random.Random) -> tuple[str, list[Question]]:
    """Publish the lists; give a token, and what to ask with it."""
    with db.writing(engine) as session:
        known = topics.topics(session)
        codes = [business.code for business in known.businesses]
        steps = [step.code for step in known.steps]
        approvals = {}
        for number in range(LISTS):
            prepared = checklists.prepare(text(number, codes, steps, dice))
            slug = f"list-{number}"
            draft = publishing.create_draft(
                session, slug, prepared, by=EDITOR, at=now()
            )
            publishing.submit(session, draft.id, by=EDITOR, at=now())
            approvals[draft.id] = make_approval(draft)
        publishing.approve_all(session, approvals, by=APPROVER, at=now())
        admin = people_queries.person_by_login(session, "admin", reader=SETUP)
        if admin is None:
            raise RuntimeError("the demo has an administrator")
        command = NewToken(system="测量", scopes=frozenset(WINDOW), days=1)
        token = people.make_token(session, command, by=admin.actor(), at=now())
    questions = [
        {
            "business": dice.choice(codes),
            "step": dice.choice(steps),
            "person": dice.choice(("agent", "employee")),
            "clerk": "clerk",
        }
        for _ in range(ASKED)
    ]
    return token, questions


class System:
    """A business system with a connection for each of its threads."""

    def __init__(self, address: str, token: str) -> None:
        self._place = urlsplit(address).netloc
        self._headers = {"Authorization": f"Bearer {token}"}
        self._own = threading.local()

    def page(self) -> None:
        """Fetch the small page."""
        self._send("GET", "/people/login")

    def tips(self, question: Question) -> tuple[str, list[str]]:
        """Ask for tips; give the ticket and the items."""
        told = json.loads(self._send("GET", f"/api/v1/tips?{urlencode(question)}"))
        return told["ticket"], [tip["item"] for tip in told["tips"]]

    def tell(self, ticket: str, items: list[str]) -> None:
        """Tell that they were shown, and the first ticked."""
        outcomes = [{"item": each, "outcome": "shown"} for each in items]
        outcomes.append({"item": items[0], "outcome": "ticked"})
        body = json.dumps({"ticket": ticket, "outcomes": outcomes})
        self._send("POST", "/api/v1/tips/outcomes", body)

    def _send(self, method: str, path: str, body: str | None = None) -> bytes:
        if not hasattr(self._own, "connection"):
            self._own.connection = http.client.HTTPConnection(self._place)
        connection: http.client.HTTPConnection = self._own.connection
        connection.request(method, path, body, self._headers)
        answer = connection.getresponse()
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path}: {answer.status}")
        return answer.read()


def a_second(acts: list[Callable[[], object]]) -> float:
    """Give how many of some acts are done in a second, side by side."""
    start = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(act) for act in acts]:
            done.result()
    return len(acts) / (time.perf_counter() - start)


def measured(system: System, questions: list[Question]) -> Iterator[Limit]:
    """Measure the server."""
    base = timed(system.page, 60)
    yield Limit("小页面 p95（毫秒，对照）", percentile(base, 95))
    asked = [each for q in questions for each in timed_once(lambda q=q: system.tips(q))]  # type: ignore[misc]  # bound at once
    yield Limit("取提示 p50", percentile(asked, 50))
    yield Limit("取提示 p95", percentile(asked, 95), TIPS_MS)
    yield Limit("取提示 p99", percentile(asked, 99))
    yield Limit("小页面，次/秒（对照）", a_second([system.page] * len(questions)))
    side = a_second([lambda q=q: system.tips(q) for q in questions])  # type: ignore[misc]  # likewise
    yield Limit("取提示，次/秒", side)
    given = [found for q in questions if (found := system.tips(q))[0]][:TOLD]
    told = [each for g in given for each in timed_once(lambda g=g: system.tell(*g))]  # type: ignore[misc]  # likewise
    yield Limit("首次回传 p95", percentile(told, 95), TIPS_MS)
    again = a_second([lambda g=g: system.tell(*g) for g in given])  # type: ignore[misc]  # likewise
    yield Limit("重复回传，次/秒", again)


def timed_once(act: Callable[[], object]) -> list[float]:
    """Give the milliseconds of a call."""
    start = time.perf_counter()
    act()
    return [(time.perf_counter() - start) * 1000]


def memory(engine: Engine) -> Iterator[Limit]:
    """Measure what the items take in a process, and how long reading them takes."""
    with db.reading(engine) as session:
        tracemalloc.start()
        start = time.perf_counter()
        found = queries.items_in_force(session, day_of(now()), reader=READER)
        taken = 1000 * (time.perf_counter() - start)
        kept, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    yield Limit("条目数", len(found), least=ITEMS)
    yield Limit("全部条目占内存 MB", kept / 1024 / 1024)
    yield Limit("改动后第一次读取（毫秒）", taken)


def main() -> None:
    """Build, serve, measure, print."""
    with demo_data() as data:
        engine = opened(data)
        token, questions = fill(engine, random.Random(SEED))  # noqa: S311  (not a secret)
        with served(data, api_rate="1000000") as address:
            system = System(address, token)
            for question in questions[:20]:
                system.tips(question)
            rows = [*measured(system, questions), *memory(engine)]
        engine.dispose()
    report(f"易错提示（{LISTS} 份清单，{ITEMS} 条）", rows)


def opened(data: Path) -> Engine:
    """Open the database of a data directory."""
    read = settings.load(data, environment={})
    return db.open_engine(read.database_url, read.secret_key)


if __name__ == "__main__":
    main()
