"""Archiving: the oldest entries go into a file, then leave the database.

In this order, so that an interruption at any point loses nothing: the file is written
whole, put in its place and read back; the act of archiving is recorded, and with it
the hash of the last entry in the file; only then the entries are removed, the oldest
first. What is interrupted in between is finished by the next archive.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from datetime import datetime
from pathlib import Path
from typing import TextIO

from sqlalchemy import Engine
from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import queries
from trainer.audit.domain.archive import Head
from trainer.audit.domain.archive import write_entry
from trainer.audit.domain.archive import write_foot
from trainer.audit.domain.archive import write_head
from trainer.audit.domain.chain import PURPOSE
from trainer.audit.domain.chain import Fault
from trainer.audit.domain.chain import FaultKind
from trainer.audit.domain.chain import Link
from trainer.audit.domain.chain import Sealed
from trainer.audit.domain.entry import Entry
from trainer.audit.domain.proof import prove
from trainer.audit.domain.retention import ChainBrokenError
from trainer.audit.domain.retention import TooYoungError
from trainer.audit.domain.retention import latest_cut
from trainer.audit.domain.retention import must_be_old
from trainer.audit.domain.verbs import ARCHIVED
from trainer.audit.models import AuditRow
from trainer.audit.service.proving import Tell
from trainer.audit.service.proving import prove_archive
from trainer.audit.service.proving import stored
from trainer.audit.service.proving import untold
from trainer.audit.service.recording import record
from trainer.core.clock import day_of
from trainer.core.clock import start_of
from trainer.core.errors import ConflictError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit import db

AT_ONCE = 5_000
"""Entries removed in one transaction, so that writers never wait long."""


class FileThereError(ConflictError):
    """The file exists already; an archive is never written over."""


class ArchiveError(TrainerError):
    """The file cannot be written."""


def end_of_archive(session: Session, before: date, *, at: datetime) -> Link | None:
    """Give the last entry that an archive of everything before a day holds.

    Returns:
        None when there is nothing that old.

    Raises:
        TooYoungError: some of it must still stay.
    """
    must_be_old(before, day_of(at))
    last = queries.last_before(session, start_of(before))
    return last.link if last else None


def write_archive(
    engine: Engine, path: Path, last: Link, *, tell: Tell = untold
) -> Head:
    """Write everything up to an entry into a file, and read it back.

    Raises:
        FileThereError: there is such a file.
        ChainBrokenError: the entries, or what came into the file, are not in order.
        ArchiveError: the file cannot be written.
    """
    if path.exists():
        raise FileThereError(
            N_("已经有文件 {path}；归档不会覆盖，请换一个文件名", path=str(path))
        )
    with db.reading(engine) as session:
        head = queries.head_of_archive(session, last.number)
        archived = queries.archived_to(session)
    key = db.key_for(PURPOSE, engine)
    with _placed(path) as file:
        file.write(write_head(head))
        found = stored(engine, head.before.number, last.number, tell)
        proof = prove(key, _copied(found, file), archived=archived)
        if proof.fault is not None:
            raise ChainBrokenError(proof.fault)
        file.write(write_foot(proof.last))
    back = prove_archive(engine, path).proof
    if back.fault is not None or back.last != last:
        raise ChainBrokenError(back.fault or Fault(last.number, FaultKind.STRANGE))
    return head


def seal_archive(
    session: Session, head: Head, last: Link, *, by: int, at: datetime
) -> None:
    """Record that a file holds everything up to an entry; it may be removed then.

    Raises:
        TooYoungError: some of it must still stay.
    """
    cut = latest_cut(day_of(at))
    old = queries.last_before(session, start_of(cut))
    if old is None or old.number < last.number:
        raise TooYoungError(cut)
    entry = Entry(
        person=by,
        verb=ARCHIVED,
        object=f"audit/{last.number}",
        detail=str(head.entries),
        before=head.before.hash,
        after=last.hash,
    )
    record(session, entry, at=at)


def remove_archived(session: Session) -> int:
    """Remove some entries that an archive holds, the oldest first; gives how many."""
    archived = queries.archived_to(session)
    if archived is None:
        return 0
    oldest = select(AuditRow.id).where(AuditRow.id <= archived.number)
    keys = list(session.scalars(oldest.order_by(AuditRow.id).limit(AT_ONCE)))
    if keys:
        session.execute(delete(AuditRow).where(AuditRow.id <= keys[-1]))
    return len(keys)


def _copied(found: Iterable[Sealed], file: TextIO) -> Iterator[Sealed]:
    for one in found:
        file.write(write_entry(one))
        yield one


@contextmanager
def _placed(path: Path) -> Iterator[TextIO]:
    """Open a compressed file that appears whole or not at all."""
    draft = path.with_name(f".{path.name}.part")
    try:
        # For nobody but the owner: it tells who did what.
        number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(number, "wb") as raw:
            with gzip.open(raw, "wt", encoding="utf-8", newline="\n") as file:
                yield file
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(draft, path)  # noqa: PTH105  (atomic)
    except OSError as error:
        raise ArchiveError(
            N_("写不了 {path}：{why}", path=str(path), why=error.strerror)
        ) from error
    finally:
        draft.unlink(missing_ok=True)
