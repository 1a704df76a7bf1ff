"""Mail, against a real server: once or not at all, whatever it answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from sqlalchemy import Engine
from sqlalchemy import select

from tests.databases import Databases
from tests.notices.mail_server import HOME
from tests.notices.mail_server import PASSWORD
from tests.notices.mail_server import USER
from tests.notices.mail_server import mail_server
from tests.notices.mail_server import server_at
from tests.notices.told import make_task
from tests.notices.told import source_of
from tests.processes import Child
from tests.processes import free_port
from tests.sites import with_people
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import TrainerError
from trainer.kit import db
from trainer.notices import service
from trainer.notices.domain.mailing import MailState
from trainer.notices.domain.tasks import Task
from trainer.notices.models import MailRow
from trainer.notices.service import NoServerError
from trainer.notices.service import Post
from trainer.notices.service import Rules
from trainer.notices.service import Server
from trainer.notices.service import mailing
from trainer.notices.service.mailing import MailsWaitError

pytestmark = pytest.mark.loopback

MONDAY = datetime.fromisoformat("2026-11-23T01:00:00+00:00")
DUE = day_of(MONDAY)


class Clock:
    def __init__(self) -> None:
        self.at = MONDAY

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    engine = databases.fresh(with_people)
    yield engine
    databases.drop(engine)


@pytest.fixture(scope="module")
def mail() -> Iterator[tuple[Child, Server]]:
    with mail_server() as running:
        yield running


def links(endpoint: str, values: Mapping[str, str | int]) -> str:
    return f"https://desk.example/{endpoint}/{'/'.join(map(str, values.values()))}"


def address(engine: Engine, person: int, to: str) -> None:
    by = Actor(person, "谁", frozenset({Permission.READ}))
    with db.writing(engine) as session:
        service.save_preference(session, to, wants_mail=bool(to), by=by, at=MONDAY)


def tell(engine: Engine, clock: Clock, *tasks: Task) -> None:
    service.tell(engine, [source_of(*tasks)], Rules(), at=clock.at)


def send(engine: Engine, server: Server, clock: Clock) -> int:
    return service.send_mails(engine, server, links, clock)


def states(engine: Engine) -> list[tuple[int, str]]:
    with db.reading(engine) as session:
        rows = session.scalars(select(MailRow).order_by(MailRow.day, MailRow.person_id))
        return [(row.person_id, row.state) for row in rows]


def taken(process: Child) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(process.hear())
    return told


def test_a_mail_says_what_to_do_and_where_and_goes_once(
    engine: Engine, mail: tuple[Child, Server], clock: Clock
) -> None:
    process, server = mail
    address(engine, 1, "clerk@example.cn")
    tasks = [make_task(1, "a", DUE), make_task(1, "b", what="看<b>授权</b>")]
    tell(engine, clock, *tasks)
    assert [send(engine, server, clock) for _ in range(2)] == [1, 0]
    tell(engine, clock, *tasks, make_task(1, "c"))
    assert send(engine, server, clock) == 0
    told = taken(process)
    assert told["to"] == ["clerk@example.cn"]
    headers = told["headers"]
    assert headers["Subject"] == "今天 2 件待办 · 窗口助手"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe"] == f"<{HOME}>"
    assert headers["Message-ID"] == "<20261123.1@example.cn>"
    first = "1. 读“租房提取”的变化（最迟 2026-11-23 做完）"
    assert told["text"].startswith(first)
    assert "https://desk.example/duties.duties/" in told["text"]
    assert "看&lt;b&gt;授权&lt;/b&gt;" in told["html"]
    assert states(engine) == [(1, MailState.SENT)]


def test_nobody_gets_mail_who_wants_none_or_has_nothing_new(
    engine: Engine, mail: tuple[Child, Server], clock: Clock
) -> None:
    address(engine, 1, "")
    address(engine, 2, "mentor@example.cn")
    tell(engine, clock, make_task(1))
    assert send(engine, mail[1], clock) == 0
    assert states(engine) == []


def test_what_the_server_does_not_take_now_is_tried_again(
    engine: Engine, mail: tuple[Child, Server], clock: Clock
) -> None:
    process, server = mail
    address(engine, 1, "later-once@example.cn")
    address(engine, 2, "mentor@example.cn")
    tell(engine, clock, make_task(1), make_task(2))
    with pytest.raises(MailsWaitError, match="还有 1 封") as waits:
        send(engine, server, clock)
    assert "later-once" not in waits.value.message
    assert taken(process)["to"] == ["mentor@example.cn"]
    assert send(engine, server, clock) == 1
    assert taken(process)["to"] == ["later-once@example.cn"]
    assert {state for _, state in states(engine)} == {MailState.SENT}


def test_what_was_refused_for_good_is_given_up(
    engine: Engine, mail: tuple[Child, Server], clock: Clock
) -> None:
    address(engine, 1, "never@example.cn")
    tell(engine, clock, make_task(1))
    assert [send(engine, mail[1], clock) for _ in range(2)] == [0, 0]
    assert states(engine) == [(1, MailState.REFUSED)]
    with db.reading(engine) as session:
        error = session.scalars(select(MailRow.error)).one()
    assert error.startswith("550 5.1.1 <…>")


def test_what_was_not_sent_on_its_day_is_part_of_the_next_mail(
    engine: Engine, mail: tuple[Child, Server], clock: Clock
) -> None:
    process, server = mail
    address(engine, 1, "later@example.cn")
    waiting, done = make_task(1, "a"), make_task(1, "b")
    tell(engine, clock, waiting, done)
    with pytest.raises(MailsWaitError):
        send(engine, server, clock)
    clock.at += timedelta(days=1)
    address(engine, 1, "clerk@example.cn")
    tell(engine, clock, waiting, make_task(1, "c"))
    assert send(engine, server, clock) == 1
    assert taken(process)["headers"]["Subject"].startswith("今天 2 件待办")
    assert states(engine) == [(1, MailState.EXPIRED), (1, MailState.SENT)]


def test_a_server_that_hangs_up_after_the_text_is_not_asked_again(
    engine: Engine, mail: tuple[Child, Server], clock: Clock
) -> None:
    process, server = mail
    address(engine, 1, "hangup@example.cn")
    address(engine, 2, "mentor@example.cn")
    tell(engine, clock, make_task(1), make_task(2))
    with pytest.raises(MailsWaitError, match="还有 1 封"):
        send(engine, server, clock)
    assert taken(process)["to"] == ["hangup@example.cn"]
    assert send(engine, server, clock) == 1
    assert taken(process)["to"] == ["mentor@example.cn"]
    assert states(engine) == [(1, MailState.UNCERTAIN), (2, MailState.SENT)]


class KilledError(BaseException):
    """The process is gone here."""


@pytest.mark.parametrize("where", ["deliver", "_settle"])
def test_a_crash_between_marking_and_noting_never_sends_twice(
    engine: Engine,
    mail: tuple[Child, Server],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    process, server = mail
    address(engine, 1, "clerk@example.cn")
    tell(engine, clock, make_task(1))

    def killed(*_args: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(Post if where == "deliver" else mailing, where, killed)
        with pytest.raises(KilledError):
            send(engine, server, clock)
    if where == "_settle":  # it had gone out
        assert taken(process)["to"] == ["clerk@example.cn"]
    assert send(engine, server, clock) == 0
    assert states(engine) == [(1, MailState.SENDING)]
    clock.at += timedelta(minutes=11)
    assert send(engine, server, clock) == 0
    assert states(engine) == [(1, MailState.UNCERTAIN)]


def test_without_a_server_all_waits(engine: Engine, clock: Clock) -> None:
    address(engine, 1, "clerk@example.cn")
    tell(engine, clock, make_task(1))
    with pytest.raises(NoServerError, match="连不上邮件服务器"):
        send(engine, server_at(free_port()), clock)
    assert states(engine) == [(1, MailState.WAITING)]


def test_a_server_is_told_who_comes(mail: tuple[Child, Server]) -> None:
    port = mail[1].port
    with Post(server_at(port, user=USER, password=PASSWORD)):
        pass
    with (
        pytest.raises(NoServerError, match="535") as refused,
        Post(server_at(port, user=USER, password="wrong-word")),
    ):
        pass
    assert "wrong-word" not in refused.value.message


def test_a_server_without_encryption_gets_nothing_that_must_be_encrypted(
    mail: tuple[Child, Server],
) -> None:
    port = mail[1].port
    for security in ("starttls", "tls"):
        with (
            pytest.raises(NoServerError),
            Post(server_at(port, security=security)),
        ):
            pass


@pytest.fixture
def authority() -> trustme.CA:
    """Somebody whom only this test may trust, as a centre has one of its own."""
    return trustme.CA()


def certificate(authority: trustme.CA, folder: Path, name: str) -> Path:
    """Give the file of a mail server's certificate and key."""
    place = folder / "server.pem"
    authority.issue_cert(name).private_key_and_cert_chain_pem.write_to_path(str(place))
    return place


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_encrypted_to_whom_the_machine_trusts(
    engine: Engine,
    clock: Clock,
    authority: trustme.CA,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    security: str,
) -> None:
    address(engine, 1, "clerk@example.cn")
    tell(engine, clock, make_task(1))
    trusted = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    pem = certificate(authority, tmp_path, "127.0.0.1")
    with mail_server(security, pem) as (process, server):
        with pytest.raises(NoServerError, match="连不上邮件服务器"):
            send(engine, server, clock)
        assert states(engine) == [(1, MailState.WAITING)], "nobody vouches for it"
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        assert send(engine, server, clock) == 1
        assert json.loads(process.hear())["to"] == ["clerk@example.cn"]
    assert states(engine) == [(1, MailState.SENT)]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_for_somebody_else_is_not_taken(
    authority: trustme.CA,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    security: str,
) -> None:
    trusted = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    pem = certificate(authority, tmp_path, "elsewhere.example")
    with (
        mail_server(security, pem) as (_, server),
        pytest.raises(NoServerError),
        Post(server),
    ):
        pass


def test_an_address_that_was_taken_back_gets_nothing(
    engine: Engine, mail: tuple[Child, Server], clock: Clock
) -> None:
    address(engine, 1, "clerk@example.cn")
    tell(engine, clock, make_task(1))
    address(engine, 1, "")
    assert send(engine, mail[1], clock) == 0
    assert states(engine) == [(1, MailState.REFUSED)]


@pytest.mark.parametrize(
    "wrong",
    ["nobody", "a b@c.cn", "a@b.cn\nBcc: d@e.cn", "@b.cn", "a@-b.cn", "名@b.cn"],
)
def test_what_is_no_address_is_refused(engine: Engine, wrong: str) -> None:
    with pytest.raises(TrainerError, match="邮箱地址不对"):
        address(engine, 1, wrong)
