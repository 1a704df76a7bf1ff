"""Marks: words no text has, put into documents so that one can be asked for by name.

They go into the index beside the text and let the exact stage say "section 24 of
this article" in the one language the index knows: terms that must be there. So an
exact hit obeys permission, date and filters like any other.
"""

from __future__ import annotations

import re

from trainer.search.domain.numbers import DocumentNumber
from trainer.search.domain.numbers import articles
from trainer.search.domain.numbers import count
from trainer.search.domain.numbers import document_numbers
from trainer.search.domain.numbers import items

CARD = "qcard"
"""The document that stands for an article as a whole."""

_NOTICE_ITEM = re.compile(r"^第?([零〇一二三四五六七八九十百\d]+)[、.]$")
_LONGEST = 64


def article(slug: str) -> str:
    """Mark the documents of an article."""
    return f"qin{slug.replace('-', '')}"[:_LONGEST]


def section(key: str) -> str:
    """Mark a section by its id."""
    return f"qsec{key.replace('-', '')}"[:_LONGEST]


def numbers(document_number: str) -> tuple[str, ...]:
    """Mark the documents of a text by its own 文号, with and without the year."""
    found = document_numbers(document_number)
    both = (DocumentNumber(n.number, year) for n in found for year in {n.year, None})
    return tuple(sorted({of_number(number) for number in both}))


def of_number(number: DocumentNumber) -> str:
    """Give the mark of a 文号."""
    return f"qno{number.number}" + (f"y{number.year}" if number.year else "")


def label(words: str) -> tuple[str, ...]:
    """Mark a section by its label: 第二十四条, 第二十四条（三）, 七、."""
    if notice := _NOTICE_ITEM.match(words):
        number = count(notice[1])
        return () if number is None else (clause(number),)
    own, within = articles(words), items(words)
    if not own:
        return ()
    return (clause(own[0], within[0]) if within else clause(own[0]),)


def clause(number: int, item: int | None = None) -> str:
    """Give the mark of an article of a regulation, or of an item in it."""
    return f"qis{number}" + (f"i{item}" if item is not None else "")
