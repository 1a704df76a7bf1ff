from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.commands import REPOSITORY
from tests.commands import Terminal
from tests.factories import APPROVER
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import SETUP
from tests.factories import make_text
from tests.library.packs import CITING
from tests.library.packs import GOOD
from tests.library.packs import write_pack
from tests.library.test_laws import LAW
from tests.library.test_laws import NAME
from trainer.cli.starter import starter_files
from trainer.core.actor import READER
from trainer.core.errors import DeniedError
from trainer.kit import db
from trainer.kit.files import TextFile
from trainer.kit.files import read_folder
from trainer.library import service
from trainer.library.domain.pack import ENDINGS
from trainer.library.domain.pack import FOLDERS
from trainer.people import service as people
from trainer.people.domain.accounts import Account
from trainer.people.domain.roles import Role
from trainer.publishing import queries as publishing
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.models import RevisionRow

PACK = [TextFile(path, text) for path, text in GOOD.items()]
STARTER = REPOSITORY / "content"


def take_in(terminal: Terminal, files: list[TextFile]) -> None:
    command = service.Importing(files, "测试", APPROVER)
    with db.writing(terminal.engine) as session:
        service.import_pack(session, command, by=EDITOR, at=NOON)


def add_person(terminal: Terminal, login: str, role: Role) -> None:
    account = Account(login=login, name=f"{login}（虚构）", roles=frozenset({role}))
    with db.writing(terminal.engine) as session:
        people.add_person(session, account, "window-2026", by=SETUP, at=NOON)


def statuses(terminal: Terminal) -> list[str]:
    with db.reading(terminal.engine) as session:
        return list(session.scalars(select(RevisionRow.status)))


def test_an_import_makes_drafts_of_a_named_editor(
    terminal: Terminal, tmp_path: Path
) -> None:
    add_person(terminal, "zhou", Role.EDITOR)
    ran = terminal.run("content", "import", write_pack(tmp_path, GOOD), "--by", "zhou")
    assert (ran.exit_code, ran.stdout) == (0, "新增 2 篇（批准 0 篇），未变 0 篇\n")
    assert statuses(terminal) == [Status.DRAFT, Status.DRAFT]
    with db.reading(terminal.engine) as session:
        written = publishing.with_status(session, [Status.DRAFT], reader=SETUP)
        assert {revision.created_by for revision in written} == {1}
        assert publishing.in_force(session, NOON.date(), reader=READER) == []


def test_an_approver_brings_a_pack_in_force_and_again_changes_nothing(
    terminal: Terminal, tmp_path: Path
) -> None:
    add_person(terminal, "wu", Role.APPROVER)
    root = write_pack(tmp_path, GOOD)
    first = terminal.run("content", "import", root, "--approve-as", "wu")
    assert first.stdout == "新增 2 篇（批准 2 篇），未变 0 篇\n"
    again = terminal.run("content", "import", root, "--approve-as", "wu")
    assert again.stdout == "新增 0 篇（批准 0 篇），未变 2 篇\n"
    assert statuses(terminal) == [Status.APPROVED, Status.APPROVED]


def test_an_approver_brings_the_drafts_of_an_earlier_import_in_force(
    terminal: Terminal, tmp_path: Path
) -> None:
    add_person(terminal, "zhou", Role.EDITOR)
    add_person(terminal, "wu", Role.APPROVER)
    root = write_pack(tmp_path, GOOD)
    terminal.run("content", "import", root, "--by", "zhou")
    ran = terminal.run("content", "import", root, "--approve-as", "wu")
    assert ran.stdout == "新增 0 篇（批准 2 篇），未变 2 篇\n"
    assert statuses(terminal) == [Status.APPROVED, Status.APPROVED]


@pytest.mark.parametrize("option", ["--by", "--approve-as"])
def test_an_unknown_person_or_a_wrong_role_is_a_sentence(
    option: str, terminal: Terminal, tmp_path: Path
) -> None:
    add_person(terminal, "li", Role.CLERK)
    root = write_pack(tmp_path, GOOD)
    nobody = terminal.run("content", "import", root, option, "nobody")
    assert (nobody.exit_code, nobody.stderr) == (3, "没有工号 nobody，或账号已停用\n")
    clerk = terminal.run("content", "import", root, option, "li")
    assert clerk.exit_code == 3
    assert "您的账号没有" in clerk.stderr
    assert statuses(terminal) == []


def test_who_may_not_edit_imports_nothing(terminal: Terminal) -> None:
    with pytest.raises(DeniedError), db.writing(terminal.engine) as session:
        service.import_pack(session, service.Importing(PACK, ""), by=READER, at=NOON)
    assert statuses(terminal) == []


def test_a_pack_may_cite_what_the_database_holds(
    terminal: Terminal, tmp_path: Path
) -> None:
    take_in(terminal, PACK)
    later = CITING.replace("2026-09-20", "2026-10-08")
    path = "policies/rent-withdrawal/2026-10-08.md"
    good = terminal.run("content", "import", write_pack(tmp_path / "a", {path: later}))
    assert good.exit_code == 0, good.output
    gone = {path: later.replace("#conditions", "#gone")}
    for command in ("check", "import"):
        bad = terminal.run("content", command, write_pack(tmp_path / "b", gone))
        assert bad.exit_code == 1
        assert (
            "2026-10-08.md：第 17 行：引用“办法第一条”（rent-rules#gone）找不到条款："
            "“rent-rules”第 1 版 里没有编号为“gone”的条款"
        ) in bad.stdout


