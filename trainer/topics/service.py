"""Use cases of topics: save one of the texts; every earlier save is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.document import Mistake
from trainer.core.errors import ConflictError
from trainer.core.errors import MistakesError
from trainer.kit.db import queue_up
from trainer.kit.index import outbox
from trainer.topics import queries
from trainer.topics.domain.competencies import parse_competencies
from trainer.topics.domain.glossary import parse_glossary
from trainer.topics.domain.lines import parse_topics
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName
from trainer.topics.models import TopicTextRow

PLACE = 4702
"""Number of the advisory lock that keeps save numbers in order."""

GLOSSARY_GROUP = "@glossary"
"""Announced to the index when the words of a question may mean something new."""


def mistakes_in(name: TextName, text: str) -> list[Mistake]:
    """Check one of the texts; never raises."""
    if name is TextName.TOPICS:
        return parse_topics(text)[1]
    if name is TextName.COMPETENCIES:
        return parse_competencies(text)[1]
    return parse_glossary(text)[1]


def save_text(session: Session, command: SaveText, *, by: Actor, at: datetime) -> int:
    """Save a text; the same text again changes nothing.

    Returns:
        The number of the save that holds now.

    Raises:
        MistakesError: the text has mistakes.
        ConflictError: somebody else saved in between.
    """
    by.must(Permission.EDIT)
    if mistakes := mistakes_in(command.name, command.text):
        raise MistakesError(mistakes)
    queue_up(session, PLACE)
    saves = queries.saves(session, command.name)
    last = saves[0].number if saves else 0
    if command.based_on not in {None, last}:
        raise ConflictError("您编辑期间，别人已保存过；请对照最新的文字合并后再保存")
    if saves and queries.text(session, command.name) == command.text:
        return last
    row = TopicTextRow(
        name=command.name,
        number=last + 1,
        text=command.text,
        note=command.note,
        by=by.person,
        at=at,
    )
    session.add(row)
    session.flush()
    outbox.announce(session, GLOSSARY_GROUP, at=at)
    return row.number
