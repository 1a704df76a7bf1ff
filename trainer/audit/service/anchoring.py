"""The anchor: a small file beside the database, which a cut tail does not agree with.

The chain alone proves what is in it, not that nothing was taken from its end. Who
can write to the database only cannot change the file. It proves nothing against
somebody who can write both, and nothing about acts since it was last written.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from trainer.audit import queries
from trainer.audit.domain.anchor import Anchor
from trainer.audit.domain.anchor import AnchorUnreadableError
from trainer.audit.domain.anchor import TailCutError
from trainer.audit.domain.anchor import parse_anchor
from trainer.audit.domain.anchor import write_anchor
from trainer.audit.domain.entry import Entry
from trainer.audit.domain.verbs import ANCHOR_RESET
from trainer.audit.service.recording import record
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit import db
from trainer.kit.beside import Beside

LOG = logging.getLogger("trainer.audit")

ANCHOR_FILE = "audit-anchor.json"
"""Its name in the data directory."""

EVERY = 10.0
"""Seconds between two times that a serving process writes it."""


def read_anchor(path: Path) -> Anchor | None:
    """Read the anchor, None when there is none yet.

    Raises:
        AnchorUnreadableError: the file is no anchor.
    """
    try:
        return parse_anchor(path.read_text("utf-8"))
    except FileNotFoundError:
        return None


def keep_anchor(session: Session, path: Path, *, anew: bool = False) -> Anchor | None:
    """Write the end of the chain down; it never goes back.

    Args:
        session: A session.
        path: The file.
        anew: Whatever the file says, see :func:`reset_anchor`.

    Returns:
        What the file says now, None when nothing has been recorded yet.

    Raises:
        TailCutError: the database does not hold what the file says.
        AnchorUnreadableError: the file is no anchor.
    """
    kept = None if anew else read_anchor(path)
    last = queries.sealed_at(session, queries.head(session).number)
    if kept is not None:
        _must_hold(session, kept)
    if last is None or (kept and kept.link.number >= last.number):
        return kept
    anchor = Anchor(last.link, last.at)
    _put(path, anchor)
    return anchor


def reset_anchor(session: Session, path: Path, *, by: int, at: datetime) -> None:
    """Record that the anchor is going to be written anew, and what it said.

    That is right after an older backup was restored; what is lost stays known.
    """
    kept = None
    with suppress(AnchorUnreadableError):
        kept = read_anchor(path)
    entry = Entry(
        person=by,
        verb=ANCHOR_RESET,
        object=f"audit/{kept.link.number}" if kept else "",
        before=kept.link.hash if kept else "",
        after=queries.head(session).hash,
    )
    record(session, entry, at=at)


class AnchorKeeper(Beside):
    """Writes the anchor again and again, and a last time at its end."""

    def __init__(self, engine: Engine, path: Path) -> None:
        super().__init__("anchor", patience=10)
        self._engine = engine
        self._path = path
        self._told = ""

    def keep(self) -> None:
        """Write it now; a fault is told once and stays until somebody looks."""
        try:
            with db.reading(self._engine) as session:
                keep_anchor(session, self._path)
        except TrainerError as error:
            self._tell(error.message)
        except (SQLAlchemyError, OSError) as error:
            self._tell(str(error))
        else:
            self._told = ""

    def _tell(self, told: str) -> None:
        if told != self._told:
            LOG.error("the anchor of the audit was not written: %s", told)
        self._told = told

    def _run(self) -> None:
        while True:
            last = self._stopped.wait(EVERY)
            self.keep()
            if last:
                return


def _must_hold(session: Session, kept: Anchor) -> None:
    """Stop here unless the entry that was written down is there, or archived."""
    found = queries.sealed_at(session, kept.link.number)
    if found is not None and found.hash == kept.link.hash:
        return
    archived = queries.archived_to(session)
    if found is None and archived and kept.link.number <= archived.number:
        return
    raise TailCutError(
        N_(
            "存底记着第 {n} 条，数据库里没有这一条或不是同一条；"
            "请运行 trainer audit verify",
            n=kept.link.number,
        )
    )


def _put(path: Path, anchor: Anchor) -> None:
    """Write the file whole or not at all; several processes may do so at once."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(write_anchor(anchor), "utf-8")
    os.replace(draft, path)  # noqa: PTH105  (atomic, also over an old file)
