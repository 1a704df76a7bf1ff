"""The mock business system on an origin of its own, under a strict policy; and a
server that stands where ours should, and misbehaves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from threading import Thread

from tests.commands import REPOSITORY

PAGES = REPOSITORY / "docs" / "mock-business-system"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
POLICY = (
    "default-src 'none'; script-src 'self' {site}; style-src 'self'; img-src data:; "
    "connect-src {site}; frame-src {site}; form-action 'self'; base-uri 'none'"
)
"""No inline code or style; ours may be loaded and asked, nothing else."""

SLOW = 3.0
"""Seconds; twice what the widget waits."""

GOOD = (
    '{"tips":[{"item":"a#b","severity":"ban","severity_name":"禁止","wrong":"LATE",'
    '"check":"x","say":"","cites":[]}],"ticket":"t"}'
)
GARBAGE = {
    "empty": "",
    "html": "<html><script>alert(1)</script></html>",
    "number": "7",
    "null": "null",
    "shape": '{"tips": "none", "ticket": 3}',
    "items": '{"tips": [null, 7, {"wrong": {}}], "ticket": "t"}',
    "flood": '{"tips": ['
    + GOOD[9:-15]
    + ("," + GOOD[9:-15]) * 500
    + '], "ticket": "t"}',
}
"""What a broken server, or another one at the same address, may answer."""


class _Quiet(BaseHTTPRequestHandler):
    """Answers and keeps no log."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""

    def send(self, body: str, kind: str, status: int = 200, **headers: str) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)


class Host:
    """The business system; it is told later where our site is and what its token is."""

    def __init__(self) -> None:
        self.site = self.token = ""
        self.address = ""


@contextmanager
def business_system() -> Iterator[Host]:
    """Serve the mock business system."""
    host = Host()

    class Handler(_Quiet):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].strip("/") or "index.html"
            if not (PAGES / name).is_file():
                self.send("", "text/plain", 404)
                return
            page = (PAGES / name).read_text("utf-8")
            page = page.replace("ADDRESS", host.site).replace("TOKEN", host.token)
            kind = TYPES[name[name.rindex(".") :]]
            policy = POLICY.format(site=host.site)
            self.send(page, kind, Content_Security_Policy=policy)

    with _running(Handler) as address:
        host.address = address
        yield host


@contextmanager
def misbehaving(script: str, mode: str) -> Iterator[str]:
    """Serve the widget, and answer its questions as no server should."""

    class Handler(_Quiet):
        def do_GET(self) -> None:
            if self.path.endswith("widget.js"):
                self.send(script, "text/javascript")
                return
            if mode == "slow":
                time.sleep(SLOW)
            body, status = GARBAGE.get(mode, GOOD), 500 if mode == "error" else 200
            allowed = {"Access_Control_Allow_Origin": "*"}
            with suppress(OSError):  # the widget does not wait so long
                self.send(body, "application/json", status, **allowed)

        def do_OPTIONS(self) -> None:
            allowed = {"Access_Control_Allow_Headers": "authorization, content-type"}
            self.send("", "text/plain", 204, Access_Control_Allow_Origin="*", **allowed)

    with _running(Handler) as address:
        yield address


@contextmanager
def _running(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    running = Thread(target=server.serve_forever, daemon=True)
    running.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        running.join()
