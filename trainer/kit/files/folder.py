"""A folder of text files, read and written whole."""

from __future__ import annotations

import os
from collections.abc import Collection
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from trainer.core.document import MOST_BYTES
from trainer.core.document import Mistake
from trainer.core.document import decode
from trainer.core.errors import TrainerError
from trainer.core.wording import N_


class FolderError(TrainerError):
    """The folder cannot be read or written."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of a pack: its path with ``/``, and its text.

    ``text`` is a mistake when the bytes are no text.
    """

    path: str
    text: str | Mistake


def read_folder(root: Path, endings: Collection[str]) -> list[TextFile]:
    """Read every file below a folder, in order of path; hidden ones are left out.

    A single file is a pack of one. Links are not followed out of the folder. A
    file with another ending is a mistake, so that nothing is passed over in
    silence. Paths begin with ``root`` as it was given.

    Raises:
        FolderError: there is no such folder, or it cannot be read.
    """
    try:
        if root.is_file():
            return [_file(root, endings)]
        if not root.is_dir():
            raise FolderError(N_("没有这个文件或目录：{root}", root=root))
        home = root.resolve()
        paths = sorted(path for path in root.rglob("*") if path.is_file())
    except OSError as error:
        raise FolderError(
            N_("读不了 {root}：{why}", root=root, why=error.strerror)
        ) from error
    return [
        _file(path, endings)
        for path in paths
        if path.resolve().is_relative_to(home)
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
    ]


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
            raise FolderError(
                N_(
                    "写不了 {target}：{why}",
                    target=target,
                    why=error.strerror,
                )
            ) from error


def _file(path: Path, endings: Collection[str]) -> TextFile:
    known = path.suffix.lower() in endings
    return TextFile(path.as_posix(), _read(path) if known else _foreign(path, endings))


def _foreign(path: Path, endings: Collection[str]) -> Mistake:
    return Mistake(
        0,
        N_(
            "不收“{kind}”文件，只收 {kinds}；压缩包请先解压，其他文件请移走",
            kind=path.suffix or path.name,
            kinds=tuple(endings),
        ),
    )


def _read(path: Path) -> str | Mistake:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        size = path.stat().st_size / 1024 / 1024
    except OSError as error:
        return Mistake(0, N_("读不了：{why}", why=error.strerror))
    if len(data) > MOST_BYTES:
        return Mistake(
            0,
            N_(
                "文件有 {size:.1f} MB，超过上限 {most} KB；请拆成几篇",
                size=size,
                most=MOST_BYTES // 1024,
            ),
        )
    return decode(data)
