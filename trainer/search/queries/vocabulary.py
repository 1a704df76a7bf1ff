"""The vocabulary of the texts that are searched, kept as long as they stay the same.

It is read from what everybody may read: a suggestion must not give away the title
of a text that is for supervisors.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.kit.index import IndexBrokenError
from trainer.kit.index import Query
from trainer.kit.index import Scope
from trainer.kit.index import Searcher
from trainer.kit.index import Weighted
from trainer.kit.index import normalise
from trainer.kit.index import tokens
from trainer.knowledge.domain.kinds import ArticleKind
from trainer.knowledge.domain.kinds import Face
from trainer.publishing.domain.header import Audience
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import RevisionRow
from trainer.publishing.models import SectionRow
from trainer.search.domain.address import MASKS
from trainer.search.domain.clarify import Clarifying
from trainer.search.domain.clarify import Topic
from trainer.search.domain.exact import Named
from trainer.search.domain.exact import Names
from trainer.search.domain.expansion import Expansions
from trainer.search.domain.lexicon import Word
from trainer.search.domain.lexicon import words_of
from trainer.search.domain.nearby import Nearby
from trainer.search.domain.pinyin import Pinyin
from trainer.search.domain.places import Places
from trainer.search.domain.ranking import ARTICLES
from trainer.search.domain.typos import Typos
from trainer.search.domain.understanding import FILLING
from trainer.search.domain.understanding import Vocabulary
from trainer.search.queries.readings import readings
from trainer.topics import queries as topics
from trainer.topics.domain.glossary import Glossary
from trainer.topics.domain.lines import Topics

NAME, SYNONYM, SPOKEN = 3.0, 2.5, 1.5
"""Weights of words in the lexicon."""

MOST_NAMED, MOST_MENTIONING = 5, 2
"""Articles that may have a word in their names, or anywhere, for it to tell one
business from another."""

FEWEST_TURNS = 2
"""Articles that change on one day, for it to be a day one asks about."""

EVERYDAY = FILLING | frozenset("取提领钱拿最")
"""Characters of words that everybody uses for any withdrawal: 能提多少."""

BROKEN = -1
"""Generation of an index that cannot be read; the words then come from the texts."""

MESSAGE = re.compile(r"^[-*+]\s+\*\*(.+?)\*\*", re.MULTILINE)
LATIN = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class _Text:
    """What is read of one revision."""

    slug: str
    kind: str
    title: str
    start: date
    facets: dict[str, Any]


@dataclass(slots=True)
class _Held:
    """The vocabulary of one searcher, and the generation and the texts it is from.

    ``outdated_at`` is when somebody first asked after the index had moved on.
    """

    generation: int
    sources: object
    vocabulary: Vocabulary
    outdated_at: float | None = None


_held: WeakKeyDictionary[Searcher, _Held] = WeakKeyDictionary()
_lock = Lock()


def vocabulary_of(
    session: Session, searcher: Searcher, *, patience: float = 0.0
) -> Vocabulary:
    """Give the vocabulary of what a searcher searches.

    When the index has moved on, one thread reads it again, if a word changed; the
    others go on with what they have.

    Args:
        session: A session that reads.
        searcher: The index.
        patience: Seconds to go on with what is there, since somebody beside (the
            indexer) reads it again; 0 reads it now.
    """
    try:
        generation = searcher.generation
    except IndexBrokenError:
        generation = BROKEN
    held = _held.get(searcher)
    if held is not None and (held.generation == generation or _waits(held, patience)):
        return held.vocabulary
    if not _lock.acquire(blocking=held is None) and held is not None:
        return held.vocabulary
    try:
        held = _held.get(searcher)
        if held is None or held.generation != generation:
            held = _held[searcher] = _read(session, searcher, generation, held)
        return held.vocabulary
    finally:
        _lock.release()


def _waits(held: _Held, patience: float) -> bool:
    """Tell whether an outdated vocabulary will do a little longer."""
    if held.outdated_at is None:
        held.outdated_at = time.monotonic()
    return time.monotonic() - held.outdated_at < patience


def _read(
    session: Session, searcher: Searcher, generation: int, before: _Held | None
) -> _Held:
    glossary = topics.glossary(session) or Glossary()
    known = topics.topics(session)
    texts = _texts(session)
    messages = _messages(session)
    sources = (glossary, known, texts, messages, generation == BROKEN)
    if before is not None and before.sources == sources:
        return _Held(generation, sources, before.vocabulary)
    words, latin = _words(glossary, known, texts), _latin(glossary)
    vocabulary = Vocabulary(
        pinyin=Pinyin(words, latin),
        typos=Typos(words, readings),
        nearby=Nearby(words, readings, latin),
        expansions=Expansions(glossary),
        names=Names(_named(glossary, known, texts, messages)),
        places=Places(glossary.places),
        clarifying=Clarifying(
            specific=_specific(glossary, known, texts, searcher),
            topics=_topics(glossary, known),
            turns=_turns(texts),
        ),
    )
    return _Held(generation, sources, vocabulary)


def _texts(session: Session) -> list[_Text]:
    rows = session.execute(
        select(
            DocumentRow.slug,
            DocumentRow.kind,
            RevisionRow.title,
            RevisionRow.effective_from,
            RevisionRow.facets,
        )
        .join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
        .where(_is_public(), DocumentRow.kind.in_(ARTICLES))
        .order_by(DocumentRow.slug, RevisionRow.effective_from, RevisionRow.number)
    )
    return [_Text(*row) for row in rows]


def _messages(session: Session) -> dict[str, tuple[str, ...]]:
    """Give the system messages that articles of kind online explain, by slug."""
    rows = session.execute(
        select(DocumentRow.slug, SectionRow.text)
        .join(RevisionRow, RevisionRow.id == SectionRow.revision_id)
        .join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
        .where(
            _is_public(),
            DocumentRow.kind == ArticleKind.ONLINE,
            SectionRow.section_id == Face.MESSAGES,
        )
        .order_by(DocumentRow.slug, RevisionRow.number)
    )
    return {slug: tuple(MESSAGE.findall(text)) for slug, text in rows}


def _is_public() -> Any:  # noqa: ANN401  (SQLAlchemy's conjunction)
    return (RevisionRow.status == Status.APPROVED) & (
        RevisionRow.audience == Audience.ALL
    )


def _words(
    glossary: Glossary, known: Topics, texts: Sequence[_Text]
) -> tuple[Word, ...]:
    strong: dict[str, float] = {}
    for group in glossary.groups:
        strong |= dict.fromkeys(group.spoken, SPOKEN)
    for group in glossary.groups:
        strong |= dict.fromkeys(group.synonyms, SYNONYM)
    strong |= dict.fromkeys((group.official for group in glossary.groups), NAME)
    strong |= dict.fromkeys((business.name for business in known.businesses), NAME)
    strong |= dict.fromkeys((text.title for text in texts), NAME)
    asked = [
        phrase
        for text in texts
        for phrase in (text.title, *text.facets.get("phrases", ()))
    ]
    return words_of(strong, map(normalise, dict.fromkeys(asked)), readings)


def _latin(glossary: Glossary) -> set[str]:
    """Give the words of Latin letters that mean themselves."""
    words = (normalise(word) for group in glossary.groups for word in group.words)
    return {latin for word in words for latin in LATIN.findall(word)}


def _named(
    glossary: Glossary,
    known: Topics,
    texts: Sequence[_Text],
    messages: dict[str, tuple[str, ...]],
) -> Iterable[Named]:
    synonyms = {group.official: group.synonyms for group in glossary.groups}
    names = {business.code: business.name for business in known.businesses}
    for text in texts:
        businesses = text.facets.get("business", ())
        yield Named(
            slug=text.slug,
            title=normalise(text.title),
            businesses=tuple(names[code] for code in businesses if code in names),
            others=synonyms.get(text.title, ()),
            messages=tuple(map(normalise, messages.get(text.slug, ()))),
            is_regulation=text.kind == ArticleKind.POLICY,
        )


def _specific(
    glossary: Glossary, known: Topics, texts: Sequence[_Text], searcher: Searcher
) -> frozenset[str]:
    """Find the words that tell one business from another."""
    names = {business.code: business.name for business in known.businesses}
    called: dict[str, str] = {}
    for text in texts:
        own = (names.get(code, "") for code in text.facets.get("business", ()))
        called[text.slug] = " ".join((text.title, *own))
    found: set[str] = set()
    for group in glossary.groups:
        same = (group.official, *group.synonyms)
        named = sum(any(word in name for word in same) for name in called.values())
        if not named:
            named = max(_mentioning(searcher, normalise(word)) for word in same)
            most = MOST_MENTIONING
        else:
            most = MOST_NAMED
        if 1 <= named <= most:
            found.update(map(normalise, group.words))
    return frozenset(word for word in found if not EVERYDAY.issuperset(word))


def _mentioning(searcher: Searcher, word: str) -> int:
    """Count the public articles that mention a word, ever."""
    terms = tuple(tokens(word))
    query = Query(tuple(map(Weighted, terms)), must=terms)
    scope = Scope(on=None, audience=MASKS[Audience.ALL], kinds=ARTICLES)
    try:
        return searcher.search(query, scope, limit=1).groups
    except IndexBrokenError:
        return 0


def _topics(glossary: Glossary, known: Topics) -> tuple[Topic, ...]:
    """Give the lines, with the words by which people point to one."""
    words = {group.official: group.words for group in glossary.groups}
    return tuple(
        Topic(
            name=line.name,
            pointers=tuple(map(normalise, words.get(line.name, (line.name,)))),
            businesses=tuple(business.name for business in line.businesses),
        )
        for line in known.lines
    )


def _turns(texts: Iterable[_Text]) -> tuple[date, ...]:
    """Give the days on which several articles changed their wording."""
    starts: dict[str, set[date]] = {}
    for text in texts:
        starts.setdefault(text.slug, set()).add(text.start)
    later = Counter(day for days in starts.values() for day in sorted(days)[1:])
    return tuple(sorted(day for day, n in later.items() if n >= FEWEST_TURNS))
