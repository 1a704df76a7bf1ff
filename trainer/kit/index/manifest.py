"""The file ``current``: which files make up the index, and their check sums.

It is replaced by one rename, and that is the commit: files it does not name do
not exist for anybody. The number of the last change of the database stands in it,
so a crash leaves the old documents with the old number. Every file is checked
before it is unpickled. Nothing is flushed to the disk: the database is the truth.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from trainer.core.wording import N_
from trainer.kit.index.errors import IndexBrokenError
from trainer.kit.index.schema import SCHEMA_HASH

CURRENT = "current"

Stamp = tuple[int, int, int]
"""inode, time and size of the manifest: changes with every commit."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One state of the index.

    Attributes:
        schema: Hash of the schema it was written with.
        directory: Name of its directory in the root.
        generation: Last change of the database in it.
        files: Name of each file in the directory -> (size in bytes, CRC-32).
        spared: Files of the state before, kept for readers on their way.
    """

    schema: str
    directory: str
    generation: int
    files: Mapping[str, tuple[int, int]]
    spared: tuple[str, ...] = ()


def stamp(root: Path) -> Stamp:
    """Identify the present state by looking at one directory entry.

    Raises:
        IndexBrokenError: there is no index.
    """
    try:
        found = (root / CURRENT).stat()
    except OSError as error:
        raise IndexBrokenError(N_("索引不存在")) from error
    return found.st_ino, found.st_mtime_ns, found.st_size


def read(path: Path) -> Manifest:
    """Read a manifest.

    Args:
        path: The file; its directory must belong to us and to nobody else,
            because the files it names are pickles.

    Raises:
        IndexBrokenError: it is missing, damaged, of another version or not safe.
    """
    try:
        _must_be_private(path.parent)
        check, _, body = path.read_bytes().partition(b"\n")
        if int(check, 16) != crc32(body):
            raise IndexBrokenError(N_("目录文件已损坏"))
        data = json.loads(body)
    except FileNotFoundError as error:
        raise IndexBrokenError(N_("索引不存在")) from error
    except (OSError, ValueError) as error:
        raise IndexBrokenError(N_("目录文件无法读取")) from error
    if data["schema"] != SCHEMA_HASH:
        raise IndexBrokenError(N_("索引由其他版本的程序建立"))
    files = {name: (size, check) for name, (size, check) in data["files"].items()}
    return Manifest(**{**data, "files": files, "spared": tuple(data["spared"])})


def write(path: Path, manifest: Manifest) -> None:
    """Replace a manifest in one step; on an error the old one stays."""
    body = json.dumps(asdict(manifest)).encode()
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(b"%08x\n" % crc32(body) + body)
    beside.replace(path)


def content(directory: Path, name: str, expected: tuple[int, int]) -> bytes:
    """Read a file that a manifest names.

    Raises:
        FileNotFoundError: a newer commit may have removed it.
        IndexBrokenError: it is not what was written.
    """
    try:
        data = (directory / name).read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise IndexBrokenError(N_("索引文件无法读取")) from error
    if (len(data), crc32(data)) != expected:
        raise IndexBrokenError(N_("索引文件已损坏"))
    return data


def fingerprint(path: Path) -> tuple[int, int]:
    """Give (size, CRC-32) of a file just written."""
    data = path.read_bytes()
    return len(data), crc32(data)


def _must_be_private(directory: Path) -> None:
    found = directory.stat()
    is_open = stat.S_IMODE(found.st_mode) & 0o077
    is_foreign = hasattr(os, "geteuid") and found.st_uid != os.geteuid()
    if os.name == "posix" and (is_open or is_foreign):
        raise IndexBrokenError(N_("索引目录的权限不安全，应只归本程序所有"))
