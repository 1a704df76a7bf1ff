"""Writing the index: small commits, and building a whole one beside.

    root/            0700
      current        the manifest, see :mod:`.manifest`
      lock           held by the one process that writes
      1a2b3c4d-7/    Whoosh's files, named by schema and number

One process of a node writes, the others read; what is written can be read after
the next rename, and a crash at any moment leaves the state before.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from whoosh.codec.whoosh3 import W3Codec

from trainer.core.wording import N_
from trainer.kit.index import manifest as manifests
from trainer.kit.index.document import IndexDocument
from trainer.kit.index.errors import IndexBrokenError
from trainer.kit.index.errors import IndexLockedError
from trainer.kit.index.errors import IndexWriteError
from trainer.kit.index.lock import WriterLock
from trainer.kit.index.manifest import CURRENT
from trainer.kit.index.manifest import Manifest
from trainer.kit.index.merging import merge
from trainer.kit.index.schema import SCHEMA
from trainer.kit.index.schema import SCHEMA_HASH
from trainer.kit.index.schema import fields
from trainer.kit.index.storage import SparingStorage

BUILT = "built"
"""Manifest of a directory that was built beside and is not in use yet."""

_PARTS = 5
_SMALLEST_PART = 2_000
_MEGABYTES = 2_048


class Store:
    """The writing side of an index.

    Methods that write take :attr:`lock` for themselves unless it is held already;
    a process that writes often takes it once and keeps it. Threads may share it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lock = WriterLock(root)
        self._one_thread = Lock()
        self._checked: dict[str, tuple[int, int]] = {}

    @property
    def generation(self) -> int:
        """Last change of the database in the index.

        Raises:
            IndexBrokenError: there is no index that can be read.
        """
        return manifests.read(self.root / CURRENT).generation

    def apply(
        self,
        *,
        delete: Collection[str],
        add: Iterable[IndexDocument],
        generation: int,
    ) -> None:
        """Delete and add in one commit; doing it twice is doing it once.

        Args:
            delete: Groups to remove first.
            add: Documents to add; one with the key of an older one replaces it,
                and of several with one key the last counts.
            generation: Number of the last change of the database that this
                contains; it becomes visible together with the documents.

        Raises:
            IndexLockedError: another process writes.
            IndexBrokenError: what is there is damaged: rebuild.
            IndexWriteError: it could not be written; the old state stays.
        """
        with self._writing(), _failures():
            old = manifests.read(self.root / CURRENT)
            directory = self.root / old.directory
            self._check(directory, old)
            _sweep(directory, {*old.files, *old.spared})
            new = {d.key: d for d in add}
            stale = [("group", group) for group in delete]
            stale += [("key", key) for key in new]
            live = _commit(directory, old.files, stale, new.values())
            files = _fingerprints(directory, live, old)
            spared = tuple(old.files)
            made = Manifest(SCHEMA_HASH, old.directory, generation, files, spared)
            manifests.write(self.root / CURRENT, made)
            self._checked = dict(files)
            _sweep(directory, {*files, *old.files})

    def rebuild(self, documents: Iterable[IndexDocument], generation: int) -> None:
        """Build a new index beside and put it in the place of the old one.

        Raises: as :meth:`apply`; a broken old index does not matter.
        """
        with self._writing():
            self._adopt(self.build(documents, generation))

    def build(self, documents: Iterable[IndexDocument], generation: int) -> str:
        """Build an index beside, without using it; may run in another process.

        Returns:
            The name to give to :meth:`adopt`.

        Raises:
            IndexWriteError: it could not be written.
        """
        unique = list({d.key: d for d in documents}.values())
        with _failures():
            directory = self._new_directory()
            try:
                _fill(directory, unique, generation)
            except BaseException:
                shutil.rmtree(directory, ignore_errors=True)
                raise
        return directory.name

    def adopt(self, name: str) -> None:
        """Put what :meth:`build` built in the place of the present index.

        Its generation counts from now on, also when it is an older one: apply the
        changes since.

        Raises: as :meth:`apply`.
        """
        with self._writing():
            self._adopt(name)

    def _adopt(self, name: str) -> None:
        with _failures():
            built = manifests.read(self.root / name / BUILT)
            before = name
            with suppress(IndexBrokenError):
                before = manifests.read(self.root / CURRENT).directory
            manifests.write(self.root / CURRENT, built)
            self._checked = dict(built.files)
            for path in self.root.iterdir():
                if path.is_dir() and path.name not in {name, before}:
                    shutil.rmtree(path, ignore_errors=True)

    def _new_directory(self) -> Path:
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.root.chmod(0o700)
        numbers = [
            int(path.name.partition("-")[2])
            for path in self.root.iterdir()
            if path.is_dir() and path.name.partition("-")[2].isdecimal()
        ]
        directory = self.root / f"{SCHEMA_HASH}-{max(numbers, default=0) + 1}"
        directory.mkdir(mode=0o700)
        return directory

    def _check(self, directory: Path, old: Manifest) -> None:
        """Read every file once in the life of a writer; then its size will do."""
        for name, expected in old.files.items():
            if self._checked.get(name) != expected:
                manifests.content(directory, name, expected)
                self._checked[name] = expected
            elif (directory / name).stat().st_size != expected[0]:
                raise IndexBrokenError(N_("索引文件被截断"))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._one_thread:
            was_held = self.lock.held
            if not self.lock.try_acquire():
                raise IndexLockedError
            try:
                yield
            finally:
                if not was_held:
                    self.lock.release()


