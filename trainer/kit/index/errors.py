"""What may go wrong with the index. The database is the truth, so nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from trainer.core.errors import BusyError
from trainer.core.errors import Kind
from trainer.core.errors import TrainerError
from trainer.core.wording import N_


class IndexBrokenError(TrainerError):
    """The index is missing, damaged or of another version: rebuild it."""

    kind: ClassVar[Kind] = Kind.BUSY

    def __init__(self, reason: str) -> None:
        super().__init__(
            N_(
                "搜索索引不可用（{reason}），需要重建；重建期间由数据库直接应答",
                reason=reason,
            )
        )


class IndexWriteError(TrainerError):
    """The index could not be written, mostly a full disk; the old one still serves."""

    kind: ClassVar[Kind] = Kind.BUSY

    def __init__(self, reason: str) -> None:
        super().__init__(
            N_(
                "搜索索引写入失败（{reason}）；原索引仍可使用，"
                "请检查磁盘空间和目录权限",
                reason=reason,
            )
        )


class IndexLockedError(BusyError):
    """Another process of this node writes the index; here one only reads."""

    def __init__(self) -> None:
        super().__init__(N_("另一个进程正在更新搜索索引，请稍后再试"))


@contextmanager
def what_was_written() -> Iterator[None]:
    """Say :class:`IndexBrokenError` for whatever decoding files may raise."""
    try:
        yield
    except (IndexBrokenError, FileNotFoundError):
        raise
    except Exception as error:
        raise IndexBrokenError(type(error).__name__) from error
