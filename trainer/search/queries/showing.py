"""What is shown of a hit; it comes from the database, so it can never be stale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter
from sqlalchemy import Select
from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.kit import markup
from trainer.kit.index import OPEN_END
from trainer.kit.index import Hit
from trainer.knowledge.domain.kinds import Face
from trainer.publishing.domain.header import Evidence
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.manuscript import Section
from trainer.publishing.domain.timeline import Span
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import RevisionRow
from trainer.publishing.models import SectionRow
from trainer.publishing.queries.revisions import seen_by
from trainer.search.domain.address import Address
from trainer.search.domain.exact import Why
from trainer.search.domain.results import Found
from trainer.search.domain.snippets import Pieces
from trainer.search.domain.snippets import highlight
from trainer.search.domain.snippets import needles
from trainer.search.domain.snippets import window
from trainer.search.domain.understanding import Understood

LONGEST_PASSAGE = 120
"""Characters of a passage that stands for a missing one-sentence answer."""

ANSWER = Face.ANSWER.value
"""Section that is the one-sentence answer of a card."""

_MOST_READERS, _MOST_TEXTS = 64, 2048


@dataclass(frozen=True, slots=True)
class Placed:
    """A document with its place among the results."""

    address: Address
    end: date | None
    score: float
    why: Why | None = None

    @property
    def span(self) -> Span:
        """The days on which it holds."""
        return Span(self.address.number, self.address.start, self.end)


def placed_of(hit: Hit, score: float, why: Why | None = None) -> Placed:
    """Give a hit its score among articles."""
    to = hit.valid_to
    end = None if to == OPEN_END else date(to // 10_000, to // 100 % 100, to % 100)
    return Placed(Address.of(hit.key), end, score, why)


def shown(
    session: Session,
    placed: Sequence[Placed],
    understood: Understood,
    on: date,
    *,
    reader: Actor,
) -> tuple[Found, ...]:
    """Fetch what is shown of each hit; one that is gone meanwhile is left out."""
    wanted = needles([understood.text, *(also.word for also in understood.expanded)])
    texts = _texts(session, placed, reader)
    pairs = (
        (place, text)
        for place in placed
        if (text := texts.get((place.address.slug, place.address.number)))
    )
    return tuple(
        _found(rank, place, text, wanted, on)
        for rank, (place, text) in enumerate(pairs, 1)
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """What is read of a revision: a little of its header, and the sections shown."""

    kind: str
    title: str
    line: str
    unverified: bool
    sample: bool
    sections: dict[str, Section]


def _texts(
    session: Session, placed: Sequence[Placed], reader: Actor
) -> dict[tuple[str, int | None], _Text]:
    """Read what is shown, in one question: it is asked at every keystroke."""
    addresses = [place.address for place in placed]
    rows = session.execute(
        _statement(reader),
        {
            "slugs": [address.slug for address in addresses],
            "numbers": [address.number for address in addresses],
            "sections": [ANSWER, *(address.section for address in addresses)],
        },
    )
    texts: dict[tuple[str, int | None], _Text] = {}
    for slug, number, kind, title, line, evidence, sample, *section in rows:
        text = texts.get((slug, number))
        if text is None:
            unverified = evidence != Evidence.OFFICIAL
            text = _Text(kind, title, line, unverified, sample, {})
            texts[slug, number] = text
        if section[0] is not None:
            key, label, heading, words = section
            text.sections[key] = Section(key, 0, label, heading, words, 0)
    return texts


@lru_cache(maxsize=_MOST_READERS)
def _statement(reader: Actor) -> Select[*tuple[Any, ...]]:
    """Build the question once for each reader; building it costs as much as asking."""
    own = SectionRow.revision_id == RevisionRow.id
    wanted = SectionRow.section_id.in_(_given("sections"))
    return (
        seen_by(reader)
        .with_only_columns(
            DocumentRow.slug,
            RevisionRow.number,
            DocumentRow.kind,
            RevisionRow.title,
            RevisionRow.line,
            RevisionRow.evidence,
            RevisionRow.sample,
            SectionRow.section_id,
            SectionRow.label,
            SectionRow.heading,
            SectionRow.text,
        )
        .outerjoin(SectionRow, own & wanted)
        .where(
            RevisionRow.status == Status.APPROVED,
            DocumentRow.slug.in_(_given("slugs")),
            RevisionRow.number.in_(_given("numbers")),
        )
    )


def _given(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True)


@lru_cache(maxsize=_MOST_TEXTS)
def _plain(text: str) -> str:
    """Give a section in one line; the same ones are shown at every keystroke."""
    return " ".join(markup.plain(text).split())


def _found(
    rank: int, place: Placed, text: _Text, wanted: Sequence[str], on: date
) -> Found:
    address = place.address
    section = text.sections.get(address.section)
    name = section.name if section else ""
    where = f"《{text.title}》{name}" if name else f"《{text.title}》"
    answer = _answer(text.sections.get(ANSWER) or section)
    return Found(
        rank=rank,
        slug=address.slug,
        title=text.title,
        number=address.number,
        kind=text.kind,
        line=text.line,
        section=address.section,
        section_name=name,
        status=place.span.status(on),
        effective_from=address.start,
        effective_to=place.end,
        answer=answer,
        citation=f"{where} 第 {address.number} 版 {address.start} 起施行",
        unverified=text.unverified,
        sample=text.sample,
        score=round(place.score, 4),
        exact=place.why,
        title_pieces=highlight(text.title, wanted),
        answer_pieces=highlight(answer, wanted),
        passage=_passage(section, wanted),
    )


def _passage(section: Section | None, wanted: Sequence[str]) -> Pieces:
    if section is None or section.id == ANSWER:
        return ()
    return window(_plain(section.text), wanted)


def _answer(section: Section | None) -> str:
    if section is None:
        return ""
    words = _plain(section.text)
    return words if len(words) <= LONGEST_PASSAGE else words[:LONGEST_PASSAGE] + "…"
