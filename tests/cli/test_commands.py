from __future__ import annotations

import json
import os
import shutil
import signal
from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest

from tests.commands import Terminal
from tests.databases import SECRET
from tests.databases import Databases
from tests.factories import make_approved
from tests.factories import make_draft
from tests.factories import make_text
from trainer import migrations
from trainer.cli.demo import MARK
from trainer.kit import db
from trainer.kit.index import Store
from trainer.search import service as search

YEAR_AGO = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def filled(terminal: Terminal) -> Terminal:
    """An installation with one article in two versions, and its index."""
    with db.writing(terminal.engine) as session:
        make_approved(
            session,
            make_text(
                effective_from="2020-01-01",
                body="## 一句话结论 {#answer}\n\n房租超过收入 **三成** 才能提。",
            ),
            at=YEAR_AGO,
        )
        make_approved(session, at=YEAR_AGO)
    assert terminal.run("index", "rebuild").exit_code == 0
    return terminal


def test_search_prints_json_with_the_promised_keys(filled: Terminal) -> None:
    ran = filled.run("search", "租房提取", "--on", "2026-09-20", "--json")
    assert ran.exit_code == 0
    [found] = json.loads(ran.stdout)
    assert found | {"score": 0} == {
        "rank": 1,
        "document": "rent-withdrawal",
        "title": "租房提取",
        "number": 2,
        "kind": "guide",
        "line": "withdraw",
        "section": found["section"],
        "section_name": found["section_name"],
        "status": "in_force",
        "effective_from": "2026-09-20",
        "effective_to": None,
        "answer": "无房租房可提，每月 1500 元。",
        "citation": found["citation"],
        "unverified": False,
        "sample": False,
        "score": 0,
    }
    assert found["score"] > 0
    assert "第 2 版" in found["citation"]


def test_search_answers_as_of_the_business_date(filled: Terminal) -> None:
    before = filled.run("search", "租房提取", "--on", "2026-09-19", "--json")
    [found] = json.loads(before.stdout)
    assert (found["effective_from"], found["effective_to"]) == (
        "2020-01-01",
        "2026-09-20",
    )
    assert "三成" in found["answer"]
    early = filled.run("search", "租房提取", "--on", "2019-01-01", "--json")
    assert {row["status"] for row in json.loads(early.stdout)} == {"future"}


def test_search_shows_a_person_the_answer(filled: Terminal) -> None:
    ran = filled.run("search", "租房提取", "--on", "2026-09-20", "--limit", "1")
    assert ran.exit_code == 0
    assert "租房提取" in ran.stdout
    assert "无房租房可提，每月 1500 元。" in ran.stdout


def test_search_that_finds_nothing_ends_with_1(filled: Terminal) -> None:
    ran = filled.run("search", "qqqq", "--json")
    assert (ran.exit_code, json.loads(ran.stdout)) == (1, [])


@pytest.mark.parametrize(
    "arguments",
    [
        ("search",),
        ("search", "租房", "--on", "2026-02-30"),
        ("search", "租房", "--limit", "0"),
        ("search", "租房", "--limit", "51"),
        ("content", "import"),
        ("content", "import", "x", "--effective-from", "someday"),
        ("serve", "--port", "many"),
        ("fly",),
    ],
)
def test_wrong_usage_ends_with_2(terminal: Terminal, arguments: tuple[str]) -> None:
    assert terminal.run(*arguments).exit_code == 2


def test_stats_count_what_is_in_force_by_kind(filled: Terminal) -> None:
    with db.writing(filled.engine) as session:
        make_draft(session, slug="another")
    ran = filled.run("content", "stats", "--json")
    assert (ran.exit_code, json.loads(ran.stdout)) == (0, {"guide": 1})
    assert filled.run("content", "stats").stdout.split() == ["guide", "1"]


