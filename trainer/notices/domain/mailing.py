"""Mail: where it may go, what state one is in, and what it says; pure.

A mail says what to do and where, and nothing of how well anybody does. Of a
supervisor's people it says how many, not who: their names are behind the login.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from html import escape
from typing import Final

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.notices.domain.digesting import Kind
from trainer.notices.domain.notices import Notice

ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)
"""An address as HTML's own field of mail takes it. Source: WHATWG HTML, 4.10.5.1.5."""

LONGEST_ADDRESS: Final = 254


class BadAddressError(TrainerError):
    """It is no address of mail."""

    def __init__(self) -> None:
        super().__init__(N_("邮箱地址不对；请写成 zhangsan@example.cn 这样"))


class MailState(StrEnum):
    """Where a mail stands; only a waiting one is ever sent."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"


STATE_NAMES: Mapping[MailState, str] = {
    MailState.WAITING: N_("等待发送"),
    MailState.SENDING: N_("正在发送"),
    MailState.SENT: N_("已发出"),
    MailState.REFUSED: N_("被邮件服务器退回"),
    MailState.UNCERTAIN: N_("说不准是否发出，不再重发"),
    MailState.EXPIRED: N_("当天没有发成，并入下一封"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to one person on one day."""

    person: int
    to: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a mail: what, a remark on it, and where it leads."""

    what: str
    remark: str
    link: str


Links = Callable[[str, Mapping[str, str | int]], str]
"""Gives the whole address of a page by its name and values."""


def must_be_address(written: str) -> str:
    """Give an address without spaces around it; nothing stays nothing.

    Raises:
        BadAddressError: it is none.
    """
    told = written.strip()
    if told and (len(told) > LONGEST_ADDRESS or not ADDRESS.fullmatch(told)):
        raise BadAddressError
    return told


def letter(
    person: int, to: str, notices: Sequence[Notice], links: Links, site: str
) -> Letter:
    """Write the mail of one person.

    Args:
        person: Key of the person.
        to: The address.
        notices: What it tells, not empty.
        links: Where pages are.
        site: What the site is called.
    """
    lines = [*_own(notices, links), *_staff(notices, links)]
    count = len({n.key for n in notices})
    subject = Nn_("今天 {n} 件待办 · {site}", n=count, site=site)
    home, settings = links("notices.inbox", {}), links("notices.settings", {})
    return Letter(
        person=person,
        to=to,
        subject=subject,
        text=_text(lines, home, settings),
        html=_html(lines, home, settings),
    )


def _own(notices: Sequence[Notice], links: Links) -> Iterator[Line]:
    own = [n for n in notices if n.kind is not Kind.STAFF_LATE]
    for notice in own:
        link = links(notice.endpoint, dict(notice.values))
        yield Line(notice.what, _remark(notice.kind, notice.due), link)


def _remark(kind: Kind, due: date | None) -> str:
    if due is None:
        return ""
    if kind is Kind.LATE:
        return N_("最迟 {day} 做完，已经过了", day=due)
    return N_("最迟 {day} 做完", day=due)


def _staff(notices: Sequence[Notice], links: Links) -> Iterator[Line]:
    """Count what is late among a supervisor's people, in one line."""
    late = [n for n in notices if n.kind is Kind.STAFF_LATE]
    if late:
        people = len({n.about for n in late})
        what = Nn_("您这里有 {people} 人共 {n} 件逾期没做", people=people, n=len(late))
        yield Line(what, N_("是谁、是什么，登录后看"), links("notices.inbox", {}))


FOOT: Final = (N_("全部待办："), N_("不想收邮件，在这里关掉："))


def _text(lines: Sequence[Line], home: str, settings: str) -> str:
    parts = []
    for number, line in enumerate(lines, start=1):
        remark = f"（{line.remark}）" if line.remark else ""
        parts.append(f"{number}. {line.what}{remark}\n   {line.link}\n")
    parts.append(f"\n{FOOT[0]}{home}\n{FOOT[1]}{settings}\n")
    return "".join(parts)


def _html(lines: Sequence[Line], home: str, settings: str) -> str:
    rows = "".join(
        f'<li><a href="{escape(line.link)}">{escape(line.what)}</a>'
        f"{'<br>' + escape(line.remark) if line.remark else ''}</li>"
        for line in lines
    )
    foot = "".join(
        f'<p>{escape(words)}<a href="{escape(link)}">{escape(link)}</a></p>'
        for words, link in zip(FOOT, (home, settings), strict=True)
    )
    return (
        f'<!doctype html><html lang="zh-CN"><body><ol>{rows}</ol>{foot}</body></html>'
    )
