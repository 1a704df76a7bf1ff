"""From the text of an article to a manuscript, or to mistakes with lines.

The format is described in ``docs/content-format.md``.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from trainer.core import document
from trainer.core.document import Document
from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.knowledge.domain.kinds import LONGEST_ANSWER
from trainer.knowledge.domain.kinds import ArticleKind
from trainer.knowledge.domain.kinds import Face
from trainer.knowledge.domain.sections import outline
from trainer.publishing.domain import header
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.domain.manuscript import Section
from trainer.publishing.domain.vocabulary import Vocabulary
from trainer.publishing.domain.vocabulary import unknown_in_header
from trainer.publishing.domain.vocabulary import unregistered

SCOPES = ("region", "person", "property", "channel")
LISTS = ("business", "competencies", "formulas", "phrases")
OWN_KEYS = frozenset({"kind", "applies", *LISTS})
MARKS = str.maketrans("", "", "*_`")


@dataclass(frozen=True, slots=True)
class Facets:
    """What an article says in its front matter beyond the common header.

    ``applies`` maps 地区 / 人员 / 房屋 / 渠道 (``SCOPES``) to the words listed.
    """

    business: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    applies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Facets:
        """Read facets back from how publishing keeps them."""
        lists = {name: tuple(stored[name]) for name in LISTS}
        applies = {key: tuple(words) for key, words in stored["applies"].items()}
        return cls(**lists, applies=applies)


@dataclass(frozen=True, slots=True)
class Parsed:
    """Outcome of parsing: a manuscript, or why there is none."""

    manuscript: Manuscript | None
    mistakes: tuple[Mistake, ...]


def parse(text: str, vocabulary: Vocabulary | None = None) -> Parsed:
    """Parse the text of an article; never raises.

    Args:
        text: The whole file.
        vocabulary: Codes that exist; None checks none.
    """
    read = document.parse(text)
    head, mistakes = header.read(read, others=OWN_KEYS)
    if not read.meta:
        return Parsed(None, tuple(mistakes))
    kind = _kind(read, mistakes)
    facets = _facets(read, mistakes)
    parts = outline(read.body, read.body_line)
    mistakes += parts.mistakes
    if kind is not None:
        mistakes += _faces(kind, parts.sections, read)
    mistakes += _unknown(read, facets, vocabulary or Vocabulary())
    if mistakes or head is None or kind is None:
        return Parsed(None, tuple(sorted(set(mistakes))))
    return Parsed(
        Manuscript(
            kind=kind,
            header=head,
            sections=parts.sections,
            citations=parts.citations,
            facets=asdict(facets),
            text=text,
        ),
        (),
    )


def _kind(read: Document, mistakes: list[Mistake]) -> ArticleKind | None:
    try:
        return ArticleKind(str(read.meta.get("kind")))
    except ValueError:
        line = read.lines.get("kind", 1)
        mistakes.append(
            Mistake(
                line,
                N_("“kind”只能是 {kinds} 之一", kinds=tuple(ArticleKind)),
            )
        )
        return None


def _facets(read: Document, mistakes: list[Mistake]) -> Facets:
    lists = {n: _words(read, n, read.meta.get(n), mistakes) for n in LISTS}
    written = read.meta.get("applies") or {}
    line = read.lines.get("applies", 1)
    if not isinstance(written, dict):
        mistakes.append(Mistake(line, N_("“applies”应按 region、person 等分列")))
        written = {}
    mistakes += [
        Mistake(
            line,
            N_("“applies”里不认识“{key}”；可用 {keys}", key=key, keys=tuple(SCOPES)),
        )
        for key in written
        if key not in SCOPES
    ]
    applies = {
        key: _words(read, "applies", written[key], mistakes)
        for key in SCOPES
        if key in written
    }
    return Facets(**lists, applies=applies)


def _words(
    read: Document, name: str, value: object, mistakes: list[Mistake]
) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return tuple(word.strip() for word in value if word.strip())
    line = read.lines.get(name, 1)
    mistakes.append(
        Mistake(line, N_("“{name}”应是文字的列表，写作 [甲, 乙]", name=name))
    )
    return ()


def _faces(
    kind: ArticleKind, sections: Iterable[Section], read: Document
) -> list[Mistake]:
    """Check what the answer card needs of every kind but a policy."""
    if kind is ArticleKind.POLICY:
        if "document_number" in read.meta:
            return []
        return [Mistake(1, N_("政策法规要写明“document_number”（文号）"))]
    answer = next((s for s in sections if s.id == Face.ANSWER), None)
    if answer is None:
        return [Mistake(read.body_line, N_("缺少“## 一句话结论 {#answer}”"))]
    length = len(answer.text.translate(MARKS).strip())
    if not length:
        return [Mistake(answer.line, N_("一句话结论是空的"))]
    if length > LONGEST_ANSWER:
        return [
            Mistake(
                answer.line,
                N_(
                    "一句话结论有 {length} 字，超过 {most} 字；细节请放到条件里",
                    length=length,
                    most=LONGEST_ANSWER,
                ),
            )
        ]
    return []


def _unknown(read: Document, facets: Facets, vocabulary: Vocabulary) -> list[Mistake]:
    """Find codes that do not exist."""
    used = (
        ("business", facets.business, vocabulary.businesses),
        ("competencies", facets.competencies, vocabulary.competencies),
        ("formulas", facets.formulas, vocabulary.formulas),
    )
    wrong = [
        unregistered(name, code, read.lines.get(name, 1))
        for name, codes, known in used
        for code in codes
        if known and code not in known
    ]
    return unknown_in_header(read, vocabulary) + wrong
