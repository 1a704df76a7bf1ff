"""Lighthouse on the main pages: ``python -m bench.lighthouse [--runs 5]``.

Builds the demo site, serves it, and lets Lighthouse (desktop preset) look at each page
some times, as the person who works there. Prints the medians beside bar 4 of the
interface: performance >= 95, accessibility 100, best practices 100, nothing moves; and
below them every audit that once was not in full order.

Lighthouse comes from npm, which keeps it in a folder of its own; nothing of it is part
of this project. Needs Node.js and a Chromium. Figures of a busy machine are too low.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from bench.browser import FLAGS
from bench.browser import chromium
from bench.browser import executable
from bench.browser import log_in
from bench.browser import window
from bench.measure import Limit
from bench.measure import report
from bench.site import demo_data
from bench.site import served

RELEASE = "12.8.2"
"""The newest that runs on Node.js 18 and 20; fixed, so that figures can be compared."""

CATEGORIES = ("performance", "accessibility", "best-practices")
SHIFT = "cumulative-layout-shift"


@dataclass(frozen=True, slots=True)
class View:
    """A page, and who looks at it; an empty role is somebody not logged in."""

    name: str
    role: str
    path: str


@dataclass(frozen=True, slots=True)
class Run:
    """What Lighthouse said of a page once.

    Scores are 0 to 100; ``shift`` is the Cumulative Layout Shift, 0 when nothing
    moved; ``faults`` are the audits that count and were not in full order.
    """

    performance: int
    accessibility: int
    best_practices: int
    shift: float
    faults: tuple[str, ...]


VIEWS = (
    View("首页", "clerk", "/"),
    View("搜索结果", "clerk", "/search?q=装修"),
    View("答案卡", "clerk", "/articles/rent-withdrawal"),
    View("政策全文", "clerk", "/articles/housing-fund-regulations"),
    View("待复核", "editor", "/desk/due"),
    View("写稿", "editor", "/desk/new/guide"),
    View("登录", "", "/people/login"),
)


def run_of(page: dict[str, Any]) -> Run:
    """Read a report of Lighthouse.

    Raises:
        RuntimeError: Lighthouse could not look at the page, or saw another one, such
            as the login.
    """
    scores = {name: page["categories"][name]["score"] for name in CATEGORIES}
    if None in scores.values():
        failed = page.get("runtimeError", {}).get("message", "no reason given")
        raise RuntimeError(f"Lighthouse cannot judge {page['requestedUrl']}: {failed}")
    if page["requestedUrl"] != page["finalDisplayedUrl"]:
        raise RuntimeError(f"{page['requestedUrl']} led to {page['finalDisplayedUrl']}")
    audits = page["audits"]
    shift = audits[SHIFT]["numericValue"]
    counted = {
        part["id"]
        for name in CATEGORIES
        for part in page["categories"][name]["auditRefs"]
        if part["weight"]
    }
    # An audit without a score had nothing to look at; the score forgives small shifts.
    faults = {each for each in counted if audits[each]["score"] not in {None, 1}}
    faults |= {SHIFT} if shift else set()
    return Run(
        performance=round(100 * scores["performance"]),
        accessibility=round(100 * scores["accessibility"]),
        best_practices=round(100 * scores["best-practices"]),
        shift=shift,
        faults=tuple(sorted(faults)),
    )


def rows(view: View, runs: Sequence[Run]) -> Iterator[Limit]:
    """Give the medians of one page beside the bar."""
    name = view.name
    yield Limit(f"{name} 性能", median(run.performance for run in runs), least=95)
    yield Limit(f"{name} 无障碍", median(run.accessibility for run in runs), least=100)
    best = median(run.best_practices for run in runs)
    yield Limit(f"{name} 最佳实践", best, least=100)
    yield Limit(f"{name} CLS（‰）", 1000 * median(run.shift for run in runs), most=0)


def faults(view: View, runs: Iterable[Run]) -> Iterator[str]:
    """Tell which audits were not in full order, and how often."""
    for name, times in sorted(Counter(f for run in runs for f in run.faults).items()):
        yield f"  {view.name}：{name}，{times} 次未满分"


class Lighthouse:
    """One release of Lighthouse, driven through npx."""

    def __init__(self, release: str) -> None:
        npx = shutil.which("npx")
        if npx is None:
            raise RuntimeError("no npx: install Node.js 18 or newer with npm")
        self._command = [npx, "--yes", "--prefer-offline", f"lighthouse@{release}"]
        self._chromium = executable()
        if self._call("--version").returncode:
            raise RuntimeError(
                f"npx cannot start lighthouse@{release}: it needs a reachable npm "
                "registry once, and a newer Node.js if that release asks for one"
            )

    def run(self, address: str, cookie: str) -> Run:
        """Look at a page once, with the cookie of who is logged in."""
        with tempfile.TemporaryDirectory(prefix="trainer-lighthouse-") as folder:
            headers, kept = Path(folder, "headers.json"), Path(folder, "report.json")
            headers.write_text(json.dumps({"Cookie": cookie}), "utf-8")
            done = self._call(
                address,
                "--quiet",
                "--no-enable-error-reporting",
                "--preset=desktop",
                f"--only-categories={','.join(CATEGORIES)}",
                f"--chrome-flags={' '.join(['--headless', *FLAGS])}",
                f"--extra-headers={headers}",
                "--output=json",
                f"--output-path={kept}",
            )
            if not kept.is_file():
                raise RuntimeError(f"Lighthouse gave no report: {done.stderr[-500:]}")
            return run_of(json.loads(kept.read_text("utf-8")))

    def _call(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  (a fixed release, our own words)
            [*self._command, *words],
            env={**os.environ, "CHROME_PATH": self._chromium},
            capture_output=True,
            text=True,
            check=False,
        )


def cookies(address: str, roles: Iterable[str]) -> dict[str, str]:
    """Log each role in; gives the header that says so."""
    sent = {"": ""}
    with chromium() as browser:
        for role in filter(None, roles):
            page = window(browser, address).new_page()
            log_in(page, role)
            kept = page.context.cookies()
            sent[role] = "; ".join(f"{c['name']}={c['value']}" for c in kept)
    return sent


def main(runs: int, release: str) -> None:
    """Build, serve, measure, print."""
    lighthouse = Lighthouse(release)
    with demo_data() as data, served(data) as address:
        sent = cookies(address, {view.role for view in VIEWS})
        table: list[Limit] = []
        notes: list[str] = []
        for view in VIEWS:
            page = address + quote(view.path, safe="/?=&")
            seen = [lighthouse.run(page, sent[view.role]) for _ in range(runs)]
            table += rows(view, seen)
            notes += faults(view, seen)
    report(f"Lighthouse {release}（桌面，{runs} 次的中位数）", table)
    for note in notes:
        print(note)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--release", default=RELEASE, help="of Lighthouse on npm")
    options = parser.parse_args()
    try:
        main(options.runs, options.release)
    except RuntimeError as error:
        sys.exit(str(error))
