"""From files to a snapshot, keeping what the snapshot before already has."""

from __future__ import annotations

from pathlib import Path

from trainer.core.wording import N_
from trainer.kit.index import manifest as manifests
from trainer.kit.index.errors import IndexBrokenError
from trainer.kit.index.errors import what_was_written
from trainer.kit.index.manifest import CURRENT
from trainer.kit.index.manifest import Manifest
from trainer.kit.index.schema import SCHEMA
from trainer.kit.index.segment import Dictionaries
from trainer.kit.index.segment import Names
from trainer.kit.index.segment import Segment
from trainer.kit.index.snapshot import Origin
from trainer.kit.index.snapshot import Snapshot
from trainer.kit.index.storage import MemoryStorage

_TRIES = 20


def load(root: Path, before: Snapshot | None) -> Snapshot:
    """Read the present state; a writer may commit meanwhile.

    Args:
        root: Root of the index.
        before: A state read earlier, or None.

    Raises:
        IndexBrokenError: it cannot be read, also not at a second look.
    """
    for _ in range(_TRIES):
        stamp = manifests.stamp(root)
        manifest = manifests.read(root / CURRENT)
        if before is not None and before.manifest.directory != manifest.directory:
            before = None
        try:
            files = _files(root, manifest, before)
        except FileNotFoundError:
            # The writer sweeps what two commits have replaced: look again.
            if manifests.stamp(root) == stamp:
                break
            continue
        with what_was_written():
            return _snapshot((stamp, manifest, files), before)
    raise IndexBrokenError(N_("索引文件缺失"))


def _files(root: Path, manifest: Manifest, before: Snapshot | None) -> dict[str, bytes]:
    known = before.manifest.files if before else {}
    return {
        name: before.files[name]
        if before is not None and known.get(name) == expected
        else manifests.content(root / manifest.directory, name, expected)
        for name, expected in manifest.files.items()
    }


def _snapshot(origin: Origin, before: Snapshot | None) -> Snapshot:
    names = before.names if before else Dictionaries(Names(), Names(), Names(), Names())
    known = {s.name: s for s in before.segments} if before else {}
    return Snapshot(origin, _segments(origin[2], known, names), names)


def _segments(
    files: dict[str, bytes], known: dict[str, Segment], names: Dictionaries
) -> list[tuple[Segment, frozenset[int]]]:
    reader = MemoryStorage(files).open_index(schema=SCHEMA).reader()
    if not reader.doc_count_all():
        return []
    found = []
    for leaf, _ in reader.leaf_readers():
        written = leaf.segment()
        segment = known.get(written.segment_id()) or Segment(leaf, names)
        found.append((segment, frozenset(written.deleted_docs())))
    return found
