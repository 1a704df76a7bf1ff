"""Who may write: one process of a node."""

from __future__ import annotations

from pathlib import Path

from whoosh.util.filelock import FileLock

NAME = "lock"


class WriterLock:
    """A lock of the operating system on a file; it ends with the process.

    It is held by the process that took it, not by a thread. A child that was
    forked while it was held keeps it alive: start children by spawning.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = root / NAME
        self._file = FileLock(str(self._path))
        self._held = False
        self._taken: tuple[int, int] | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds it."""
        return self._held

    def try_acquire(self) -> bool:
        """Take the lock if it is free, without waiting; True when it is held.

        A lock on a file that was deleted keeps nobody out, so it is taken anew.
        """
        if self._held and self._identity() != self._taken:
            self.release()
        if not self._held:
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._held = bool(self._file.acquire(blocking=False))
            self._taken = self._identity()
        return self._held

    def release(self) -> None:
        """Give it back; nothing happens when it is not held."""
        if self._held:
            self._held = False
            self._file.release()

    def _identity(self) -> tuple[int, int] | None:
        """Tell which file of the disk it is, None when there is none."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino
