"""Two places for Whoosh's files: one that spares old files, one in memory."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.filedb.structfile import StructFile


class SparingStorage(FileStorage):
    """A directory in which one writer works while others read.

    Whoosh deletes what it no longer needs at once; here only what this writer made
    itself is deleted, the rest is swept after the new manifest is in place.

    Attributes:
        live: Names of the files that make up the index after the commit.
    """

    def __init__(self, directory: Path, live: Iterable[str]) -> None:
        super().__init__(str(directory))
        self.live = set(live)
        self._made: set[str] = set()
        self._open: list[StructFile] = []
        self._temporary: list[SparingStorage] = []

    def create_file(
        self,
        name: str,
        excl: bool = False,  # noqa: FBT001, FBT002  (Whoosh's signature)
        mode: str = "wb",
        **options: Any,  # noqa: ANN401  (likewise)
    ) -> StructFile:
        """Create a file and remember it."""
        file: StructFile = super().create_file(name, excl, mode, **options)
        self._open.append(file)
        self._made.add(name)
        self.live.add(name)
        return file

    def open_file(
        self,
        name: str,
        **options: Any,  # noqa: ANN401  (Whoosh's signature)
    ) -> StructFile:
        """Open a file and remember it."""
        file: StructFile = super().open_file(name, **options)
        self._open.append(file)
        return file

    def temp_storage(self, name: str | None = None) -> SparingStorage:
        """Make a directory inside, for the writer alone."""
        storage = SparingStorage(Path(self.folder) / str(name), ())
        self._temporary.append(storage)
        storage.create()
        return storage

    def rename_file(
        self,
        oldname: str,
        newname: str,
        safe: bool = False,  # noqa: FBT001, FBT002  (Whoosh's signature)
    ) -> None:
        """Rename a file made here."""
        super().rename_file(oldname, newname, safe=safe)
        self.live.discard(oldname)
        self.live.add(newname)
        self._made.add(newname)

    def delete_file(self, name: str) -> None:
        """Delete what was made here; of the rest only say that it is not needed."""
        self.live.discard(name)
        if name in self._made:
            super().delete_file(name)

    def lock(self, name: str) -> Lock:  # noqa: ARG002  (Whoosh's signature)
        """Give a lock nobody else knows: the writer lock was taken before."""
        return Lock()

    def abandon(self) -> None:
        """Close what the writer left open: much after a failure, nothing otherwise."""
        for storage in self._temporary:
            storage.abandon()
        for file in self._open:
            if not file.is_closed:
                with suppress(OSError):
                    file.close()


class MemoryStorage(RamStorage):
    """Files that were read and checked; nothing on the disk matters afterwards.

    Truncating a mapped file would kill the process, and a descriptor shared by
    forked workers has one position for all: bytes know neither.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self.files = dict(files)

    def open_file(
        self,
        name: str,
        **options: Any,  # noqa: ANN401  (Whoosh's signature)
    ) -> BufferFile:
        """Open a file without copying it."""
        return BufferFile(self.files[name], name=name, **options)
