"""Doing jobs: a look asks for what is due, a work does one run. No queue in here."""

from __future__ import annotations

import logging
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit import db
from trainer.kit.jobs import kept
from trainer.kit.jobs.job import Job

LOG = logging.getLogger("trainer.jobs")


def look(engine: Engine, jobs: Collection[Job], *, at: datetime) -> list[int]:
    """Ask for what is due by itself; say that a worker is there.

    Returns:
        Keys of the runs that may begin now.
    """
    wanted = [(job.name, key) for job in jobs if (key := job.key_now(at))]
    with db.reading(engine) as session:
        new = [each for each in wanted if not kept.is_asked(session, *each)]
    with db.writing(engine) as session:
        for name, key in new:
            kept.ask(session, name, key, at=at)
        kept.beat(session, at=at)
    with db.reading(engine) as session:
        return kept.due(session, at)


def work(
    engine: Engine, jobs: Mapping[str, Job], key: int, now: Callable[[], datetime]
) -> bool:
    """Do one run, if nobody else has it.

    Returns:
        Whether it was done; a try that failed is noted in the run and not raised.
    """
    at = now()
    with db.writing(engine) as session:
        run = kept.claim(session, key, at=at)
    if run is None:
        return False
    why = _done(jobs.get(run.name), run, at)
    with db.writing(engine) as session:
        if why:
            kept.fail(session, run, why, at=now())
        else:
            kept.finish(session, run, at=now())
    return not why


def _done(job: Job | None, run: kept.Run, at: datetime) -> str:
    """Do it, and give the sentence that says why not."""
    if job is None:
        return N_("这个版本的程序没有“{name}”这种任务", name=run.name)
    try:
        job.run(run.key, at)
    except TrainerError as error:
        LOG.warning("%s %s was not done: %s", run.name, run.key, error.message)
        return error.message
    except Exception as error:
        LOG.exception("%s %s broke", run.name, run.key)
        kind = type(error).__name__
        return N_("程序出错（{kind}），详情在日志里；请告诉管理员", kind=kind)
    return ""
