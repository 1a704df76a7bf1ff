"""A folder of text files, read and written whole."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from trainer.core.document import MOST_BYTES
from trainer.core.document import Mistake
from trainer.core.document import decode
from trainer.core.errors import TrainerError


class FolderError(TrainerError):
    """The folder cannot be read or written."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of a pack: its path inside the pack with ``/``, and its text.

    ``text`` is a mistake when the bytes are no text.
    """

    path: str
    text: str | Mistake


def read_folder(root: Path, endings: Iterable[str]) -> list[TextFile]:
    """Read every file with one of the endings, by path; hidden ones are left out.

    A single file is a pack of one. Links are not followed out of the folder.

    Raises:
        FolderError: there is no such folder, or it cannot be read.
    """
    endings = tuple(endings)
    if root.is_file():
        return [TextFile(root.name, _read(root))]
    if not root.is_dir():
        raise FolderError(f"没有这个文件或目录：{root}")
    home = root.resolve()
    found = [
        path
        for path in sorted(root.rglob("*"))
        if path.suffix in endings
        and path.is_file()
        and path.resolve().is_relative_to(home)
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
    ]
    return [TextFile(path.relative_to(root).as_posix(), _read(path)) for path in found]


def write_folder(root: Path, files: Iterable[TextFile]) -> None:
    """Write files below a folder; each appears whole or not at all.

    Raises:
        FolderError: a file cannot be written.
    """
    for file in files:
        if isinstance(file.text, Mistake):
            continue
        target = root / file.path
        draft = target.with_name(f".{target.name}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(file.text.encode())
            os.replace(draft, target)  # noqa: PTH105  (atomic, also over an old file)
        except OSError as error:
            raise FolderError(f"写不了 {target}：{error.strerror}") from error


def _read(path: Path) -> str | Mistake:
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        size = path.stat().st_size / 1024 / 1024
        return Mistake(
            0, f"文件有 {size:.1f} MB，超过上限 {MOST_BYTES // 1024} KB；请拆成几篇"
        )
    return decode(data)
