"""Runs of jobs: asked for once, had by one, tried again, given up, taken over."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from tests.apps import NOW
from trainer.core.errors import ConflictError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.kit import db
from trainer.kit import jobs
from trainer.kit.jobs import Job
from trainer.kit.jobs import JobState
from trainer.kit.jobs import Run
from trainer.kit.jobs import kept

DAILY = "test.daily"


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


class Work:
    """A job that notes what it did, and fails as often as it is told."""

    def __init__(self, failures: int = 0, error: Exception | None = None) -> None:
        self.done: list[str] = []
        self.failures = failures
        self.error = error or TrainerError("服务器不在")

    def __call__(self, key: str, _at: datetime) -> None:
        if self.failures:
            self.failures -= 1
            raise self.error
        self.done.append(key)

    @property
    def job(self) -> Job:
        return Job(name=DAILY, run=self, key_now=lambda at: f"{at:%Y-%m-%d}")


def only_run(engine: Engine) -> Run:
    with db.reading(engine) as session:
        (run,) = jobs.runs(session, 1).items
    return run


def step(engine: Engine, work: Work, clock: Clock) -> int:
    """Look, and do all that is due; gives how many were done."""
    due = jobs.look(engine, [work.job], at=clock.at)
    return sum(jobs.work(engine, {DAILY: work.job}, key, clock) for key in due)


def test_what_is_due_by_itself_is_done_once_a_day(engine: Engine) -> None:
    work, clock = Work(), Clock()
    assert [step(engine, work, clock) for _ in range(3)] == [1, 0, 0]
    clock.at += timedelta(days=1)
    assert step(engine, work, clock) == 1
    assert work.done == ["2026-11-22", "2026-11-23"]
    with db.reading(engine) as session:
        assert jobs.last_seen(session) == clock.at


def test_a_number_that_comes_twice_is_done_once(engine: Engine) -> None:
    work, clock = Work(), Clock()
    (key,) = jobs.look(engine, [work.job], at=NOW)
    known = {DAILY: work.job}
    assert [jobs.work(engine, known, key, clock) for _ in range(2)] == [True, False]
    assert not jobs.work(engine, known, 999, clock)
    assert work.done == ["2026-11-22"]


def test_what_failed_is_tried_again_later_and_later_and_then_given_up(
    engine: Engine,
) -> None:
    work, clock = Work(failures=99), Clock()
    waits = []
    while step(engine, work, clock) == 0 and only_run(engine).state == "waiting":
        run = only_run(engine)
        assert run.error == "服务器不在"
        waits.append(run.due_at - clock.at)
        clock.at = run.due_at - timedelta(seconds=1)
        assert jobs.look(engine, [], at=clock.at) == []
        clock.at = run.due_at
    assert tuple(waits) == kept.DELAYS
    assert waits == sorted(waits)
    run = only_run(engine)
    assert (run.state, run.tries) == (JobState.FAILED, len(kept.DELAYS) + 1)


def test_an_error_nobody_foresaw_is_told_without_its_words(engine: Engine) -> None:
    work, clock = Work(failures=1, error=KeyError("secret")), Clock()
    step(engine, work, clock)
    assert "KeyError" in only_run(engine).error
    assert "secret" not in only_run(engine).error


def test_a_job_this_program_does_not_know_waits(engine: Engine) -> None:
    with db.writing(engine) as session:
        jobs.ask(session, "gone.job", "1", at=NOW)
    assert not jobs.work(engine, {}, only_run(engine).id, Clock())
    assert only_run(engine).state is JobState.WAITING


def test_a_run_whose_worker_died_is_taken_over_and_its_late_end_counts_nothing(
    engine: Engine,
) -> None:
    work, clock = Work(), Clock()
    (key,) = jobs.look(engine, [work.job], at=NOW)
    with db.writing(engine) as session:
        lost = kept.claim(session, key, at=NOW)
    assert lost
    clock.at += kept.LEASE - timedelta(seconds=1)
    assert step(engine, work, clock) == 0
    clock.at += timedelta(seconds=1)
    with db.writing(engine) as session:
        taken = kept.claim(session, key, at=clock.at)
        kept.fail(session, lost, "too late", at=clock.at)
    assert taken
    assert (only_run(engine).state, only_run(engine).error) == (JobState.RUNNING, "")


def test_a_run_is_done_again_when_somebody_asks(engine: Engine) -> None:
    work, clock = Work(), Clock()
    step(engine, work, clock)
    with db.writing(engine) as session:
        again = jobs.ask_again(session, only_run(engine).id, at=NOW)
    assert (again.state, again.tries) == (JobState.WAITING, 0)
    assert step(engine, work, clock) == 1
    assert len(work.done) == 2


def test_a_run_at_work_or_unknown_is_not_done_again(engine: Engine) -> None:
    (key,) = jobs.look(engine, [Work().job], at=NOW)
    with db.writing(engine) as session:
        kept.claim(session, key, at=NOW)
        with pytest.raises(ConflictError):
            jobs.ask_again(session, key, at=NOW)
        with pytest.raises(NotFoundError):
            jobs.ask_again(session, 999, at=NOW)
