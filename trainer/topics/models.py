"""Table of the texts that all content hangs on; every save is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class TopicTextRow(Base):
    """One save of the lines, the competencies or the glossary; the last one holds."""

    __tablename__ = "topic_text"
    __table_args__ = (UniqueConstraint("name", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    number: Mapped[int]
    text: Mapped[str]
    note: Mapped[str]
    by: Mapped[int]
    at: Mapped[datetime]
