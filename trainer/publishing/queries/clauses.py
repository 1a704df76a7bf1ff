"""Finding a clause to cite: by a few words, in what holds on a day.

A plain look through the tables, for editors; readers have the search index.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import and_
from sqlalchemy import case
from sqlalchemy import or_
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.publishing.domain.revision import SectionHead
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import RevisionRow
from trainer.publishing.models import SectionRow
from trainer.publishing.queries.references import HEAD
from trainer.publishing.queries.references import Target
from trainer.publishing.queries.revisions import chosen_on
from trainer.publishing.queries.revisions import seen_by
from trainer.publishing.queries.revisions import value_of

MOST_WORDS = 6
"""Words of a question that are looked at; the others are left out."""


def clauses(
    session: Session, question: str, on: date, *, reader: Actor, limit: int = 20
) -> list[Target]:
    """Give sections in force on a day that hold every word of a question.

    Those that hold them in title, number label or heading come first. An empty
    question finds nothing.
    """
    words = question.split()[:MOST_WORDS]
    if not words:
        return []
    named = and_(*(_holds(word, text=False) for word in words))
    query = (
        seen_by(reader)
        .add_columns(*HEAD)
        .join(SectionRow, SectionRow.revision_id == RevisionRow.id)
        .where(RevisionRow.id.in_(chosen_on(on)), *(_holds(word) for word in words))
        .order_by(case((named, 0), else_=1), DocumentRow.slug, SectionRow.position)
        .limit(limit)
    )
    return [
        Target(value_of(row, document), SectionHead(*head))
        for row, document, *head in session.execute(query)
    ]


def _holds(word: str, *, text: bool = True) -> ColumnElement[bool]:
    places = [RevisionRow.title, SectionRow.label, SectionRow.heading]
    return or_(
        *(
            column.contains(word, autoescape=True)
            for column in [*places, *([SectionRow.text] if text else [])]
        )
    )
