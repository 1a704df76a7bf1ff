"""The queue between those who look and those who work: huey, over three stores.

Carried are keys of runs, as JSON: what huey would pickle by itself could be made to
run anything by whoever can write into the store.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from huey import Huey
from huey import PostgresHuey
from huey import RedisHuey
from huey import SqliteHuey
from huey import crontab
from huey.consumer import Consumer
from huey.exceptions import ConfigurationError
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import Engine

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.jobs.job import Job
from trainer.kit.jobs.working import look
from trainer.kit.jobs.working import work

NAME = "trainer"
PATIENCE = 30
"""Seconds the end of a worker waits for the job at hand."""

LONGEST_WAIT = 2.0
"""Seconds between two looks into an empty queue, at most."""


class KeysOnly(Serializer):
    """Writes messages as JSON."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(bytes(data)))


class QuietConsumer(Consumer):
    """A consumer whose process belongs to somebody else: it takes no signals."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals of the process alone."""


def open_queue(address: str, data: Path) -> Huey:
    """Open the queue of an installation.

    Args:
        address: ``redis://...`` or ``postgresql://...``; empty is a SQLite file of
            its own in the data directory.
        data: The data directory.

    Raises:
        TrainerError: the address is of another kind, or an extra is missing.
    """
    options = {"results": False, "serializer": KeysOnly()}
    scheme = urlsplit(address).scheme
    try:
        if not address:
            return SqliteHuey(NAME, filename=str(data / "jobs.db"), **options)
        if scheme in {"redis", "rediss"}:
            return RedisHuey(NAME, url=address, **options)
        if scheme == "postgresql":
            # Not blocking: else each thread holds a connection that nobody closes.
            return PostgresHuey(NAME, dsn=address, blocking=False, **options)
    except (ConfigurationError, ImportError) as error:
        raise TrainerError(
            N_("任务队列要用 {scheme}，但没有安装它的组件；请看设置说明", scheme=scheme)
        ) from error
    raise TrainerError(
        N_("设置 jobs_queue 要写成 redis:// 或 postgresql:// 开头的地址，或者空着")
    )


class Worker:
    """Looks and works in threads of its own, from ``with`` to its end.

    Several may run at once, in one process or in many: of each run one has it.
    """

    def __init__(
        self,
        queue: Huey,
        engine: Engine,
        jobs: Collection[Job],
        now: Callable[[], datetime],
    ) -> None:
        known = {job.name: job for job in jobs}

        def run(key: int) -> None:
            work(engine, known, key, now)

        def look_around() -> None:
            for key in look(engine, jobs, at=now()):
                carried(key)

        carried = queue.task(name="run")(run)
        queue.periodic_task(crontab(), name="look")(look_around)
        self._queue = queue
        self._consumer = QuietConsumer(
            queue,
            max_delay=LONGEST_WAIT,
            scheduler_interval=10,
            shutdown_timeout=PATIENCE,
        )

    def __enter__(self) -> Self:
        """Start the threads; the first look is at once."""
        self._consumer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop after the job at hand."""
        self._consumer.stop(graceful=True)
        self._queue.storage.close()
