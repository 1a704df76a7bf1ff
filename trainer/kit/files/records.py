"""Long files of separated values, read record by record; gzip or not.

For what a program or a researcher wrote: a head with the names of the columns, then a
record a line, of any length. What people upload is read by :mod:`.tables`.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trainer.core.errors import TrainerError
from trainer.core.wording import N_

GZIP = b"\x1f\x8b"
DELIMITERS = ",\t;"


class RecordsError(TrainerError):
    """The file cannot be read; the sentence says why, and what to do."""


@contextmanager
def records(path: Path) -> Iterator[csv.DictReader[str]]:
    """Open a file of records; ``line_num`` of the reader says where it is.

    The separator is the one of comma, tab and semicolon that the head has most of.
    Bytes that are no UTF-8 become a sign that stands for any.

    Raises:
        RecordsError: no such file, or it is broken.
    """
    try:
        with path.open("rb") as plain:
            begins = plain.read(len(GZIP))
            plain.seek(0)
            raw = gzip.GzipFile(fileobj=plain) if begins == GZIP else plain
            text = io.TextIOWrapper(raw, "utf-8-sig", errors="replace", newline="")
            head = text.readline()
            delimiter = max(DELIMITERS, key=head.count)
            names = next(csv.reader([head], delimiter=delimiter), [])
            yield csv.DictReader(text, names, delimiter=delimiter, restval="")
    except (OSError, EOFError, csv.Error) as error:
        raise RecordsError(
            N_("读不了文件 {path}（{why}）；请检查", path=path, why=error)
        ) from error