def _fill(directory: Path, documents: list[IndexDocument], generation: int) -> None:
    # A few segments, each small enough to be sorted in memory.
    size = max(_SMALLEST_PART, -(-len(documents) // _PARTS))
    live: set[str] = set()
    SparingStorage(directory, live).create_index(SCHEMA)
    for start in range(0, len(documents), size):
        live = _commit(directory, live, (), documents[start : start + size])
    live = live or {path.name for path in directory.glob("*.toc")}
    _sweep(directory, live)
    files = {name: manifests.fingerprint(directory / name) for name in sorted(live)}
    manifests.write(
        directory / BUILT, Manifest(SCHEMA_HASH, directory.name, generation, files)
    )


def _commit(
    directory: Path,
    live: Collection[str],
    stale: Iterable[tuple[str, str]],
    add: Iterable[IndexDocument],
) -> set[str]:
    """Let Whoosh write one commit.

    Args:
        directory: Where the index is.
        live: Names of the files it is made of.
        stale: Field and term of documents to delete.
        add: Documents to add.

    Returns:
        Names of the files it is made of then.
    """
    storage = SparingStorage(directory, live)
    try:
        writer = storage.open_index(schema=SCHEMA).writer(
            codec=_codec(), compound=False, limitmb=_MEGABYTES
        )
        for field, term in stale:
            writer.delete_by_term(field, term)
        for document in add:
            writer.add_document(**fields(document))
        writer.commit(mergetype=merge)
    finally:
        storage.abandon()
    return storage.live


def _codec() -> Any:  # noqa: ANN401  (Whoosh has no types)
    """Whoosh's codec in larger blocks, without statistics only its scorer reads."""
    codec = W3Codec(blocklimit=1024)
    codec.length_stats = False
    return codec


def _fingerprints(
    directory: Path, live: Collection[str], old: Manifest
) -> dict[str, tuple[int, int]]:
    """Describe the files of a state; those of the state before never change."""
    return {
        name: old.files.get(name) or manifests.fingerprint(directory / name)
        for name in sorted(live)
    }


def _sweep(directory: Path, keep: Collection[str]) -> None:
    """Remove what no manifest names: leftovers of crashes, and the state before."""
    for path in directory.iterdir():
        if path.name in keep or path.name == BUILT:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def _failures() -> Iterator[None]:
    """Turn everything that goes wrong into the two errors there are."""
    try:
        yield
    except (IndexBrokenError, IndexWriteError, IndexLockedError):
        raise
    except FileNotFoundError as error:
        raise IndexBrokenError(N_("索引文件缺失")) from error
    except OSError as error:
        raise IndexWriteError(error.strerror or str(error)) from error
    except Exception as error:
        raise IndexBrokenError(type(error).__name__) from error
