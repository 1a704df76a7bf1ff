"""The mail server: one connection, one letter after the other, an outcome for each.

What the server has not taken is told from what it may have taken: an answer that is
lost after the text went out is uncertain, and is never tried again.
Source: RFC 5321, 4.2.5 and 6.1; RFC 3834 (automatic mail); RFC 2369 (unsubscribe).
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from types import TracebackType
from typing import Final
from typing import Self

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.notices.domain.mailing import Letter
from trainer.notices.domain.mailing import MailState

PATIENCE: Final = 20.0
"""Seconds the server has for an answer."""

TAKEN, LATER = 300, 500
"""Replies below the first are good, those below the second only for now bad."""

HIDDEN: Final = "…"
LONGEST_ERROR: Final = 200


class NoServerError(TrainerError):
    """The mail server cannot be reached, or does not let us in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where mail is handed in.

    Attributes:
        host: Name of the machine; empty is no mail at all.
        port: Its port.
        security: ``none``, ``starttls`` or ``tls``.
        user: Who logs in, empty for nobody.
        password: His password.
        sender: The address mail comes from.
        site: What the site is called.
        home: Address of the site, for the unsubscribe page.
    """

    host: str
    port: int = 25
    security: str = "starttls"
    user: str = ""
    password: str = ""
    sender: str = ""
    site: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a letter; ``lost`` when the connection is gone."""

    state: MailState
    error: str = ""
    lost: bool = False


class Post:
    """A connection to the server, from ``with`` to its end."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Connect and log in.

        Raises:
            NoServerError: that cannot be done now.
        """
        server = self._server
        try:
            self._smtp = self._connected()
            if server.user:
                self._smtp.login(server.user, server.password)
        except (OSError, smtplib.SMTPException) as error:
            self._close()
            raise NoServerError(
                N_(
                    "连不上邮件服务器 {host}（{why}）；邮件先留着，稍后再发",
                    host=f"{server.host}:{server.port}",
                    why=_why(error),
                )
            ) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say goodbye."""
        self._close()

    def deliver(self, letter: Letter, message_id: str, at: datetime) -> Outcome:
        """Hand in a letter."""
        if self._smtp is None:
            raise RuntimeError("used outside of with")
        content = self._message(letter, message_id, at).as_bytes(policy=SMTP)
        smtp, sender = self._smtp, self._server.sender
        try:
            refusal = _refusal(lambda: smtp.mail(sender), letter.to)
            refusal = refusal or _refusal(lambda: smtp.rcpt(letter.to), letter.to)
            if refusal:
                smtp.rset()  # else the next one would be part of this one
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(MailState.WAITING, _why(error), lost=True)
        return refusal or self._hand_in(smtp, content, letter.to)

    def _hand_in(self, smtp: smtplib.SMTP, content: bytes, to: str) -> Outcome:
        try:
            refusal = _refusal(lambda: smtp.data(content), to)
        except smtplib.SMTPDataError as error:
            return _refused(error.smtp_code, _bytes(error.smtp_error), to)
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(MailState.UNCERTAIN, _why(error), lost=True)
        return refusal or Outcome(MailState.SENT)

    def _connected(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context()
        place = (server.host, server.port)
        smtp = (
            smtplib.SMTP_SSL(*place, timeout=PATIENCE, context=context)
            if server.security == "tls"
            else smtplib.SMTP(*place, timeout=PATIENCE)
        )
        try:
            if server.security == "starttls":
                smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException):
            smtp.close()
            raise
        return smtp

    def _close(self) -> None:
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._smtp.close()
        self._smtp = None

    def _message(self, letter: Letter, message_id: str, at: datetime) -> EmailMessage:
        server = self._server
        name, _, domain = server.sender.partition("@")
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(server.site, name, domain)
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message["Date"] = at
        message["Message-ID"] = f"<{message_id}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message["List-Unsubscribe"] = f"<{server.home}>"
        message.set_content(letter.text)
        message.add_alternative(letter.html, subtype="html")
        return message


def _refusal(say: Callable[[], tuple[int, bytes]], to: str) -> Outcome | None:
    code, said = say()
    return None if code < TAKEN else _refused(code, said, to)


def _refused(code: int, said: bytes, to: str) -> Outcome:
    """Tell a refusal for now from one for good; the address stays out of it."""
    words = said.decode("utf-8", "replace").replace(to, HIDDEN)
    state = MailState.WAITING if code < LATER else MailState.REFUSED
    return Outcome(state, f"{code} {words}"[:LONGEST_ERROR])


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def _why(error: Exception) -> str:
    """Say in a few words what was wrong; never what was sent."""
    if isinstance(error, smtplib.SMTPResponseException):
        return str(error.smtp_code)
    told = getattr(error, "strerror", None)
    return str(told or type(error).__name__)