def test_index_check_ends_with_1_when_index_and_database_differ(
    filled: Terminal,
) -> None:
    same = filled.run("index", "check")
    assert (same.exit_code, same.stdout, same.stderr) == (0, "", "不一致 0 条\n")
    with db.writing(filled.engine) as session:
        make_approved(session, slug="another", at=YEAR_AGO)
    different = filled.run("index", "check")
    assert different.exit_code == 1
    assert "another" in different.stdout
    assert filled.run("index", "rebuild").exit_code == 0
    assert filled.run("index", "check").exit_code == 0


def test_without_an_index_the_database_answers_and_the_check_says_so(
    filled: Terminal,
) -> None:
    shutil.rmtree(filled.data / "index")
    ran = filled.run("search", "租房提取", "--on", "2026-09-20", "--json")
    assert [row["document"] for row in json.loads(ran.stdout)] == ["rent-withdrawal"]
    check = filled.run("index", "check")
    assert (check.exit_code, "索引不存在" in check.stderr) == (3, True)


def test_doctor_says_what_is_healthy(filled: Terminal) -> None:
    filled.data.chmod(0o700)
    ran = filled.run("doctor")
    assert ran.exit_code == 0, ran.output
    assert ran.stdout.count("[正常]") == len(ran.stdout.splitlines()) >= 4


def test_doctor_says_what_is_not(filled: Terminal) -> None:
    with db.writing(filled.engine) as session:
        make_approved(session, slug="another", at=YEAR_AGO)
    ran = filled.run("doctor")
    assert ran.exit_code == 1
    assert "[异常] 搜索索引" in ran.stdout
    assert "trainer index rebuild" in ran.stdout


def test_a_data_directory_that_others_can_read_is_a_sentence(filled: Terminal) -> None:
    filled.data.chmod(0o755)
    for command in (("search", "租房"), ("doctor",), ("serve", "--port", "0")):
        ran = filled.run(*command)
        assert (ran.exit_code, "Traceback" in ran.output) == (3, False)
        assert str(filled.data) in ran.stderr


def test_the_database_goes_up_and_down(databases: Databases, tmp_path: Path) -> None:
    engine = databases.empty()
    new = Terminal(engine, tmp_path)
    head = migrations.head()
    assert new.run("db", "current").stdout == f"空(程序需要 {head})\n"
    assert new.run("db", "upgrade").stdout == f"{head}\n"
    assert new.run("db", "current").stdout == f"{head}(程序需要 {head})\n"
    assert new.run("db", "downgrade", typed="n\n").exit_code == 1
    assert migrations.current(engine) == head
    down = new.run("db", "downgrade", "--to", "base", "--yes")
    assert (down.exit_code, down.stdout) == (0, "空\n")
    databases.drop(engine)


