"""A served site that may be killed, and takers who save as fast as they can."""

from __future__ import annotations

import json
import logging
import re
import socket
import sys
from collections.abc import Mapping
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor
from urllib.request import OpenerDirector
from urllib.request import Request
from urllib.request import build_opener

from waitress.server import create_server

from tests.databases import SECRET
from tests.quizzes.exams import MORNING
from trainer.app import create_app
from trainer.kit import db
from trainer.settings import Settings

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
GONE = (URLError, HTTPException, ConnectionError, TimeoutError)
"""What somebody hears whose server was killed."""


def serve(url: str, home: str) -> None:
    """Serve a database until killed, at :data:`MORNING`; says the port first."""
    engine = db.open_engine(url, SECRET)
    settings = Settings(
        data=Path(home),
        database_url=url,
        secret_key=SECRET,
        login_rate=1_000_000,
        search_rate=1_000_000,
    )
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = create_app(settings, engine, now=lambda: MORNING)
    listening = socket.create_server(("127.0.0.1", 0))
    server = create_server(app, sockets=[listening], threads=8)
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    server.run()


class Taker:
    """Somebody's browser, without its scripts."""

    def __init__(self, address: str, login: str, password: str) -> None:
        self._address = address
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        self.token = self._token("/people/login")
        self.post("/people/login", {"login": login, "password": password})

    def get(self, path: str) -> str:
        with self._opener.open(f"{self._address}{path}", timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, path: str, fields: Mapping[str, str]) -> str:
        """Send a form; gives the path it led to."""
        data = urlencode({**fields, "csrf_token": self.token}).encode()
        with self._opener.open(f"{self._address}{path}", data, timeout=30) as answer:
            return str(answer.url).removeprefix(self._address)

    def begin(self, quiz: str) -> int:
        """Begin a quiz; gives the key of the attempt."""
        self.meet(quiz)
        return self.begin_now(quiz)

    def meet(self, quiz: str) -> None:
        """Look at the page of a quiz, which has the token of its form."""
        self.token = self._token(f"/quizzes/{quiz}")

    def begin_now(self, quiz: str) -> int:
        """Press the button of a page that was looked at; gives the attempt."""
        return int(self.post(f"/quizzes/{quiz}/begin", {}).rpartition("/")[2])

    def save(self, attempt: int, position: int, given: list[str], number: int) -> int:
        """Save an answer as the script of the page does; gives the number kept."""
        told = {
            "position": position,
            "given": given,
            "number": number,
            "flagged": False,
            "seconds": 1,
        }
        request = Request(  # noqa: S310  (our own server)
            f"{self._address}/quizzes/attempts/{attempt}/answers",
            json.dumps(told).encode(),
            {
                "Content-Type": "application/json",
                "Accept": "application/json",
                "X-CSRFToken": self.token,
            },
        )
        with self._opener.open(request, timeout=30) as answer:
            return int(json.loads(answer.read())["number"])

    def _token(self, path: str) -> str:
        found = TOKEN.search(self.get(path))
        assert found
        return found[1]
