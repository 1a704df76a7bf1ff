"""What is asked for by name, before any scoring.

A title, a business, a 文号, 第N条 of a regulation that is named, a system message that
was pasted: there is one right answer, and it stands first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from trainer.core.wording import N_
from trainer.knowledge.domain.kinds import Face
from trainer.search.domain import marks
from trainer.search.domain.lexicon import parts
from trainer.search.domain.numbers import articles
from trainer.search.domain.numbers import document_numbers
from trainer.search.domain.numbers import items

FILLING = re.compile(r"住房公积金|公积金|\W|_")
"""What people leave out of names or add to them."""

REGULATION = re.compile(r"条例|办法|规定|细则|规范")
LEAST_MESSAGE = 5
"""Characters of a system message, or of its pasted beginning, that identify it."""

LEAST_BEGUN = 3
"""Characters of a half-typed name that identify it."""

NUMBERED = re.compile(
    r"第?[零〇一二两三四五六七八九十百\d]+条(?:第?[款项]?[（(][^）)]*[）)]项?)?"
)


class Why(StrEnum):
    """Why an answer is exact."""

    NUMBER = "文号"
    CLAUSE = "条号"
    TITLE = "标题"
    BUSINESS = "业务名"
    MESSAGE = "系统提示"


WHY_NAMES = {
    Why.NUMBER: N_("文号"),
    Why.CLAUSE: N_("条号"),
    Why.TITLE: N_("标题"),
    Why.BUSINESS: N_("业务名"),
    Why.MESSAGE: N_("系统提示"),
}


@dataclass(frozen=True, slots=True)
class Pin:
    """Marks that the exact answer bears, all of them."""

    why: Why
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What an article is called.

    Attributes:
        slug: The article.
        title: Its title.
        businesses: Names of its businesses.
        others: Other names of the same, such as 公积金条例.
        messages: System messages it explains.
        is_regulation: Whether it has numbered articles.
    """

    slug: str
    title: str
    businesses: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    is_regulation: bool = False


class Names:
    """Finds what is asked for by name; immutable.

    A name that several articles bear names none of them.
    """

    def __init__(self, articles: Iterable[Named]) -> None:
        articles = tuple(articles)
        self._tables = (
            (Why.TITLE, _unique((n, a.slug) for a in articles for n in _titles(a))),
            (
                Why.BUSINESS,
                _unique((n, a.slug) for a in articles for n in a.businesses),
            ),
            (
                Why.TITLE,
                _unique((p, a.slug) for a in articles for p in parts(a.title)),
            ),
        )
        self._regulations = _unique(
            (name, a.slug)
            for a in articles
            if a.is_regulation
            for name in (*_titles(a), *REGULATION.findall(a.title)[-1:])
        )
        self._messages = [
            (bared, a.slug)
            for a in articles
            for message in a.messages
            if len(bared := bare(message)) >= LEAST_MESSAGE
        ]

    def pins(self, text: str) -> tuple[Pin, ...]:
        """Give what a question asks for by name, surest first.

        Args:
            text: Normalised question.
        """
        return tuple(dict.fromkeys(self._pins(text)))

    def _pins(self, text: str) -> Iterator[Pin]:
        clauses = _clauses(text)
        for number in document_numbers(text):
            whole = marks.of_number(number)
            yield from (Pin(Why.CLAUSE, (whole, clause)) for clause in clauses)
            yield Pin(Why.NUMBER, (whole, marks.CARD))
        rest = bare(NUMBERED.sub("", text))
        if clauses and (slug := self._regulation(rest)):
            own = marks.article(slug)
            yield from (Pin(Why.CLAUSE, (own, clause)) for clause in clauses)
        elif not rest:
            yield from (Pin(Why.CLAUSE, (clause,)) for clause in clauses)
        yield from self._called(bare(text))
        yield from self._quoted(bare(text))

    def _called(self, name: str) -> Iterator[Pin]:
        """Find the article that a whole question, or its beginning, is the name of."""
        for why, table in self._tables:
            slug = table.get(name)
            if slug is None and len(name) >= LEAST_BEGUN:
                begun = {s for full, s in table.items() if full.startswith(name)}
                slug = begun.pop() if len(begun) == 1 else None
            if slug is not None:
                yield Pin(why, (marks.article(slug), marks.CARD))
                return

    def _quoted(self, pasted: str) -> Iterator[Pin]:
        if len(pasted) < LEAST_MESSAGE:
            return
        for message, slug in self._messages:
            if message in pasted or message.startswith(pasted):
                yield Pin(
                    Why.MESSAGE, (marks.article(slug), marks.section(Face.MESSAGES))
                )

    def _regulation(self, text: str) -> str:
        """Find the regulation that a text names, by its longest name."""
        named = [name for name in self._regulations if name in text]
        return self._regulations[max(named, key=len)] if named else ""


def bare(name: str) -> str:
    """Give a name without marks and without 公积金."""
    return FILLING.sub("", name.lower())


def _titles(article: Named) -> tuple[str, ...]:
    return (article.title, *article.others)


def _clauses(text: str) -> list[str]:
    """Give the marks of the clauses a question names, the item before its article."""
    numbers = articles(text)
    if len(numbers) != 1:
        return [marks.clause(number) for number in numbers]
    within = [marks.clause(numbers[0], item) for item in items(text)]
    return [*within, marks.clause(numbers[0])]


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give name -> slug of the names that only one article bears."""
    held: dict[str, set[str]] = defaultdict(set)
    for name, slug in pairs:
        if bared := bare(name):
            held[bared].add(slug)
    return {name: next(iter(s)) for name, s in held.items() if len(s) == 1}
