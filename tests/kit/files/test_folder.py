from __future__ import annotations

import os
from pathlib import Path

import pytest

from trainer.core.document import Mistake
from trainer.kit.files import TextFile
from trainer.kit.files import read_folder
from trainer.kit.files import write_folder
from trainer.kit.files.folder import FolderError

ENDINGS = (".md", ".yaml")


def names(root: Path) -> list[str]:
    files = read_folder(root, ENDINGS)
    return [Path(file.path).relative_to(root).as_posix() for file in files]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    files = [TextFile("a/b.md", "\ufeff甲\r\n"), TextFile("c.yaml", "乙")]
    write_folder(tmp_path, files)
    assert [file.text for file in read_folder(tmp_path, ENDINGS)] == [
        "\ufeff甲\r\n",
        "乙",
    ]
    assert names(tmp_path) == ["a/b.md", "c.yaml"]
    write_folder(tmp_path, [TextFile("c.yaml", "丙"), TextFile("d.md", Mistake(0, ""))])
    assert read_folder(tmp_path / "c.yaml", ENDINGS) == [
        TextFile((tmp_path / "c.yaml").as_posix(), "丙")
    ]


def test_hidden_files_and_links_out_of_the_folder_are_left_out(tmp_path: Path) -> None:
    root = tmp_path / "pack"
    write_folder(root, [TextFile(name, "甲") for name in ("a.md", ".b.md", ".c/d.md")])
    (tmp_path / "secret.md").write_text("秘密", "utf-8")
    (root / "e.md").symlink_to(tmp_path / "secret.md")
    (root / "f.md").symlink_to(root / "a.md")
    assert names(root) == ["a.md", "f.md"]


def test_a_file_of_another_kind_is_named_and_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    [file] = read_folder(tmp_path, ENDINGS)
    assert file.text == Mistake(
        0, "不收“.docx”文件，只收 .md、.yaml；压缩包请先解压，其他文件请移走"
    )


def test_a_large_file_is_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(3 * 1024**3)
    [found] = read_folder(tmp_path, ENDINGS)
    assert found.text == Mistake(0, "文件有 3072.0 MB，超过上限 512 KB；请拆成几篇")


def test_a_file_that_goes_away_or_cannot_be_read_is_a_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path, [TextFile("a.md", "甲")])

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    [file] = read_folder(tmp_path, ENDINGS)
    assert file.text == Mistake(0, "读不了：Permission denied")


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="没有这个文件或目录"):
        read_folder(tmp_path / "none", ENDINGS)


def test_a_failed_write_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path, [TextFile("a.md", "旧")])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        with pytest.raises(FolderError, match=r"写不了 .*：No space"):
            write_folder(tmp_path, [TextFile("a.md", "新")])
    assert (tmp_path / "a.md").read_text("utf-8") == "旧"
    assert names(tmp_path) == ["a.md"]
