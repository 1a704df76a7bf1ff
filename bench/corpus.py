"""How long a corpus of law texts takes: reading, writing, indexing.

    python -m bench.corpus FOLDER

FOLDER holds Chinese law texts (``.md`` or ``.txt`` with ``第X条``), or any content
pack. It is imported and approved in a site of its own that is thrown away.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import Limit
from bench.measure import report
from trainer import migrations
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import now
from trainer.kit import db
from trainer.kit.files import read_folder
from trainer.kit.index import Searcher
from trainer.kit.index import Store
from trainer.library import service as library
from trainer.library.domain.pack import ENDINGS
from trainer.library.domain.pack import PackError
from trainer.search import service as search

AUTHOR = Actor(1, "起草", frozenset(Permission))
APPROVER = Actor(2, "审批", frozenset(Permission))
MEGABYTE = 1024 * 1024

Timed = dict[str, float]


@contextmanager
def timed(times: Timed, name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    times[name] = time.perf_counter() - start


def measure(folder: Path, home: Path) -> list[Limit]:
    """Import a folder into a fresh site below ``home``."""
    times: Timed = {}
    engine = db.open_engine(db.sqlite_url(home / "trainer.db"), secret="measured only")  # noqa: S106  (thrown away)
    migrations.upgrade(engine)
    index = home / "index"
    with timed(times, "读取、解析、排版（秒）"):
        files = read_folder(folder, ENDINGS)
        pack = library.open_pack(files)
    with timed(times, "写入并批准（秒）"), db.writing(engine) as session:
        done = library.take_in(
            session, pack, "测量", approver=APPROVER, by=AUTHOR, at=now()
        )
    with timed(times, "建索引（秒）"), db.reading(engine) as session:
        documents = search.rebuild(session, Store(index))
    searcher = Searcher(index)
    with timed(times, "打开索引（秒）"):
        opened = searcher.count
    assert opened == documents
    engine.dispose()
    size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    return [
        Limit("文件", len(files)),
        Limit("其中法规", done.laws),
        Limit("法规条文", done.clauses),
        Limit("索引文档", documents),
        *(Limit(name, seconds) for name, seconds in times.items()),
        Limit("索引大小（MB）", size / MEGABYTE),
        Limit("数据库大小（MB）", (home / "trainer.db").stat().st_size / MEGABYTE),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory(prefix="trainer-corpus-") as home:
        try:
            rows = measure(folder, Path(home))
        except PackError as error:
            print(*error.findings, error.message, sep="\n")
            return 1
    report(f"导入 {folder}", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
