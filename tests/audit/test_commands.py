"""``trainer audit``: what it says, and its exit codes."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.audit.histories import end_of
from tests.audit.histories import live
from tests.audit.histories import spoil
from tests.commands import Terminal
from tests.databases import SECRET
from trainer.audit import queries
from trainer.audit.service import ANCHOR_FILE
from trainer.cli import trainer
from trainer.core.clock import day_of
from trainer.core.clock import now
from trainer.kit import db

DAYS = 8
YEARS = timedelta(4 * 365)


@pytest.fixture
def history(terminal: Terminal) -> Terminal:
    """An installation with eight entries, four years old."""
    live(terminal.engine, DAYS, since=now() - YEARS)
    return terminal


def told(terminal: Terminal, *more: str | Path) -> dict[str, object]:
    ran = terminal.run("audit", "verify", "--json", *more)
    said = json.loads(ran.stdout)
    assert isinstance(said, dict)
    assert (ran.exit_code == 0) == said["ok"]
    return said


def test_verify_says_what_is_in_order_and_keeps_the_anchor(history: Terminal) -> None:
    ran = history.run("audit", "verify")
    assert ran.exit_code == 0
    assert "第 1 至 8 条，共 8 条，全部对得上" in ran.stdout
    assert end_of(history.engine).hash in ran.stdout
    assert "还没有存底" in ran.stderr
    assert (history.data / ANCHOR_FILE).exists()
    assert "还没有存底" not in history.run("audit", "verify").stderr


def test_verify_of_nothing_is_in_order(terminal: Terminal) -> None:
    ran = terminal.run("audit", "verify")
    assert (ran.exit_code, ran.stdout) == (0, "还没有操作记录\n")


def test_verify_names_the_first_bad_number_and_ends_with_1(history: Terminal) -> None:
    history.run("audit", "anchor")
    kept = (history.data / ANCHOR_FILE).read_bytes()
    spoil(history.engine, "UPDATE audit_entry SET person_id = 9 WHERE id IN (5, 7)")
    ran = history.run("audit", "verify")
    assert ran.exit_code == 1
    assert (
        ran.stdout == "第 5 条：内容与校验值不符：被改动、被调换，或不是本系统写入的\n"
    )
    assert (history.data / ANCHOR_FILE).read_bytes() == kept


def test_verify_as_json(history: Terminal) -> None:
    end = end_of(history.engine)
    assert told(history) == {
        "ok": True,
        "checked": DAYS,
        "first": 1,
        "last": DAYS,
        "hash": end.hash,
        "bad": None,
        "problem": None,
        "anchor": None,
    }
    spoil(history.engine, "DELETE FROM audit_entry WHERE id > 6")
    said = told(history)
    assert (said["bad"], said["problem"]) == (7, "tail")
    assert (said["last"], said["anchor"]) == (6, DAYS)


def test_an_anchor_kept_elsewhere_finds_what_the_one_here_does_not(
    history: Terminal, tmp_path: Path
) -> None:
    history.run("audit", "anchor")
    elsewhere = tmp_path / "copied.json"
    (history.data / ANCHOR_FILE).rename(elsewhere)
    spoil(history.engine, "DELETE FROM audit_entry WHERE id > 6")
    assert told(history, "--anchor", elsewhere)["problem"] == "tail"
    assert told(history)["ok"]


def test_a_changed_secret_is_hinted_at(history: Terminal) -> None:
    spoil(history.engine, "UPDATE audit_entry SET hash = 'x'")
    assert "把旧值写进设置 audit_secret" in history.run("audit", "verify").stderr


def test_a_changed_secret_with_the_old_one_beside_it_proves_everything(
    history: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "TRAINER_AUDIT_SECRET", SECRET)
    environment = {**history.environment, "TRAINER_SECRET_KEY": "x" * 40}
    ran = CliRunner().invoke(trainer, ["audit", "verify"], env=environment)
    assert ran.exit_code == 0


def test_the_anchor_is_shown_to_be_copied(history: Terminal) -> None:
    end = end_of(history.engine)
    ran = history.run("audit", "anchor")
    assert (ran.exit_code, ran.stdout) == (0, f"第 {end.number} 条 {end.hash}\n")


def test_an_anchor_of_nothing_says_so(terminal: Terminal) -> None:
    assert "还没有操作记录" in terminal.run("audit", "anchor").stdout


def test_after_a_restored_backup_the_anchor_is_made_anew_on_demand(
    history: Terminal,
) -> None:
    history.run("audit", "anchor")
    spoil(history.engine, "DELETE FROM audit_entry WHERE id > 6")
    refused = history.run("audit", "anchor")
    assert refused.exit_code == 3
    assert "存底记着第 8 条" in refused.stderr
    assert history.run("audit", "anchor", "--reset", typed="n\n").exit_code == 1
    assert history.run("audit", "verify").exit_code == 1
    done = history.run("audit", "anchor", "--reset", "--yes")
    assert done.exit_code == 0
    assert history.run("audit", "verify").exit_code == 0
    with db.reading(history.engine) as session:
        assert queries.entries(session)[-1].verb == "audit.anchor_reset"


def test_archive_moves_what_is_older_than_the_setting(
    history: Terminal, tmp_path: Path
) -> None:
    live(history.engine, 3, since=now() - timedelta(1000))
    ran = history.run("audit", "archive", tmp_path / "old.gz")
    assert ran.exit_code == 0, ran.output
    assert f"已归档 8 条（到第 8 条）到 {tmp_path / 'old.gz'}" in ran.stdout
    ran = history.run("audit", "verify")
    assert "第 9 至 12 条，共 4 条，全部对得上" in ran.stdout
    ran = history.run("audit", "verify", tmp_path / "old.gz")
    assert "第 1 至 8 条，共 8 条，全部对得上" in ran.stdout
    assert ran.stderr == ""
    again = history.run("audit", "archive", tmp_path / "more.gz")
    assert "不用归档" in again.stdout
    assert not (tmp_path / "more.gz").exists()


def test_archive_before_a_day(history: Terminal, tmp_path: Path) -> None:
    day = day_of(now() - YEARS) + timedelta(3)
    path = tmp_path / "old.gz"
    ran = history.run("audit", "archive", "--before", day.isoformat(), path)
    assert "已归档 3 条（到第 3 条）" in ran.stdout
    assert told(history)["first"] == 4
    assert told(history, path)["last"] == 3


def test_archive_leaves_half_a_year(history: Terminal, tmp_path: Path) -> None:
    day = day_of(now()) - timedelta(180)
    path = tmp_path / "old.gz"
    ran = history.run("audit", "archive", "--before", day.isoformat(), path)
    assert ran.exit_code == 3
    assert "操作记录至少要留 183 天" in ran.stderr
    assert not path.exists()


def test_archive_finishes_one_that_was_interrupted(
    history: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("trainer.audit.cli._remove", lambda _site: 0)
        history.run("audit", "archive", tmp_path / "old.gz")
    assert told(history)["first"] == 1
    ran = history.run("audit", "archive", tmp_path / "more.gz")
    assert "先移走了上次归档剩下的 8 条" in ran.stdout
    assert told(history)["first"] == 9


def test_archive_refuses_what_is_not_in_order(
    history: Terminal, tmp_path: Path
) -> None:
    history.run("audit", "anchor")
    spoil(history.engine, "UPDATE audit_entry SET person_id = 9 WHERE id = 2")
    ran = history.run("audit", "archive", tmp_path / "old.gz")
    assert (ran.exit_code, "请先用 trainer audit verify 查明" in ran.stderr) == (
        3,
        True,
    )
    spoil(history.engine, "DELETE FROM audit_entry WHERE id > 6")
    ran = history.run("audit", "archive", tmp_path / "old.gz")
    assert (ran.exit_code, "存底记着第 8 条" in ran.stderr) == (3, True)
    assert not (tmp_path / "old.gz").exists()


def test_an_archive_whose_act_is_gone_says_what_it_follows(
    history: Terminal, tmp_path: Path
) -> None:
    history.run("audit", "archive", tmp_path / "old.gz")
    spoil(history.engine, "DELETE FROM audit_entry")
    ran = history.run("audit", "verify", tmp_path / "old.gz")
    assert ran.exit_code == 0
    assert "上一份归档应止于第 0 条" in ran.stderr


def test_verify_of_a_spoiled_or_foreign_file(history: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "old.gz"
    history.run("audit", "archive", path)
    path.write_bytes(path.read_bytes()[:-40])
    ran = history.run("audit", "verify", path)
    assert (ran.exit_code, "归档文件不完整" in ran.stdout) == (1, True)
    path.write_text("nothing", "utf-8")
    ran = history.run("audit", "verify", path)
    assert (ran.exit_code, "不是操作记录的归档文件" in ran.stderr) == (3, True)
    assert history.run("audit", "verify", tmp_path / "none").exit_code == 2


def test_doctor_looks_at_the_end(history: Terminal) -> None:
    history.run("index", "rebuild")
    assert "[正常] 操作记录：末尾与存底一致，到第 8 条" in history.run("doctor").stdout
    spoil(history.engine, "DELETE FROM audit_entry WHERE id > 6")
    ran = history.run("doctor")
    assert (ran.exit_code, "[异常] 操作记录：存底记着第 8 条" in ran.stdout) == (
        1,
        True,
    )