@pytest.mark.parametrize(
    "arguments",
    [
        ("serve", "--port", "0"),
        ("search", "租房"),
        ("content", "import", "."),
        ("content", "export", "out"),
        ("content", "stats"),
        ("index", "rebuild"),
        ("index", "check"),
        ("people", "add", "zhao", "--name", "赵", "--role", "clerk", "--password", "x"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_database_of_another_version_is_a_sentence(
    databases: Databases, tmp_path: Path, arguments: tuple[str]
) -> None:
    engine = databases.empty()
    ran = Terminal(engine, tmp_path).run(*arguments)
    assert ran.exit_code == 3
    assert "请先运行 trainer db upgrade" in ran.stderr
    databases.drop(engine)


def test_a_data_directory_that_cannot_be_is_a_sentence(terminal: Terminal) -> None:
    for command in (("search", "租房"), ("doctor",), ("content", "check", ".")):
        ran = terminal.run(*command, "--data", "/proc/nowhere")
        assert ran.exit_code == 3
        assert "数据目录 /proc/nowhere 不能写入" in ran.stderr


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "trainer.db").write_bytes(b"no database " * 1000)
    engine = db.open_engine(db.sqlite_url(tmp_path / "trainer.db"), SECRET)
    ran = Terminal(engine, tmp_path).run("search", "租房")
    assert ran.exit_code == 3
    assert "数据库用不了（file is not a database）；请运行 trainer doctor" in ran.stderr
    doctor = Terminal(engine, tmp_path).run("doctor")
    assert (doctor.exit_code, "[异常] 数据库" in doctor.stdout) == (1, True)


def test_check_needs_no_database_and_makes_none(tmp_path: Path) -> None:
    engine = db.open_engine(db.sqlite_url(tmp_path / "data" / "trainer.db"), SECRET)
    (tmp_path / "pack").mkdir()
    ran = Terminal(engine, tmp_path / "data").run("content", "check", tmp_path / "pack")
    assert (ran.exit_code, ran.stderr) == (0, "检查了 0 个文件，0 处要改\n")
    assert not (tmp_path / "data" / "trainer.db").exists()


def test_the_first_account_is_opened(terminal: Terminal) -> None:
    arguments = ("people", "add", "zhao", "--name", "赵管理", "--role", "administrator")
    ran = terminal.run(*arguments, "--password", "window-2026")
    assert (ran.exit_code, "已新建账号 zhao" in ran.stdout) == (0, True)
    again = terminal.run(*arguments, "--password", "window-2026")
    assert (again.exit_code, "已有账号" in again.stderr) == (3, True)
    assert terminal.run("demo", "--no-serve").exit_code == 3


@pytest.mark.slow
def test_demo_twice_is_demo_once(terminal: Terminal) -> None:
    first = terminal.run("demo", "--no-serve")
    assert first.exit_code == 0, first.output
    assert (terminal.data / MARK).exists()
    assert "密码都是 window-2026" in first.stdout
    for login in ("editor", "approver", "clerk", "supervisor", "admin"):
        assert f"  {login}" in first.stdout
    assert terminal.run("index", "check").exit_code == 0
    counts = terminal.run("content", "stats", "--json").stdout
    assert sum(json.loads(counts).values()) >= 30
    again = terminal.run("demo", "--no-serve")
    assert again.exit_code == 0
    assert "新增 0 篇版本" in again.stdout
    assert terminal.run("content", "stats", "--json").stdout == counts


def test_demo_leaves_a_real_installation_alone(terminal: Terminal) -> None:
    role = ("--role", "administrator", "--password", "window-2026")
    terminal.run("people", "add", "zhao", "--name", "赵管理", *role)
    ran = terminal.run("demo", "--no-serve")
    assert ran.exit_code == 3
    assert "里已有正式账号，不能变成演示站点；请用 --data 指定另一个目录" in ran.stderr
    assert not (terminal.data / MARK).exists()
    assert terminal.run("content", "stats", "--json").stdout == "{}\n"


def test_serve_prints_its_address_and_ends_with_ctrl_c(filled: Terminal) -> None:
    process = filled.start("serve", "--port", "0")
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("网站已启动：http://127.0.0.1:")
        port = int(line.split(":")[2].split("/")[0])
        assert port > 0
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(timeout=60) == 0
        assert process.stdout.read() == "已停止\n"
    finally:
        process.kill()
        process.communicate()


def test_ctrl_c_during_an_import_leaves_nothing_and_says_so(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "policies" / "rent" / "2026-09-20.md"
    path.parent.mkdir(parents=True)
    path.write_text(make_text(), "utf-8")
    with monkeypatch.context() as patched:
        # The draft is written, the step is not recorded yet.
        patched.setattr("trainer.publishing.service.drafting.record", interrupted)
        ran = terminal.run("content", "import", tmp_path)
    assert ran.exit_code == 130
    assert "已中断：正在做的这一步没有留下任何改动，可以重新运行" in ran.stderr
    again = terminal.run("content", "import", tmp_path)
    assert again.stdout == "新增 1 篇（批准 0 篇），未变 0 篇\n"


def test_index_rebuild_beside_another_writer_is_a_sentence(filled: Terminal) -> None:
    writer = Store(filled.data / "index")
    assert writer.lock.try_acquire()
    ran = filled.run("index", "rebuild")
    writer.lock.release()
    assert (ran.exit_code, "另一个进程正在更新搜索索引" in ran.stderr) == (3, True)
    with db.reading(filled.engine) as session:
        assert search.catch_up(session, writer) == 0
