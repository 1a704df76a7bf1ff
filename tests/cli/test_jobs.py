"""``trainer worker``, ``trainer notices send``, and what the doctor says of mail."""

from __future__ import annotations

import signal
import time
from datetime import UTC
from datetime import datetime

import pytest

from tests.apps import make_app
from tests.commands import Terminal
from tests.databases import SECRET
from trainer.cli.jobs import digest_of
from trainer.cli.jobs import jobs_of
from trainer.features import JOB_NAMES
from trainer.kit import db
from trainer.kit import jobs
from trainer.kit.jobs import JobState
from trainer.settings import Settings

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
PATIENCE = 30.0


def settings_of(terminal: Terminal, **more: object) -> Settings:
    return Settings(
        data=terminal.data,
        database_url=str(terminal.engine.url),
        secret_key=SECRET,
        **more,  # type: ignore[arg-type]  # by name
    )


def test_every_job_has_a_name(terminal: Terminal) -> None:
    settings = settings_of(terminal)
    found = jobs_of(settings, terminal.engine, make_app(settings, terminal.engine))
    assert {job.name for job in found} == {*JOB_NAMES}


def test_people_are_told_on_working_days_when_it_is_not_quiet(
    terminal: Terminal,
) -> None:
    settings = settings_of(terminal)
    app = make_app(settings, terminal.engine)
    digest = digest_of(settings, terminal.engine, app)
    keys = [digest.key_now(at) for at in (SUNDAY, NIGHT, MONDAY)]
    assert keys == ["", "", "2026-11-23"]


@pytest.mark.parametrize("site", ["https://desk.example", "https://desk.example/a/"])
def test_links_lead_to_the_site(terminal: Terminal, site: str) -> None:
    settings = settings_of(terminal, site_url=site)
    app = make_app(settings, terminal.engine)
    digest = digest_of(settings, terminal.engine, app)
    link = digest.links("duties.duty", {"key": 7})
    assert link == f"{site.rstrip('/')}/duties/7"
    assert digest.server.home == f"{site.rstrip('/')}/notices/settings"


def test_sending_by_hand_tells_once(terminal: Terminal) -> None:
    for _ in range(2):
        answer = terminal.run("notices", "send", "--anyway")
        assert answer.output == "有事要说的 0 人；发出邮件 0 封\n"
        assert answer.exit_code == 0


@pytest.mark.loopback
def test_the_doctor_says_whether_mail_goes(terminal: Terminal) -> None:
    assert "[正常] 邮件：没有设置" in terminal.run("doctor").output
    (terminal.data / "trainer.toml").write_text(
        'site_url = "http://desk.example"\nmail_from = "a@b.cn"\n'
        'mail_host = "127.0.0.1"\nmail_port = 1\n',
        "utf-8",
    )
    assert "[异常] 邮件" in terminal.run("doctor").output


@pytest.mark.slow
def test_a_worker_of_its_own_does_what_waits_and_ends_when_told(
    terminal: Terminal,
) -> None:
    with db.writing(terminal.engine) as session:
        jobs.ask(session, "notices.digest", "2020-01-01", at=datetime.now(UTC))
    with terminal.start("worker") as worker:
        end = time.monotonic() + PATIENCE
        while not is_done(terminal) and time.monotonic() < end:
            time.sleep(0.1)
        worker.send_signal(signal.SIGTERM)
        output, _ = worker.communicate(timeout=PATIENCE)
    assert is_done(terminal)
    assert worker.returncode == 0
    assert output.endswith("已停止\n")


def is_done(terminal: Terminal) -> bool:
    with db.reading(terminal.engine) as session:
        states = {run.key: run.state for run in jobs.runs(session, 1).items}
    return states["2020-01-01"] is JobState.DONE