def test_a_pack_may_not_claim_days_the_database_has_given_away(
    terminal: Terminal, tmp_path: Path
) -> None:
    take_in(terminal, PACK)
    path = "policies/rent-rules/2020-01-01.md"
    other = GOOD[path].replace("无房", "没有住房")
    bad = terminal.run("content", "import", write_pack(tmp_path / "a", {path: other}))
    assert "第 7 行：生效期间与 “rent-rules”第 1 版（2020-01-01 起）重叠" in bad.stdout
    mended = other.replace("evidence:", "supersedes: 2020-01-01\nevidence:")
    good = terminal.run("content", "import", write_pack(tmp_path / "b", {path: mended}))
    assert (good.exit_code, good.stdout[:6]) == (0, "新增 1 篇")


def test_export_and_import_are_the_identity(terminal: Terminal, tmp_path: Path) -> None:
    correction = make_text(supersedes="2026-09-20", title="租房提取（更正）")
    crlf = make_text(effective_from="2027-01-01").replace("\n", "\r\n")
    more = [
        TextFile("policies/rent-withdrawal/2026-09-20.2.md", correction),
        TextFile("policies/rent-withdrawal/2027-01-01.md", "\ufeff" + crlf),
    ]
    take_in(terminal, [*PACK, *more])
    ran = terminal.run("content", "export", tmp_path / "out")
    assert ran.stdout == f"已导出 6 个文件到 {tmp_path / 'out'}\n"
    for file in [*PACK, *more]:
        written = (tmp_path / "out" / file.path).read_bytes()
        assert written == str(file.text).encode()
    again = terminal.run("content", "import", tmp_path / "out")
    assert again.stdout == "新增 0 篇（批准 0 篇），未变 4 篇\n"


def test_the_starter_pack_comes_out_as_it_went_in(
    starter: Terminal, tmp_path: Path
) -> None:
    files = starter_files()
    assert service.check_pack(files) == []
    starter.run("content", "export", tmp_path / "out")
    for file in files:
        here = Path(file.path)
        home = STARTER if here.is_relative_to(STARTER) else REPOSITORY
        out = tmp_path / "out" / here.relative_to(home)
        if out.parent.name in FOLDERS.values():  # of these the day is in the text
            (out,) = out.with_suffix("").iterdir()
        assert out.read_bytes() == Path(file.path).read_bytes()
    assert len(read_folder(tmp_path / "out", ENDINGS)) == len(files)


def test_drafts_are_not_exported(terminal: Terminal, tmp_path: Path) -> None:
    with db.writing(terminal.engine) as session:
        service.import_pack(session, service.Importing(PACK, ""), by=EDITOR, at=NOON)
    terminal.run("content", "export", tmp_path)
    assert not (tmp_path / "policies").exists()


def test_a_folder_that_cannot_be_written_is_a_sentence(
    terminal: Terminal, tmp_path: Path
) -> None:
    take_in(terminal, PACK)
    (tmp_path / "file").touch()
    ran = terminal.run("content", "export", tmp_path / "file")
    assert (ran.exit_code, "写不了" in ran.stderr) == (3, True)


def test_a_law_text_becomes_an_article_with_its_clauses(
    terminal: Terminal, tmp_path: Path
) -> None:
    add_person(terminal, "wu", Role.APPROVER)
    root = write_pack(tmp_path, {NAME: LAW})
    ran = terminal.run("content", "import", root, "--approve-as", "wu")
    assert ran.stdout == (
        "新增 1 篇（批准 1 篇），未变 0 篇\n其中法规原文 1 部，共 6 条\n"
    )
    with db.reading(terminal.engine) as session:
        slug = "shi-li-shi-chuang-kou-cha-shui-guan-li-tiao-li"
        [revision] = publishing.approved(session, reader=READER, slug=slug)
        clauses = {s.id: s for s in publishing.sections(session, revision)}
    assert clauses["art-10-1"].label == "第十条之一"
    assert clauses["art-10-1"].text == "停水时，应当提前一日告知。"
    again = terminal.run("content", "import", root)
    assert again.stdout.startswith("新增 0 篇（批准 0 篇），未变 1 篇")


def test_a_law_that_does_not_say_its_day_is_named(
    terminal: Terminal, tmp_path: Path
) -> None:
    text = LAW.replace("2020年7月1日", "2018年7月1日")
    root = write_pack(tmp_path / "a", {NAME: text})
    ran = terminal.run("content", "import", root)
    assert "有 1 部没有写明现行文本的施行日" in ran.stderr
    assert str(root / NAME) in ran.stderr
    named = write_pack(tmp_path / "b", {"乙" + NAME: text})
    day = terminal.run("content", "import", named, "--effective-from", "2020-06-01")
    assert day.stderr == ""


def test_two_days_of_one_law_are_two_versions(
    terminal: Terminal, tmp_path: Path
) -> None:
    newer = LAW.replace("2020年7月1日", "2022年1月1日").replace("六十", "七十")
    files = {NAME: LAW, NAME.replace("2020-05-06", "2021-12-01"): newer}
    ran = terminal.run("content", "import", write_pack(tmp_path, files))
    assert ran.stdout.startswith("新增 2 篇")
    with db.reading(terminal.engine) as session:
        drafts = publishing.with_status(session, [Status.DRAFT], reader=SETUP)
    assert len({draft.document for draft in drafts}) == 1
