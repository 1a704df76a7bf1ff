"""Who works at a site on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select
from sqlalchemy import select

from trainer.people.models import SecondmentRow
from trainer.people.queries.secondments import not_over


def present_at(site: int, on: date) -> Select[int]:
    """Begin a question for the keys of who works at a site on a day."""
    row = SecondmentRow
    return select(row.person_id).where(
        row.site_id == site,
        row.begins_on <= on,
        not_over(on),
    )
