"""Proving the chain of a database, or of an archive, without holding it in memory."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from sqlalchemy import Engine

from trainer.audit import queries
from trainer.audit.domain.archive import Head
from trainer.audit.domain.archive import parse_entry
from trainer.audit.domain.archive import parse_foot
from trainer.audit.domain.archive import parse_head
from trainer.audit.domain.chain import PURPOSE
from trainer.audit.domain.chain import Fault
from trainer.audit.domain.chain import FaultKind
from trainer.audit.domain.chain import Link
from trainer.audit.domain.chain import Sealed
from trainer.audit.domain.proof import Proof
from trainer.audit.domain.proof import prove as proof_of
from trainer.audit.domain.retention import ArchiveUnreadableError
from trainer.core.wording import N_
from trainer.kit import db

BATCH = 2_000
"""Entries fetched at once; a transaction that reads for minutes holds up others."""

DAMAGED = (gzip.BadGzipFile, EOFError, zlib.error, UnicodeError, ArchiveUnreadableError)
"""What reading a file that was cut or changed ends with."""

Tell = Callable[[int], None]
"""Is told how many more entries have been gone through."""


def untold(_more: int) -> None:
    """Show nothing."""


def prove(engine: Engine, anchor: Link | None, *, tell: Tell = untold) -> Proof:
    """Prove what the database holds; acts of meanwhile are left for the next time.

    Args:
        engine: The database.
        anchor: Must be in the chain; None when none is known.
        tell: Shows how far the work has come.
    """
    with db.reading(engine) as session:
        _, last = queries.span(session)
        archived = queries.archived_to(session)
    found = stored(engine, 0, last, tell)
    key = db.key_for(PURPOSE, engine)
    return proof_of(key, found, archived=archived, anchor=anchor)


def stored(engine: Engine, after: int, last: int, tell: Tell) -> Iterator[Sealed]:
    """Give the entries of the database behind a number, up to another one."""
    while True:
        with db.reading(engine) as session:
            found = queries.sealed_after(session, after, limit=BATCH, last=last)
        if not found:
            return
        yield from found
        after = found[-1].number
        tell(len(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveProof:
    """What came of proving an archive.

    Attributes:
        proof: Of its entries.
        before: What its first entry follows: the end of the archive before.
        placed: Whether the database still holds the act of archiving, without which
            nobody can tell if the file has lost its first entries.
    """

    proof: Proof
    before: Link
    placed: bool


def prove_archive(engine: Engine, path: Path, *, tell: Tell = untold) -> ArchiveProof:
    """Prove an archive: each entry, that none is missing, and where it belongs.

    Raises:
        ArchiveUnreadableError: the file is no archive, or cannot be read.
    """
    key = db.key_for(PURPOSE, engine)
    with _opened(path) as file:
        head = _head(file, path)
        proof = proof_of(key, _lines(file, head, tell), archived=head.before)
        whole = proof.checked == head.entries and _foot(file) == proof.last
    with db.reading(engine) as session:
        act = queries.archive_act(session, proof.last.number)
    fault = proof.fault
    if fault is None and not whole:
        fault = Fault(proof.last.number + 1, FaultKind.SHORT)
    if fault is None and act and act.after != proof.last.hash:
        fault = Fault(proof.last.number, FaultKind.STRANGE)
    if fault is None and act and act.before != head.before.hash:
        fault = Fault(proof.first, FaultKind.BEGINNING)
    return ArchiveProof(
        proof=replace(proof, fault=fault), before=head.before, placed=act is not None
    )


def entries_in(path: Path) -> int:
    """Give how many entries an archive says it has.

    Raises:
        ArchiveUnreadableError: it is none.
    """
    with _opened(path) as file:
        return _head(file, path).entries


def _opened(path: Path) -> TextIO:
    try:
        return gzip.open(path, "rt", encoding="utf-8")
    except OSError as error:
        raise ArchiveUnreadableError(
            N_("读不了 {path}：{why}", path=str(path), why=error.strerror)
        ) from error


def _head(file: TextIO, path: Path) -> Head:
    try:
        return parse_head(file.readline())
    except DAMAGED as error:
        raise ArchiveUnreadableError(
            N_("{path} 不是操作记录的归档文件", path=str(path))
        ) from error


def _foot(file: TextIO) -> Link | None:
    """Give the end that a file tells, None when there is none or more behind it."""
    try:
        foot = parse_foot(file.readline())
        return None if file.read(1) else foot
    except DAMAGED:
        return None


def _lines(file: TextIO, head: Head, tell: Tell) -> Iterator[Sealed]:
    """Give the entries of a file, up to its end or to the first that is damaged."""
    with suppress(*DAMAGED):
        for number, line in zip(range(1, head.entries + 1), file, strict=False):
            yield parse_entry(line)
            if number % BATCH == 0:
                tell(BATCH)
