"""What the index still has to learn: one row for each change, in commit order.

A feature announces in the same transaction as its change, so the index can
never miss one, and a crash between the two is a replay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import Session
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base
from trainer.kit.db import queue_up

PLACE = 4701
"""Number of the advisory lock that keeps ``seq`` in commit order."""


class IndexChange(Base):
    """Something findable changed; ``seq`` rises in the order of commits."""

    __tablename__ = "index_change"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  (SQLAlchemy's)

    seq: Mapped[int] = mapped_column(primary_key=True)
    group: Mapped[str]
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Changes:
    """Groups to index again, each once, and the number they bring the index to."""

    groups: tuple[str, ...]
    generation: int


def announce(session: Session, group: str, *, at: datetime) -> None:
    """Say that everything findable of a group (a document) must be indexed again."""
    queue_up(session, PLACE)
    session.add(IndexChange(group=group, at=at))


def changes_after(session: Session, generation: int) -> Changes:
    """Give what changed since the index had reached a generation."""
    rows = session.execute(
        select(IndexChange.seq, IndexChange.group)
        .where(IndexChange.seq > generation)
        .order_by(IndexChange.seq)
    ).all()
    groups = tuple(dict.fromkeys(row.group for row in rows))
    return Changes(groups, rows[-1].seq if rows else generation)


def last_generation(session: Session) -> int:
    """Give the number of the newest change, 0 before the first."""
    return session.scalar(select(func.max(IndexChange.seq))) or 0
