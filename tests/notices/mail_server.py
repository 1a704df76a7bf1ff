"""A real mail server in a process of its own, which answers by whom a mail is for.

``later-once@``: not now, the first time. ``later@``: never now. ``never@``: there is
nobody. ``hangup@``: takes the text and hangs up without a word. Everybody else gets
his mail. Each mail that was taken is a line of JSON. With a certificate it takes
nothing in plain text.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP
from aiosmtpd.smtp import AuthResult
from aiosmtpd.smtp import Envelope
from aiosmtpd.smtp import LoginPassword
from aiosmtpd.smtp import Session

from tests.processes import Child
from tests.processes import child
from trainer.notices.service import Server

USER, PASSWORD = "desk", "fictitious"
HOME = "https://desk.example/notices/settings"


class Mailbox:
    """Takes mail, or does not."""

    def __init__(self) -> None:
        self._asked: Counter[str] = Counter()

    async def handle_RCPT(  # noqa: N802  (the server's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, to: str, _: Any
    ) -> str:
        self._asked[to] += 1
        who = to.partition("@")[0]
        if who == "later" or (who == "later-once" and self._asked[to] == 1):
            return f"451 4.2.1 <{to}> not now"
        if who == "never":
            return f"550 5.1.1 <{to}> nobody here"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  (likewise)
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        print(_told(envelope), flush=True)  # noqa: T201  (what the test hears)
        if envelope.rcpt_tos[0].startswith("hangup"):
            server.transport.abort()
        return "250 taken"


def serve(security: str, certificate: str) -> None:
    """Serve until killed; the first line is the port."""
    asyncio.run(_serve(security, certificate))


@contextmanager
def mail_server(
    security: str = "none", certificate: Path | None = None
) -> Iterator[tuple[Child, Server]]:
    """Start one; gives the process, and how to reach it.

    ``certificate`` is a file with that of the server and its key.
    """
    with child(serve, security, str(certificate or "")) as process:
        port = int(process.hear())
        yield process, server_at(port, security=security)


def server_at(port: int, **more: Any) -> Server:
    given = {"security": "none", "sender": "desk@example.cn", "site": "窗口助手"}
    return Server(host="127.0.0.1", port=port, home=HOME, **{**given, **more})


async def _serve(security: str, certificate: str) -> None:
    box = Mailbox()
    context = None
    if security != "none":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    begins_plain = security != "tls"

    def made() -> SMTP:
        return SMTP(
            box,
            authenticator=_let_in,
            auth_require_tls=False,
            hostname="mail.example",
            tls_context=context if begins_plain else None,
            require_starttls=bool(context) and begins_plain,
        )

    running = await asyncio.get_running_loop().create_server(
        made, "127.0.0.1", 0, ssl=None if begins_plain else context
    )
    print(running.sockets[0].getsockname()[1], flush=True)  # noqa: T201  (likewise)
    async with running:
        await running.serve_forever()


def _let_in(
    _server: SMTP, _session: Session, _envelope: Envelope, _how: str, told: Any
) -> AuthResult:
    wanted = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=told == wanted, handled=False)


def _told(envelope: Envelope) -> str:
    message = message_from_bytes(envelope.original_content or b"", policy=default)
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert text is not None
    assert html is not None
    return json.dumps(
        {
            "to": envelope.rcpt_tos,
            "from": envelope.mail_from,
            "headers": {name: str(value) for name, value in message.items()},
            "text": text.get_content(),
            "html": html.get_content(),
        }
    )
