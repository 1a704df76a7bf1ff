"""Reads of topics: the text saved last, parsed once."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.topics.domain.comparing import Hunk
from trainer.topics.domain.comparing import compare
from trainer.topics.domain.competencies import Competencies
from trainer.topics.domain.competencies import parse_competencies
from trainer.topics.domain.editing import write_glossary
from trainer.topics.domain.formulas import FORMULAS
from trainer.topics.domain.glossary import Glossary
from trainer.topics.domain.glossary import parse_glossary
from trainer.topics.domain.lines import Topics
from trainer.topics.domain.lines import parse_topics
from trainer.topics.domain.saves import Save
from trainer.topics.domain.saves import TextName
from trainer.topics.models import TopicTextRow

# Parsed values are frozen and texts change rarely, so each text is parsed once
# in the life of a process.
_topics = lru_cache(maxsize=4)(lambda text: parse_topics(text)[0])
_competencies = lru_cache(maxsize=4)(lambda text: parse_competencies(text)[0])
_glossary = lru_cache(maxsize=4)(lambda text: parse_glossary(text)[0])
_laid_out = lru_cache(maxsize=4)(write_glossary)


def topics(session: Session) -> Topics:
    """Give the business lines and steps; empty before the first import."""
    return _topics(text(session, TextName.TOPICS)) or Topics((), ())


def competencies(session: Session) -> Competencies | None:
    """Give the competency framework, None before the first import."""
    return _competencies(text(session, TextName.COMPETENCIES))


def competency_codes(session: Session) -> frozenset[str]:
    """Give the codes of all competencies."""
    known = competencies(session)
    return frozenset(c.code for c in known.competencies) if known else frozenset()


def competency_codes_ever(session: Session) -> frozenset[str]:
    """Give every code that is, or in any save was, one of a competency."""
    texts = session.scalars(
        select(TopicTextRow.text).where(TopicTextRow.name == TextName.COMPETENCIES)
    )
    every = (parse_competencies(text)[0] for text in texts)
    return frozenset[str]().union(*(known.taken for known in every if known))


def competency_names(session: Session) -> dict[str, str]:
    """Give what each competency is called, by code; nothing before the first import."""
    known = competencies(session)
    return {c.code: c.name for c in known.competencies} if known else {}


def formula_codes() -> frozenset[str]:
    """Give the codes of all formulas."""
    return frozenset(FORMULAS)


def formula_titles() -> dict[str, str]:
    """Give what each formula is called, by code."""
    return {code: formula.title for code, formula in FORMULAS.items()}


def glossary(session: Session) -> Glossary | None:
    """Give the glossary, None before the first import."""
    return _glossary(text(session, TextName.GLOSSARY))


def text(session: Session, name: TextName) -> str:
    """Give the text saved last, empty before the first."""
    newest = (
        select(TopicTextRow.text)
        .where(TopicTextRow.name == name)
        .order_by(TopicTextRow.number.desc())
    )
    return session.scalars(newest.limit(1)).first() or ""


def difference(name: TextName, old: str, new: str) -> tuple[Hunk, ...]:
    """Compare two texts by lines; two glossaries by what they say.

    How a glossary is laid out, and its comments, make no difference, unless one of
    the two has mistakes.
    """
    if name is TextName.GLOSSARY:
        before, after = _glossary(old), _glossary(new)
        if before is not None and after is not None:
            return compare(_laid_out(before), _laid_out(after))
    return compare(old, new)


def last_save(session: Session, name: TextName) -> int:
    """Give the number of the save that holds, 0 before the first."""
    numbers = select(func.max(TopicTextRow.number)).where(TopicTextRow.name == name)
    return session.scalar(numbers) or 0


def saves(session: Session, name: TextName) -> list[Save]:
    """Give every save of a text, newest first, without the texts."""
    row = TopicTextRow
    rows = session.execute(
        select(row.number, row.by, row.at, row.note)
        .where(row.name == name)
        .order_by(row.number.desc())
    )
    return [Save(*found) for found in rows]


def saved_text(session: Session, name: TextName, number: int) -> str | None:
    """Give the text of one save."""
    return session.scalars(
        select(TopicTextRow.text).where(
            TopicTextRow.name == name, TopicTextRow.number == number
        )
    ).first()
